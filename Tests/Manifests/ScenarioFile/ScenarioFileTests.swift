import GantryModel
import GantryUnits
import Testing

@testable import GantryManifests

/// A scenario with every field there is.
let completeScenario = """
  name: "htop"
  description: all fields
  manifests: [pipelines, tasks/a.yaml]
  cluster: [cluster]
  region: eu-west-3
  controlPlane: {type: m5a.2xlarge, count: 1, schedulable: true, platformLoad: 1.5}
  nodes:
    arm64:
      type: m6g.2xlarge
      count: 2
      zones: [eu-west-3a, b]
      rootVolume: {type: io1, sizeGiB: 500, iops: 4000, throughputMiBps: 125}
      labels: {disk: fast, "node-role.kubernetes.io/builder": ""}
      taints: ["arch=arm64:NoSchedule", "dedicated:NoExecute"]
      spot: true
      schedulable: false
      platformLoad: 0.25
      containerStorage: localDisk
    amd64: {}
  storage:
    efs: {throughputMode: provisioned, provisionedMiBps: 64, storedGiB: 10, oneZone: yes, keepClaims: 7d,
      initialCreditsGiB: 12.5, accessPoints: 200, tls: false, mountTargetZones: [a]}
    defaultClass: efs-csi
  network: {natGateways: 3, loadBalancers: 2, publicIPv4Addresses: 5}
  registry:
    internal: {storage: gp3, sizeGiB: 200, iops: 4000, throughputMiBps: 250, pool: arm64}
  tekton:
    version: "0.59"
    featureFlags: {disable-affinity-assistant: true, coschedule: disabled}
    performance:
      {threadsPerController: 8, kubeAPIQPS: 50.5, kubeAPIBurst: 60, replicas: 3, buckets: 3, disableHA: no}
  kubernetesVersion: "1.28"
  tektonVersion: v0.59.0
  openshiftPipelinesVersion: "1.15"
  workload:
    - {pipelineRun: htop-run, count: 3, every: 10m, start: 1h, businessHours: 08:00-18:00 weekdays}
    - {ratePerHour: 2.5}
    - {times: [0, 90s, 1h30m]}
    - {csv: times.csv}
  seed: 7
  replications: 30
  horizon: 8h
  profiles:
    - {task: build, step: bud, duration: 30s, cpuSeconds: 12, threads: 2, readMiB: 1, writeMiB: 2,
       downloadMiB: 3, uploadMiB: 4, workspace: src, operations: 1e3, memoryMiB: 900, diskMiB: 50,
       pipeline: p, scales: false, architecture: arm64, instance: m6g.2xlarge, note: by hand}
  profileFiles: [profile.yaml]
  images: [{name: "quay.io/a:b", compressedMiB: 80, unpackedMiB: 210.5, files: 9000, architectures: [arm64]}]
  assumptions: {qemu.compile: 8.5, offset: -1}
  prices: {natGateway.hour: 0.05}
  results: {clone.commit: abc123, "clone.count": 3}
  axes:
    nodes.arm64.count: [1, 2]
  sources: {"https://example.com/a.git": ../src/a}
  """

/// Reads a scenario text; all findings must be expected by the caller.
func readScenario(
  _ text: String, settings: [String] = []
) throws -> (file: ScenarioFile?, findings: [Diagnostic], texts: SourceTexts) {
  let sink = DiagnosticSink()
  let input = InputReader(standardInput: { Array(text.utf8) })
  let result = try ScenarioFileReader.read(path: "-", settings: settings, input: input, sink: sink)
  return (result.file, sink.diagnostics, result.texts)
}

@Suite("scenario files are read")
struct ScenarioFileTests {
  @Test("every field arrives with its value and place")
  func complete() throws {
    let result = try readScenario(completeScenario)
    #expect(result.findings == [])
    let file = try #require(result.file)
    #expect(file.name == Located("htop", at: Place(file: "<stdin>", line: 1, column: 7)))
    #expect(file.manifests.map(\.value) == ["pipelines", "tasks/a.yaml"])
    #expect(file.controlPlane?.schedulable == true)
    #expect(file.controlPlane?.platformLoad?.value == 1.5)
    #expect(file.nodes.map(\.name.value) == ["arm64", "amd64"])
    let arm = try #require(file.nodes.first?.settings)
    #expect(arm.type == Located("m6g.2xlarge", at: Place(file: "<stdin>", line: 9, column: 11)))
    #expect(arm.rootVolume?.iops?.value == 4000)
    #expect(arm.labels.map(\.value.value) == ["fast", ""])
    #expect(arm.taints.map(\.value) == ["arch=arm64:NoSchedule", "dedicated:NoExecute"])
    #expect(arm.spot == true)
    #expect(file.storage.efs.oneZone == true)
    #expect(file.storage.efs.provisionedMiBps?.value == 64)
    #expect(file.tektonVersion?.value == "v0.59.0")
    #expect(file.openshiftPipelinesVersion?.value == "1.15")
    #expect(file.storage.efs.initialCreditsGiB?.value == 12.5)
    #expect(file.storage.efs.accessPoints?.value == 200)
    #expect(file.storage.efs.tls == false)
    #expect(file.storage.efs.mountTargetZones.map(\.value) == ["a"])
    #expect(arm.containerStorage?.value == "localDisk")
    #expect(file.registry.internal?.storage?.value == "gp3")
    #expect(file.registry.internal?.pool?.value == "arm64")
    #expect(file.tekton.featureFlags.map(\.value.value) == ["true", "disabled"])
    let performance = file.tekton.performance
    #expect(performance.threadsPerController?.value == 8)
    #expect(performance.kubeAPIQPS?.value == 50.5)
    #expect(performance.kubeAPIBurst?.value == 60)
    #expect(performance.replicas?.value == 3)
    #expect(performance.buckets?.value == 3)
    #expect(performance.disablesHA == false)
    #expect(file.workload.count == 4)
    #expect(file.workload[2].times.map(\.value) == ["0", "90s", "1h30m"])
    #expect(file.profiles.first?.operations?.value == .fixed(1000))
    #expect(file.images.first?.unpackedMiB?.value == 210.5)
    #expect(file.assumptions.map(\.value) == [8.5, -1])
    #expect(file.results.map(\.value.value) == ["abc123", "3"])
  }

