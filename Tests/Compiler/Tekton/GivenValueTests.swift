import GantryManifests
import GantryModel
import Testing

@testable import GantryCompiler

@Suite("Tekton: values that runs and clusters give")
struct GivenValueTests {
  private func run(_ value: String) -> String {
    """
    kind: PipelineRun
    metadata: {name: r}
    spec:
      params: [{name: message, value: \(value)}]
      pipelineSpec:
        params: [{name: message, enum: [v1, v2], default: v1}]
        tasks:
        - {name: a, taskSpec: {steps: [{image: i, script: "$(params.message)"}]}}
    """
  }

  // The words are those of Tekton's reconciler.
  @Test("a value outside the allowed ones fails the run where the switch is on")
  func allowedValues() {
    let refused = Resolution(run("v9")) { $0.configuration.enablesParamEnum = true }
    #expect(refused.runs.first?.failure?.reason == "InvalidParamValue")
    #expect(
      refused.runs.first?.failure?.message
        == "[User error] PipelineRun default/r parameters have invalid value: param `message` "
        + "value: v9 is not in the enum list")
    #expect(refused.findings.map(\.code) == ["E0425"])
    #expect(refused.findings.first?.location?.line == 4)
    #expect(Resolution(run("v9")).runs.first?.failure == nil)
    let accepted = Resolution(run("v2")) { $0.configuration.enablesParamEnum = true }
    #expect(accepted.runs.first?.failure == nil)
  }

  private func given(_ parameter: String, declared: String, matrix: String = "") -> Resolution {
    Resolution(
      """
      kind: PipelineRun
      metadata: {name: r}
      spec:
        pipelineSpec:
          tasks:
          - name: first
            taskSpec: {results: [{name: list, type: array}], steps: [{image: i, script: x}]}
          - name: a
            params: [\(parameter)]
            \(matrix)
            taskSpec:
              params: [\(declared)]
              steps: [{image: i, script: x}]
      """)
  }

  @Test("a text may stand for a list or object only when it refers to something")
  func types() {
    let list = "{name: p, type: array}"
    #expect(
      given("{name: p, value: '$(tasks.first.results.list[*])'}", declared: list).texts == [])
    for value in ["plain", "{a: b}"] {
      let refused = given("{name: p, value: \(value)}", declared: list)
      #expect(refused.runs.first?.failure?.reason == "PipelineValidationFailed")
      #expect(
        refused.runs.first?.failure?.message
          .hasSuffix("param types don't match the user-specified type: [p]") == true)
    }
    // A list stays a list, whatever its elements refer to.
    let elements = given(
      "{name: p, value: ['$(tasks.first.results.list[0])']}", declared: "{name: p}")
    #expect(elements.findings.map(\.code) == ["E0415"])
  }

  @Test("a matrix gives texts, so that the task must declare texts")
  func matrixTypes() {
    let matrix = "matrix: {params: [{name: m, value: [x, z]}]}"
    #expect(given("", declared: "{name: m}", matrix: matrix).texts == [])
    let refused = given("", declared: "{name: m, type: array}", matrix: matrix)
    #expect(
      refused.runs.first?.failure?.message
        .hasSuffix("param types don't match the user-specified type: [m]") == true)
  }

  @Test("an object lacks the keys that neither its default nor what is given has")
  func keys() {
    let declared =
      "{name: o, type: object, properties: {a: {}, b: {}, c: {}}, default: {a: x}}"
    #expect(given("{name: o, value: {b: x, c: x}}", declared: declared).texts == [])
    let refused = given("{name: o, value: {b: x}}", declared: declared)
    #expect(
      refused.runs.first?.failure?.message.hasSuffix(
        "missing keys for these params which are required in ParamSpec's properties map[o:[c]]")
        == true)
  }

  private let taskRun = """
    kind: TaskRun
    metadata: {name: r}
    spec:
      podTemplate: {nodeSelector: {disk: fast}}
      taskSpec:
        workspaces: [{name: source}, {name: cache, optional: true}]
        steps: [{image: i, script: x}]
    """

  @Test("config-defaults give pods a template and required workspaces a volume")
  func clusterDefaults() throws {
    let sink = DiagnosticSink()
    let input = InputReader(
      standardInput: {
        Array(
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: config-defaults, namespace: tekton-pipelines}
          data:
            default-pod-template: |
              nodeSelector: {disk: slow}
              tolerations: [{key: ci, operator: Exists}]
            default-task-run-workspace-binding: |
              emptyDir: {}
          """.utf8)
      })
    let maps = try ManifestReader.read(paths: ["-"], input: input, sink: sink).manifests.configMaps
    #expect(sink.diagnostics == [])
    let resolution = Resolution(taskRun) { $0.takeDefaults(from: maps) }
    let made = try #require(resolution.runs.first?.tasks.first?.taskRuns.first)
    #expect(resolution.texts == [])
    // The run's own selector replaces the cluster's as a whole.
    #expect(made.podTemplate.nodeSelector.map(\.value) == ["fast"])
    #expect(made.podTemplate.tolerations.map(\.key) == ["ci"])
    #expect(made.workspaces.map(\.binding) == [.emptyDir(inMemory: false), .unbound])
    #expect(Resolution(taskRun).findings.map(\.code) == ["W0425"])
  }

  @Test("a default that is no YAML of its kind is an error at its place")
  func wrongDefault() throws {
    let sink = DiagnosticSink()
    let text =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config-defaults}\n"
      + "data: {default-pod-template: 'nodeSelectr: {a: b}'}\n"
    _ = try ManifestReader.read(
      paths: ["-"], input: InputReader(standardInput: { Array(text.utf8) }), sink: sink)
    #expect(sink.diagnostics.map(\.code) == ["E0421"])
    #expect(sink.diagnostics.first?.location?.line == 4)
  }

  @Test("a TektonConfig stands for the ConfigMaps that it fills")
  func tektonConfig() throws {
    let sink = DiagnosticSink()
    let text = """
      apiVersion: operator.tekton.dev/v1alpha1
      kind: TektonConfig
      metadata: {name: config}
      spec:
        profile: all
        pipeline:
          coschedule: disabled
          enable-api-fields: alpha
          default-timeout-minutes: 30
          performance: {threads-per-controller: 4}
      """
    let set = try ManifestReader.read(
      paths: ["-"], input: InputReader(standardInput: { Array(text.utf8) }), sink: sink
    ).manifests
    #expect(sink.diagnostics == [])
    let byName = Dictionary(uniqueKeysWithValues: set.configMaps.map { ($0.name.value, $0.data) })
    #expect(
      byName["feature-flags"]?.mapValues(\.value)
        == ["coschedule": "disabled", "enable-api-fields": "alpha"])
    #expect(byName["config-defaults"]?.mapValues(\.value) == ["default-timeout-minutes": "30"])
  }
}

@Suite("Tekton: what reaches an embedded task without being passed")
struct PropagationTests {
  @Test("a result used in a step makes its task a predecessor")
  func implicitResults() throws {
    let resolution = Resolution(
      """
      kind: PipelineRun
      metadata: {name: r}
      spec:
        pipelineSpec:
          tasks:
          - name: show
            taskSpec: {steps: [{image: i, args: ["echo $(tasks.add.results.uid)"]}]}
          - name: add
            taskSpec: {results: [{name: uid}], steps: [{image: i, script: x}]}
      """)
    #expect(resolution.texts == [])
    #expect(try #require(resolution.runs.first).tasks.map(\.dependencies) == [[1], []])
  }

  // Two combinations; each returns the result.
  @Test("parameters may ask how many combinations there are and how many results")
  func matrixLength() throws {
    let resolution = Resolution(
      """
      kind: PipelineRun
      metadata: {name: r}
      spec:
        pipelineSpec:
          tasks:
          - name: build
            matrix: {include: [{params: [{name: i, value: a}]}, {params: [{name: i, value: b}]}]}
            taskSpec:
              params: [{name: i}]
              results: [{name: digest}]
              steps: [{image: i, script: x}]
          - name: count
            runAfter: [build]
            params:
            - {name: all, value: $(tasks.build.matrix.length)}
            - {name: digests, value: $(tasks.build.matrix.digest.length)}
            taskSpec:
              params: [{name: all}, {name: digests}]
              steps: [{image: i, script: "$(params.all) $(params.digests)"}]
      """)
    #expect(resolution.texts == [])
    let count = try #require(resolution.runs.first?.tasks.last?.taskRuns.first)
    #expect(count.steps.first?.script == "2 2")
  }

  @Test("of an object, keys that the pipeline task does not give come from the run")
  func objectKeys() throws {
    let resolution = Resolution(
      """
      kind: PipelineRun
      metadata: {name: r}
      spec:
        params: [{name: repo, value: {url: abc, commit: sha}}]
        pipelineSpec:
          tasks:
          - name: a
            params: [{name: repo, value: {branch: main, url: xyz}}]
            taskSpec:
              steps:
              - image: i
                script: "$(params.repo.url) $(params.repo.commit) $(params.repo.branch)"
      """)
    let made = try #require(resolution.runs.first?.tasks.first?.taskRuns.first)
    #expect(made.steps.first?.script == "xyz sha main")
  }
}

@Suite("Tekton: defaults that refer to other parameters")
struct DefaultReferenceTests {
  private func run(_ declared: String, version: TektonVersion = .v1_15) -> Resolution {
    Resolution(
      """
      kind: PipelineRun
      metadata: {name: r}
      spec:
        params: [{name: given, value: g}, {name: list, value: [l]}]
        pipelineSpec:
          params: [{name: given}, {name: list, type: array}, \(declared)]
          tasks:
          - {name: a, taskSpec: {steps: [{image: i, script: "$(params.a)"}]}}
      """, version: version)
  }

  @Test("chains are followed, whatever the order")
  func chain() throws {
    let resolution = run(
      "{name: a, default: 'x $(params.b)'}, "
        + "{name: b, default: '$(params.given) $(params.list[0])'}")
    #expect(resolution.texts == [])
    let made = try #require(resolution.runs.first?.tasks.first?.taskRuns.first)
    #expect(made.steps.first?.script == "x g l")
  }

  // The words are those of Tekton's substitution.
  @Test(
    "circles and references to nothing fail the run since v1",
    arguments: [
      (
        "{name: a, default: '$(params.b)'}, {name: b, default: '$(params.a)'}",
        "circular dependency detected in param \"params.a\""
      ),
      (
        "{name: a, default: '$(params.none)'}",
        "param \"params.a\" references undefined param \"params.none\""
      ),
      (
        "{name: a, default: '$(params.own[0])'}, {name: own, type: array, default: [x]}",
        "param \"params.a\" references undefined param \"params.own[0]\""
      ),
    ])
  func wrong(declared: String, what: String) {
    let refused = run(declared)
    #expect(refused.findings.map(\.code) == ["E0426"])
    #expect(refused.findings.first?.message.contains(what) == true, "\(refused.texts)")
    #expect(refused.runs.first?.failure?.reason == "PipelineValidationFailed")
    #expect(run(declared, version: .v0_59).runs.first?.failure == nil)
  }
}
