import GantryManifests
import GantryModel
import Testing

@testable import GantryCompiler

/// Workers, clients and replicas of Tekton's controllers: where they are read, and what they come to.
@Suite("Tekton: limits of the controllers")
struct ControllerLimitTests {
  private func control(_ manifests: String = "", _ settings: [String] = []) throws -> ControlTimings
  {
    try ScenarioFixture(manifests: manifests, settings: settings).plan().control
  }

  private func findings(_ manifests: String, _ settings: [String] = []) throws -> [Diagnostic] {
    try ScenarioFixture(manifests: manifests, settings: settings).compile().findings
      .filter { $0.code != "N0424" }
  }

  /// A TektonConfig with these lines below `performance`.
  private func configuration(_ lines: String...) -> String {
    """
    apiVersion: operator.tekton.dev/v1alpha1
    kind: TektonConfig
    metadata: {name: config}
    spec:
      pipeline:
        performance:

    """ + lines.map { "      \($0)\n" }.joined()
  }

  /// The controllers' Deployment with these fields of its container.
  private func deployment(_ fields: String, replicas: Int = 1, kind: String = "Deployment")
    -> String
  {
    """
    apiVersion: apps/v1
    kind: \(kind)
    metadata: {name: tekton-pipelines-controller, namespace: openshift-pipelines}
    spec:
      replicas: \(replicas)
      template:
        spec:
          containers:
          - {name: sidecar, args: ["-threads-per-controller", "99"]}
          - {name: tekton-pipelines-controller, \(fields)}

    """
  }

  // Tekton: two workers; 5 requests a second, doubled as nobody gave them, then doubled for two
  // controllers; 10 at once, doubled.
  @Test("Tekton's defaults: 2 workers, 20 requests a second and 20 at once, one process")
  func defaults() throws {
    let control = try control()
    #expect(control.controllerThreads == 2)
    #expect(control.apiQPS == 20)
    #expect(control.apiBurst == 20)
    #expect(control.controllerProcesses == 1)
    #expect(control.clientCeiling == 2.5)
    // 2 workers, three looks of 0.1 s.
    #expect(((control.workerCeiling ?? 0) - 2 / 0.3).magnitude < 1e-9)
  }

  @Test("a TektonConfig gives them; rates that are given are doubled once")
  func tektonConfig() throws {
    let text = configuration(
      "threads-per-controller: 32", "kube-api-qps: 5.0", "kube-api-burst: 50", "replicas: 3",
      "buckets: 3", "disable-ha: false", "statefulset-ordinals: true")
    let fixture = ScenarioFixture(manifests: text)
    let control = try fixture.plan().control
    #expect(control.controllerThreads == 32)
    #expect(control.apiQPS == 10)
    #expect(control.apiBurst == 100)
    #expect(control.controllerProcesses == 3)
    #expect(control.clientCeiling == 3.75)
    let assumption = try #require(try fixture.plan().assumptions.first { $0.id == "tekton.apiQPS" })
    #expect(assumption.value == 10)
    #expect(assumption.source == "kube-api-qps 5.0 as set up, doubled in the code")
  }

  @Test("the Deployment's flags win over its environment, whatever their form")
  func flags() throws {
    let variables =
      "env: [{name: THREADS_PER_CONTROLLER, value: \"4\"}, {name: KUBE_API_QPS, value: \"30\"}, "
      + "{name: KUBE_API_BURST, value: \"40\"}]"
    let fromVariables = try control(deployment(variables))
    #expect(fromVariables.controllerThreads == 4)
    #expect(fromVariables.apiQPS == 60)
    #expect(fromVariables.apiBurst == 80)
    for arguments in [
      #"args: ["-kube-api-qps", "50", "-other", "-kube-api-burst", "60", "-threads-per-controller", "16"]"#,
      #"args: ["--kube-api-qps=50", "-kube-api-burst=60", "-threads-per-controller=16"]"#,
      #"command: [/ko-app/controller, -threads-per-controller, 16, -kube-api-qps=50, -kube-api-burst, 60]"#,
    ] {
      let control = try control(deployment("\(arguments), \(variables)", kind: "StatefulSet"))
      #expect(control.controllerThreads == 16, "\(arguments)")
      #expect(control.apiQPS == 100, "\(arguments)")
      #expect(control.apiBurst == 120, "\(arguments)")
    }
  }