  @Test("an empty file has no values")
  func empty() throws {
    let result = try readScenario("# nothing\n")
    #expect(result.findings == [])
    #expect(result.file?.nodes.isEmpty == true)
    #expect(result.file?.location == Place(file: "<stdin>", line: 1, column: 1))
  }

  @Test(
    "what is wrong is said at its place",
    arguments: [
      ("nmae: x", "E0012", 1, 1), ("seed: x", "E0011", 1, 7), ("seed: 1.5", "E0011", 1, 7),
      ("replications: 0", "E0061", 1, 15), ("kubernetesVersion: 1.30", "E0011", 1, 20),
      ("horizon: 8", "E0011", 1, 10), ("horizon: 8 hours", "E0060", 1, 10),
      ("nodes: [a]", "E0011", 1, 8), ("nodes: {a: {spot: maybe}}", "E0011", 1, 19),
      ("nodes: {a: {taints: [x]}}", "E0060", 1, 22),
      ("nodes: {a: {rootVolume: {type: gp4}}}", "E0022", 1, 32),
      ("nodes: {a: {count: -1}}", "E0061", 1, 20), ("manifests: x", "E0011", 1, 12),
      ("tekton: {version: '0.6.'}", "E0060", 1, 19),
      ("tektonVersion: 1.15", "E0011", 1, 16), ("tektonVersion: v", "E0060", 1, 16),
      ("results: {x: y}", "E0060", 1, 11),
      ("workload: [{every: 1m, ratePerHour: 2}]", "E0065", 1, 37),
      ("workload: [{ratePerHour: 0}]", "E0061", 1, 26), ("profiles: [{step: x}]", "E0013", 1, 12),
      ("workload: [{businessHours: 18:00-08:00}]", "E0060", 1, 28),
      ("storage: {efs: {throughputMode: provisioned}}", "E0066", 1, 33),
      ("storage: {efs: {throughputMode: elastic, provisionedMiBps: 1}}", "E0066", 1, 60),
      ("storage: {efs: {provisionedMiBps: 1}}", "E0066", 1, 35),
      ("- a", "E0011", 1, 1), ("a: [", "E0001", 1, 5), ("seed: 1\n---\nseed: 2", "E0064", 3, 1),
      ("prices: {x: -1}", "E0061", 1, 13), ("prices: {x: [1]}", "E0011", 1, 13),
      ("images: [{name: x, architectures: [arm]}]", "E0022", 1, 36),
    ])
  func wrong(text: String, code: String, line: Int, column: Int) throws {
    let findings = try readScenario(text).findings
    #expect(findings.map(\.code) == [code])
    #expect(findings.first?.location == Place(file: "<stdin>", line: line, column: column))
  }

  @Test("all errors are reported at once, with nearest names")
  func allAtOnce() throws {
    let findings = try readScenario(
      "seeed: 1\nstorage: {efs: {throughputMod: elastic}}\nnodes: {a: {typ: x, count: y}}\n"
    ).findings
    #expect(findings.count == 4)
    #expect(
      findings.compactMap(\.suggestion).sorted() == [
        "did you mean 'seed'?", "did you mean 'throughputMode'?", "did you mean 'type'?",
      ])
  }

  @Test("a file that is not there is an I/O error")
  func missing() {
    #expect(throws: InputReadError([.init(path: "no/such.yaml", reason: "no such file or folder")]))
    {
      try ScenarioFileReader.read(path: "no/such.yaml", sink: DiagnosticSink())
    }
  }
}

@Suite("durations")
struct DurationTests {
  @Test(
    "Go's units and days",
    arguments: [
      ("0", 0), ("90s", 90_000_000_000), ("1h30m", 5_400_000_000_000), ("1.5s", 1_500_000_000),
      ("7d", 604_800_000_000_000), ("250ms", 250_000_000), ("3us4ns", 3_004),
    ] as [(String, Int64)])
  func good(text: String, nanoseconds: Int64) {
    #expect(Span(duration: text)?.nanoseconds == nanoseconds)
  }

  @Test(
    "everything else is refused",
    arguments: ["", "8", "h", "1 h", "-1s", "1x", "1.s", ".5s", "1h30", "999999999h", "1h "])
  func bad(text: String) { #expect(Span(duration: text) == nil) }
}
