public import GantryModel
import GantryStatistics

extension Samples {
  /// One control-plane node and a worker per architecture.
  public static let nodes: [NodeRecord] = [
    node("worker-amd64-a", type: "m5a.2xlarge", .amd64, zone: "eu-west-3a", utilisation: 0.43),
    node("worker-arm64-a", type: "m6g.2xlarge", .arm64, zone: "eu-west-3a", utilisation: 0.38),
    node(
      "master-0", type: "m5.2xlarge", .amd64, zone: "eu-west-3a", utilisation: 0.12,
      isControlPlane: true),
  ]

  /// A node with 8 vCPU and 32 GiB.
  public static func node(
    _ name: String, type: String, _ architecture: Architecture, zone: String,
    utilisation: Double, isControlPlane: Bool = false
  ) -> NodeRecord {
    var record = NodeRecord(
      name: name, pool: isControlPlane ? "controlPlane" : architecture.rawValue,
      instanceType: type, architecture: architecture, zone: zone, isControlPlane: isControlPlane,
      vcpu: 8, memoryGiB: 32, cpuUtilisation: utilisation, peakPods: isControlPlane ? 0 : 2,
      bytesIn: 1.21e9, bytesOut: 4.2e8, imageBytes: 6.6e8)
    record.peakMemoryBytes = (isControlPlane ? 12 : 4) * 1_073_741_824
    record.diskBytes = 120 * 1_073_741_824
    record.peakDiskBytes = (isControlPlane ? 42 : 27) * 1_073_741_824
    return record
  }

  /// A worker that runs out of memory and then of disk.
  public static let pressure: [NodeEventRecord] = [
    event(
      .outOfMemory, .memory, 31.5, "htop-run-1-build-arm64", used: 31.2e9, limit: 30.9e9,
      "step 'build' passed the memory of the node and was killed"),
    event(
      .pressure, .memory, 40, nil, used: 30.85e9, limit: 30.8e9, "the node has MemoryPressure"),
    event(
      .evicted, .memory, 40, "htop-run-2-git-clone", used: 6.4e8, limit: 0,
      "The node was low on resource: memory. Threshold quantity: 100Mi, available: 45Mi. "),
    event(
      .imagesRemoved, .disk, 120, nil, used: 1.1e11, limit: 1.095e11,
      "removed unused images: quay.io/buildah/stable"),
    event(.pressureEnded, .memory, 340, nil, used: 0, limit: 0, "the node no longer has it"),
  ]

  private static func event(
    _ kind: NodeEvent.Kind, _ resource: NodeEvent.Resource, _ seconds: Double, _ taskRun: String?,
    used: Double, limit: Double, _ message: String
  ) -> NodeEventRecord {
    NodeEventRecord(
      kind: kind, resource: resource, node: "worker-arm64-a", seconds: seconds,
      pipelineRun: taskRun.map { _ in "htop-run-1" }, taskRun: taskRun, usedBytes: used,
      limitBytes: limit, message: message)
  }

  /// The bill of so many hours and of a month, shared among the runs; `scale` changes EC2.
  static func cost(of runs: inout [RunRecord], hours: Double, scale: Double) -> Cost {
    var cost = Cost()
    let count = Double(runs.count)
    cost.lines = bill(hours: hours, runs: count, scale: scale)
    cost.monthlyLines = bill(hours: 730, runs: count, scale: scale)
    for index in runs.indices {
      let share = cost.totalUSD / count
      runs[index].cost = Cost.RunCost(usedUSD: share * 0.3, idleShareUSD: share * 0.7)
    }
    cost.runs = runs.map(\.cost)
    return cost
  }

