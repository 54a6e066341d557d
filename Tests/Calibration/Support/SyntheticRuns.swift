import GantryKernel
import GantryManifests
import GantryModel

/// Runs of one pipeline with known parameters, written as `kubectl get … -o json` would: four tasks,
/// `clone`, then `compile` and `test` side by side, then `push` of two steps.
struct SyntheticRuns {
  /// A step's true distribution.
  struct Truth {
    var name: String
    var median: Double
    var sigma: Double
  }

  static let steps: [String: [Truth]] = [
    "clone": [Truth(name: "clone", median: 4, sigma: 0.3)],
    "compile": [Truth(name: "compile", median: 60, sigma: 0.2)],
    "test": [Truth(name: "unit", median: 20, sigma: 0.4)],
    "push": [
      Truth(name: "login", median: 0.4, sigma: 0), Truth(name: "push", median: 15, sigma: 0.25),
    ],
  ]
  static let overhead = (median: 8.0, sigma: 0.3)

  var count = 40
  var seed: UInt64 = 7
  /// Multiplies every step, by run: the noise of one run that no task explains.
  var noise = 0.0
  /// By run and task: pod, node and selector.
  var node: (Int, String) -> String? = { _, _ in nil }
  var slowness: (Int, String) -> Double = { _, _ in 1 }
  /// Whether TaskRuns stand in the status of their runs, as before 2022.
  var isEmbedded = false

  /// The runs' objects as JSON texts.
  func objects() -> [String] { (0..<count).flatMap(run) }

  /// One list of everything.
  func json(_ more: [String] = []) -> String { Self.list(objects() + more) }

  static func list(_ objects: [String]) -> String {
    "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n\(objects.joined(separator: ",\n"))\n]}"
  }

  /// What the reader makes of a text.
  static func dump(_ text: String) throws -> (dump: RunDump, findings: [Diagnostic]) {
    let sink = DiagnosticSink()
    let input = InputReader(standardInput: { Array(text.utf8) })
    let dump = try RunDumpReader.read(["-"], input: input, sink: sink).dump
    return (dump, sink.diagnostics)
  }

  private func draw(_ run: Int, _ purpose: UInt32, _ index: UInt64, _ truth: Truth) -> Double {
    RandomStream(seed: seed).stream(entity: UInt64(run), purpose: purpose)
      .lognormal(index, median: truth.median, sigma: truth.sigma)
  }

  private func run(_ index: Int) -> [String] {
    let start =
      1_700_000_000 + Double(index) * 1000
      + RandomStream(seed: seed).stream(entity: UInt64(index), purpose: 99).uniform(0)
    let factor = draw(index, 98, 0, Truth(name: "", median: 1, sigma: noise))
    var ends: [String: Double] = [:]
    var children: [String] = []
    let order: [(String, [String])] = [
      ("clone", []), ("compile", ["clone"]), ("test", ["clone"]), ("push", ["compile", "test"]),
    ]
    for (number, (task, parents)) in order.enumerated() {
      let created = (parents.compactMap { ends[$0] }.max() ?? start) + 0.3
      let made = taskRun(index, number, task, created: created, factor: factor)
      ends[task] = made.end
      children.append(made.text)
    }
    let end = (ends["push"] ?? start) + 0.4
    let embedded = isEmbedded ? ", \"taskRuns\": {\(children.joined(separator: ", "))}" : ""
    let version = isEmbedded ? "v1beta1" : "v1"
    let run = """
      {"apiVersion": "tekton.dev/\(version)", "kind": "PipelineRun", "metadata": {"name": "flow-\(index)", \
      "namespace": "ci", "creationTimestamp": "\(Self.time(start))"}, \
      "spec": {"pipelineRef": {"name": "flow"}}, "status": {"startTime": "\(Self.time(start))", \
      "completionTime": "\(Self.time(end))", \(Self.condition())\(embedded)}}
      """
    return isEmbedded ? [run] : [run] + children
  }

  private func taskRun(
    _ run: Int, _ number: Int, _ task: String, created: Double, factor: Double
  ) -> (text: String, end: Double) {
    let started = created + 0.2
    let wait = Truth(name: "", median: Self.overhead.median, sigma: Self.overhead.sigma)
    var clock = started + draw(run, UInt32(number), 0, wait)
    var steps: [String] = []
    for (position, truth) in (Self.steps[task] ?? []).enumerated() {
      let begin = clock
      clock +=
        draw(run, UInt32(10 + number), UInt64(position), truth) * factor * slowness(run, task)
      steps.append(
        """
        {"name": "\(truth.name)", "terminated": {"exitCode": 0, "reason": "Completed", \
        "startedAt": "\(Self.time(begin))", "finishedAt": "\(Self.time(clock))"}}
        """)
      clock += 0.1
    }
    let end = clock + 0.5
    let pod = node(run, task).map { _ in "\"podName\": \"flow-\(run)-\(task)-pod\", " } ?? ""
    let status = """
      {\(pod)"startTime": "\(Self.time(started))", "completionTime": "\(Self.time(end))", \
      \(Self.condition()), "steps": [\(steps.joined(separator: ", "))]}
      """
    if isEmbedded {
      return (
        "\"flow-\(run)-\(task)\": {\"pipelineTaskName\": \"\(task)\", \"status\": \(status)}", end
      )
    }
    let podObject =
      node(run, task).map {
        ",\n{\"kind\": \"Pod\", \"metadata\": {\"name\": \"flow-\(run)-\(task)-pod\", \"namespace\": \"ci\"}, "
          + "\"spec\": {\"nodeName\": \"\($0)\"}}"
      } ?? ""
    let text = """
      {"apiVersion": "tekton.dev/v1", "kind": "TaskRun", "metadata": {"name": "flow-\(run)-\(task)", \
      "namespace": "ci", "creationTimestamp": "\(Self.time(created))", "labels": \
      {"tekton.dev/pipelineRun": "flow-\(run)", "tekton.dev/pipeline": "flow", \
      "tekton.dev/pipelineTask": "\(task)"}}, "status": \(status)}\(podObject)
      """
    return (text, end)
  }

  static func node(_ name: String, type: String, architecture: String) -> String {
    """
    {"kind": "Node", "metadata": {"name": "\(name)", "labels": {"kubernetes.io/arch": "\(architecture)", \
    "node.kubernetes.io/instance-type": "\(type)"}}}
    """
  }

  static func condition(_ status: String = "True", _ reason: String = "Succeeded") -> String {
    "\"conditions\": [{\"type\": \"Succeeded\", \"status\": \"\(status)\", \"reason\": \"\(reason)\"}]"
  }

  /// The second that a time falls into, as Kubernetes writes it; days are counted from 2023-11-14.
  static func time(_ seconds: Double) -> String {
    // 1 699 920 000 is 2023-11-14T00:00:00Z.
    let all = Int(seconds.rounded(.down)) - 1_699_920_000
    let day = 14 + all / 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "2023-11-\(two(day))T\(two(all / 3600 % 24)):\(two(all / 60 % 60)):\(two(all % 60))Z"
  }
}