  @Test("the scenario wins over TektonConfig, which wins over the Deployment")
  func order() throws {
    let text =
      configuration("threads-per-controller: 8", "kube-api-burst: 7") + "---\n"
      + deployment(#"args: ["-threads-per-controller=16", "-kube-api-qps=50"]"#)
    let control = try control(text, ["tekton.performance.kubeAPIBurst=9"])
    #expect(control.controllerThreads == 8)
    #expect(control.apiQPS == 100)
    #expect(control.apiBurst == 18)
    // The assumption is what the client has in the end.
    let assumed = try self.control(text, ["assumptions.tekton.apiQPS=33"])
    #expect(assumed.apiQPS == 33)
  }

  @Test("replicas share the work by buckets, and not at all without leader election")
  func replicas() throws {
    let election = """
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: config-leader-election-controller, namespace: openshift-pipelines}
      data: {buckets: "2", lease-duration: 60s}

      """
    #expect(try control(deployment("args: []", replicas: 2) + election).controllerProcesses == 2)
    #expect(try control(deployment("args: []", replicas: 1) + election).controllerProcesses == 1)
    #expect(try findings(deployment("args: []", replicas: 2) + election).isEmpty)
    let three = deployment("args: []", replicas: 3) + election
    #expect(try control(three).controllerProcesses == 2)
    let found = try findings(three)
    #expect(found.map(\.code) == ["W0428"])
    #expect(found.first?.message.contains("of 3 replicas of Tekton's controllers 2 work") == true)
    let alone = configuration("replicas: 2", "buckets: 2", "disable-ha: true")
    #expect(try control(alone).controllerProcesses == 1)
    #expect(try findings(alone).map(\.code) == ["W0428"])
    #expect(
      try control(deployment("args: [-disable-ha]", replicas: 2) + election).controllerProcesses
        == 1)
  }

  @Test(
    "values that cannot work are errors at their place",
    arguments: [
      ("threads-per-controller: 0", "E0430", 31), ("threads-per-controller: -2", "E0430", 31),
      ("threads-per-controller: four", "E0011", 31), ("threads-per-controller: 1.5", "E0011", 31),
      ("threads-per-controler: 4", "E0012", 7), ("kube-api-qps: 0", "E0430", 21),
      ("kube-api-qps: -1.5", "E0430", 21), ("kube-api-qps: fast", "E0011", 21),
      ("kube-api-burst: 0", "E0430", 23), ("replicas: 0", "E0430", 17),
      ("buckets: 0", "E0430", 16), ("buckets: 11", "E0430", 16),
      ("threads-per-controller: 1000001", "E0430", 31), ("kube-api-qps: 1e7", "E0430", 21),
      ("disable-ha: 3", "E0011", 19),
    ])
  func wrong(line: String, code: String, column: Int) throws {
    let found = try findings(configuration(line))
    #expect(found.map(\.code) == [code])
    let place = try #require(found.first?.location)
    // The run is in front; the line is the last of the configuration.
    let lines = ScenarioFixture(manifests: configuration(line)).text.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[place.line - 1].contains(line))
    #expect(place.column == column)
  }

  @Test("wrong flags of the Deployment and fields of the scenario are errors too")
  func wrongElsewhere() throws {
    let flags = try findings(
      deployment(#"args: ["-kube-api-qps", "much", "-threads-per-controller=0"]"#))
    #expect(flags.map(\.code) == ["E0430", "E0430"])
    #expect(flags.first?.message == "kube-api-qps is 'much': expected a number")
    let zero = try findings(deployment(#"args: ["-threads-per-controller=0"]"#))
    #expect(zero.first?.message.hasPrefix("threads-per-controller is 0: without a worker") == true)
    let variable = try findings(
      deployment(#"env: [{name: THREADS_PER_CONTROLLER, value: "many"}]"#))
    #expect(variable.map(\.code) == ["E0430"])
    for setting in ["threadsPerController=0", "kubeAPIQPS=0", "buckets=11", "replicas=-1"] {
      #expect(try findings("", ["tekton.performance.\(setting)"]).count == 1, "\(setting)")
    }
  }

  @Test("another Deployment does not matter")
  func others() throws {
    let text = deployment("args: [-threads-per-controller=0]").replacing(
      "metadata: {name: tekton-pipelines-controller",
      with: "metadata: {name: tekton-pipelines-webhook")
    #expect(try findings(text).isEmpty)
    #expect(try control(text).controllerThreads == 2)
  }

  @Test("the filled scenario shows all of them, and means the same when it is read again")
  func filled() throws {
    let text = configuration("threads-per-controller: 8", "kube-api-qps: 25")
    let compilation = try #require(try ScenarioFixture(manifests: text).compile().compilation)
    let performance = compilation.scenario.tekton.performance
    #expect(performance.threadsPerController?.value == 8)
    #expect(performance.kubeAPIQPS?.value == 25)
    #expect(performance.kubeAPIBurst?.value == 10)
    #expect(performance.replicas?.value == 1)
    #expect(!compilation.scenario.assumptions.contains { $0.id.value == "tekton.apiQPS" })
    let again = try control(
      "", ["tekton.performance.threadsPerController=8", "tekton.performance.kubeAPIQPS=25"])
    #expect(again.apiQPS == compilation.plan.control.apiQPS)
    #expect(again.apiBurst == compilation.plan.control.apiBurst)
    #expect(again.controllerThreads == compilation.plan.control.controllerThreads)
    // Without anything: what is shown has the effect of what is not given.
    let plain = try #require(try ScenarioFixture().compile().compilation)
    let shown = try #require(plain.scenario.tekton.performance.kubeAPIQPS?.value)
    #expect(try control("", ["tekton.performance.kubeAPIQPS=\(shown)"]).apiQPS == 20)
  }
}