  private static func bill(hours: Double, runs: Double, scale: Double) -> [CostLine] {
    let list = "AWS price list eu-west-3, 2026-11-20"
    func line(
      _ service: String, _ item: String, _ quantity: Double, _ unit: String, _ rate: Double,
      fixed: Bool = true
    ) -> CostLine {
      CostLine(
        service: service, item: item, quantity: quantity, unit: unit, rateUSD: rate,
        source: list, isFixed: fixed)
    }
    return [
      line("EC2", "m5.2xlarge Linux on-demand", hours, "h", 0.448),
      line("EC2", "m5a.2xlarge Linux on-demand", hours, "h", 0.404 * scale),
      line("EC2", "m6g.2xlarge Linux on-demand", hours, "h", 0.36 * scale),
      line("EBS", "io1 provisioned IOPS", 4000 * hours / 730, "IOPS-month", 0.076),
      line("EBS", "io1 capacity", 500 * hours / 730, "GiB-month", 0.145),
      line("EBS", "gp3 capacity", 240 * hours / 730, "GiB-month", 0.0928),
      line("EFS", "Elastic throughput, writes", 0.84 * runs, "GB", 0.07, fixed: false),
      line("VPC", "NAT gateway", 3 * hours, "h", 0.05),
      line("VPC", "NAT gateway, bytes", 1.21 * runs, "GB", 0.05, fixed: false),
      line("ELB", "Network Load Balancer", 2 * hours, "h", 0.02646),
    ]
  }

  /// Assumptions of every confidence, with their weight.
  public static let assumptions: [AssumptionUse] = [
    use("vfs.copy.rate", "vfs copies a layer at this rate", 180, "MB/s", .estimate, 9, 0.052),
    use("quay.push.rate", "quay.io takes pushes at this rate", 12.5, "MB/s", .guess, 9.75, 0.056),
    use("quay.pull.rate", "quay.io serves pulls at this rate", 60, "MB/s", .guess, 21.5, 0.125),
    use("pod.start", "sandbox, init and container start", 2.25, "s", .measured, 6.5, 0.038),
    use("efs.access-point", "an access point is made in", 2, "s", .estimate, 1.2, 0.007),
    use("cpu.unused", "not on any critical path", 1, "", .guess, 0, 0),
  ]

  private static func use(
    _ id: String, _ text: String, _ value: Double, _ unit: String,
    _ confidence: Assumption.Confidence, _ seconds: Double, _ share: Double
  ) -> AssumptionUse {
    AssumptionUse(
      assumption: Assumption(
        id: id, text: text, value: value, unit: unit, confidence: confidence,
        source: "invented for tests, 2026-11-23"),
      criticalPathSeconds: seconds, criticalPathShare: share)
  }

  /// A record of given runs.
  public static func record(
    scenario: String = "htop", label: String? = nil, runs: [RunRecord],
    nodes: [NodeRecord] = Samples.nodes, scale: Double = 1, inputs: String = inputs()
  ) -> SimulationRecord {
    var record = SimulationRecord(
      scenario: scenario, label: label, programVersion: "0.1.0", catalogVersion: "2026-11-20",
      region: "eu-west-3", seed: 1, replicationCount: 1, inputs: inputs,
      inputHash: "5f1d" + String(repeating: "0", count: 60), clusterOrigin: "scenario")
    record.nodes = nodes
    record.runs = runs
    record.makespanSeconds = runs.compactMap(\.completionSeconds).max() ?? 0
    record.cost = cost(of: &record.runs, hours: record.makespanSeconds / 3600, scale: scale)
    record.assumptions = assumptions
    record.replications = [
      replication(
        0, runs.compactMap(\.durationSeconds), makespan: record.makespanSeconds,
        failed: runs.filter { !$0.status.isSuccess }.count, usd: record.cost.totalUSD)
    ]
    return record
  }

  /// A replication in which runs took these times; the last of them alone ends it unless told.
  public static func replication(
    _ number: Int, _ times: [Double], makespan: Double? = nil, failed: Int = 0, usd: Double = 1
  ) -> ReplicationSummary {
    let kept = PointSample.RunTimes(times)
    var summary = ReplicationSummary(
      replication: number, makespanSeconds: makespan ?? times.max() ?? 0,
      meanRunSeconds: kept?.mean ?? 0, p95RunSeconds: kept?.p95 ?? 0, failedRuns: failed,
      totalUSD: usd)
    summary.endedRuns = times.count
    summary.times = kept
    return summary
  }

  /// A record of one run, replicated: by replication, the times of its runs.
  public static func replicated(
    _ label: String, _ times: [[Double]], inputs: String = inputs()
  ) -> SimulationRecord {
    var record = htop(label: label)
    record.inputs = inputs
    record.replications = times.enumerated().map { replication($0.offset, $0.element) }
    return record
  }

  /// Canonical inputs that differ in the worker's type.
  public static func inputs(armType: String = "m6g.2xlarge", extra: String = "") -> String {
    """
    {"manifests":[{"kind":"PipelineRun","metadata":{"name":"htop-run"}}],\
    "scenario":{"nodes":{"amd64":{"count":1,"type":"m5a.2xlarge"},\
    "arm64":{"count":1,"type":"\(armType)"}}\(extra)},"seed":1}
    """
  }

  /// One run of the article's first pipeline.
  public static func htop(label: String? = nil) -> SimulationRecord {
    record(label: label, runs: [run("htop-run")])
  }

  /// `count` runs at once that wait longer and longer for room.
  public static func burst(_ count: Int, label: String? = nil) -> SimulationRecord {
    let runs = (0..<count).map { index in
      run(
        "htop-run-\(index + 1)", pace: 1 + 0.05 * Double(index % 5),
        wait: Double(index / 4) * 20)
    }
    return record(scenario: "burst", label: label, runs: runs)
  }

  /// A run whose arm64 build fails and one that never finds a node, with everything that a
  /// record can hold.
  public static func failed() -> SimulationRecord {
    var first = run("htop-run-1")
    first.taskRuns[2].status = .failed
    first.taskRuns[2].reason = "Failed"
    first.taskRuns[2].message = "\"step-build\" exited with code 137 (OOMKilled)"
    first.taskRuns[2].attempts = 2
    first.taskRuns[2].steps[0].failed = true
    first.taskRuns.removeLast()
    first.skippedTasks = [.init(name: "manifest", reason: "Parent Tasks were skipped or failed")]
    first.status = .failed
    first.reason = "Failed"
    first.message = "Tasks Completed: 3 (Failed: 1, Cancelled 0), Skipped: 1"
    var second = run("htop-run-2", at: 10)
    var stuck = task("git-clone", on: nil, ready: 10.5, run: "htop-run-2", [])
    stuck.status = .running
    stuck.reason = "Pending"
    stuck.message = "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector"
    stuck.startSeconds = 10.75
    stuck.completionSeconds = nil
    stuck.breakdown = [.queue: 162.5]
    stuck.waitSeconds = 162.5
    second.taskRuns = [stuck]
    second.status = .running
    second.reason = "Running"
    second.message = "a pod that can never be placed: 3 node(s) didn't match"
    second.completionSeconds = nil
    second.criticalPath = []
    var record = record(label: "broken", runs: [first, second])
    record.nodeEvents = pressure
    record.createdAt = "2026-11-23T08:00:00Z"
    record.seed = .max
    record.diagnostics = diagnostics
    return record
  }

  /// Findings of every severity.
  public static let diagnostics: [Diagnostic] = [
    Diagnostic(
      .warning, "W0201", "'latest' of fedora is not pinned",
      at: SourceLocation(file: "pipeline.yaml", line: 12, column: 7),
      notes: [
        Diagnostic.Note("used here", at: SourceLocation(file: "run.yaml", line: 3, column: 1)),
        Diagnostic.Note("no place"),
      ], suggestion: "fedora:39"),
    Diagnostic(.note, "N0001", "skipped ServiceAccount 'build-bot'", at: nil),
  ]
}

/// A sample record by a short name, for tests with several of them.
public enum Sample: String, Sendable, CaseIterable {
  case htop
  case failed
  case burst
  case summedUp

  /// The record.
  public var record: SimulationRecord {
    switch self {
    case .htop: Samples.htop(label: "base")
    case .failed: Samples.failed()
    case .burst: Samples.burst(24)
    case .summedUp: Samples.summedUp()
    }
  }
}
