import GantryEngine
import GantryManifests
import GantryModel
import GantryTestSupport
import GantryUnits

@testable import GantryCompiler

/// One scenario of a case played out with the resolver and the PipelineRun controller.
struct GoldenScenario {
  let set: ManifestSet
  let version: TektonVersion
  let run: GoldenValue
  let scenario: GoldenValue

  var resolved: ResolvedPipelineRun
  var waves: [Wave] = []
  var childReferences: [String] = []
  var skipped: [String] = []
  var hasStartedFinally = false
  /// The results that the run gives.
  var results: [String] = []
  var coschedule: CoscheduleMode
  /// Values of `$(tasks.….status)` as the run goes on.
  var statuses: [String: String] = [:]

  /// What one reconcile did.
  struct Wave: Hashable, CustomStringConvertible {
    var created: [String]
    var condition: String
    var description: String { "\(created) \(condition)" }
  }

  /// Plays a scenario out; nil when the run is not among the manifests.
  init?(set: ManifestSet, version: TektonVersion, run: GoldenValue, scenario: GoldenValue) {
    var set = set
    if !scenario["noStub"].truth { GoldenStubs.replaceRemoteReferences(in: &set) }
    self.version = version
    self.run = run
    self.scenario = scenario
    let sink = DiagnosticSink()
    let configuration = GoldenScenario.configuration(scenario, version: version, sink: sink)
    coschedule = configuration.coschedule
    guard let chosen = GoldenScenario.chosenRun(run, scenario: scenario, set: &set) else {
      return nil
    }
    self.set = set
    var input = ResolverInput(manifests: set, configuration: configuration)
    if !scenario["noStub"].truth {
      let stubs = GoldenStubs(set: set)
      input.builtInTask = { name, kind in stubs.task(name, kind: kind) }
    }
    input.results = GoldenResults.values(of: chosen, set: set, scenario: scenario, input: input)
    input.uid = "11111111-2222-3333-4444-555555555555"
    input.missingResults = GoldenResults.missing(scenario)
    input.pipelineError = { GoldenValidation.error(of: $1, in: $0, configuration: configuration) }
    resolved = PipelineRunResolver(input, sink: sink).resolve(chosen)
    play()
  }

  private static func configuration(
    _ scenario: GoldenValue, version: TektonVersion, sink: DiagnosticSink
  ) -> TektonConfiguration {
    let place = SourceLocation(file: "scenario", line: 1, column: 1)
    let flags = scenario["featureFlags"].entries.mapValues { Located($0.text ?? "", at: place) }
    return TektonConfiguration.make(featureFlags: [flags], version: version, sink: sink)
  }

  private static func chosenRun(
    _ run: GoldenValue, scenario: GoldenValue, set: inout ManifestSet
  ) -> PipelineRun? {
    let name = run["pipelineRun"].text ?? ""
    var chosen: PipelineRun
    if run["auto"].truth {
      guard let pipeline = set.pipelines.first else { return nil }
      chosen = MadeUpRun.run(of: pipeline)
    } else {
      guard let found = set.pipelineRuns.first(where: { $0.name.value == name }) else {
        return nil
      }
      chosen = found
      if chosen.isGenerated { chosen.name.value += "run" }
    }
    chosen.namespace = "foo"
    patch(&chosen, scenario["patch"]["spec"])
    return chosen
  }

  private static func patch(_ run: inout PipelineRun, _ spec: GoldenValue) {
    let place = run.location
    if case .array(let params) = spec["params"] {
      run.params = params.map { entry in
        let value: ParameterValue =
          switch entry["value"] {
          case .array(let items): .array(items.compactMap(\.text))
          case .object(let entries):
            .object(
              entries.sorted { $0.key < $1.key }.map {
                .init(key: $0.key, value: $0.value.text ?? "")
              })
          default: .string(entry["value"].text ?? "")
          }
        return Parameter(
          name: Located(entry["name"].text ?? "", at: place), value: Located(value, at: place))
      }
    }
    if let status = spec["status"].text { run.requestedStatus = status }
    let timeouts = spec["timeouts"]
    if let text = timeouts["pipeline"].text { run.pipelineTimeout = Located(text, at: place) }
    if let text = timeouts["tasks"].text { run.tasksTimeout = Located(text, at: place) }
    if let text = timeouts["finally"].text { run.finallyTimeout = Located(text, at: place) }
  }

  // MARK: Playing out

  private mutating func play() {
    let plan = PlannedRun(graphOf: resolved)
    let controller = PipelineController(version: version)
    var state = PipelineState(plan: plan, start: .zero)
    var order = scenario["order"].items.compactMap(\.text)
    let isOrdered = !order.isEmpty
    for _ in 0..<200 {
      let decision = controller.decide(plan: plan, state: &state, now: .zero)
      record(decision, plan: plan, state: state)
      if decision.isFinished || state.request == .pending { return }
      if isOrdered {
        guard !order.isEmpty else { return }
        end(plan.tasks.firstIndex { $0.name == order[0] }, plan: plan, state: &state)
        order.removeFirst()
      } else {
        let running = plan.tasks.indices.filter {
          state.phases[$0] == .running && outcome(of: plan.tasks[$0].name) != "hold"
            && resolved.tasks[$0].unsupported == nil
        }
        guard !running.isEmpty else { return }
        for task in running { end(task, plan: plan, state: &state) }
      }
    }
  }

  private func outcome(of task: String) -> String? { scenario["outcomes"][task].text }

  private func end(_ task: Int?, plan: PlannedRun, state: inout PipelineState) {
    guard let task, state.phases[task] == .running else { return }
    for taskRun in plan.tasks[task].taskRuns {
      let fails =
        outcome(of: plan.tasks[task].name) == "fail"
        || outcome(of: ChildName.join(resolved.name.value, "-" + taskRun.name)) == "fail"
      // The reference driver plays out only this refusal of a TaskRun.
      let isRefused = taskRun.rejection?.message.hasSuffix(" is bound") ?? false
      state.ended(task: task, fails || isRefused ? .failed : .succeeded)
    }
  }

  private mutating func record(
    _ decision: PipelineDecision, plan: PlannedRun, state: PipelineState
  ) {
    var created: [String] = []
    for task in decision.create {
      for taskRun in plan.tasks[task].taskRuns {
        let name = ChildName.join(resolved.name.value, "-" + taskRun.name)
        if resolved.tasks[task].unsupported == nil { created.append(name) }
        childReferences.append("\(plan.tasks[task].name):\(name)")
      }
    }
    let status =
      !decision.isFinished ? "Unknown" : (decision.status.isSuccess ? "True" : "False")
    let message =
      decision.isStale
      ? waves.last.map { $0.condition.split(separator: "|", maxSplits: 2).last ?? "" } ?? ""
      : Substring(decision.message(run: resolved.name.value))
    let wave = Wave(
      created: created.sorted(), condition: "\(status)|\(decision.reason)|\(message)")
    if wave.created.isEmpty, wave.condition == waves.last?.condition {
      // A reconcile that changed nothing.
    } else {
      waves.append(wave)
    }
    hasStartedFinally = state.finallyStart != nil
    results = decision.results.map { position in
      let result = plan.results[position]
      return "\(result.name)=\(result.value.map { TaskRunText.text($0) } ?? "?")"
    }
    childReferences = GoldenScenario.inOrder(childReferences, of: plan)
    for task in plan.tasks.indices {
      statuses["tasks.\(plan.tasks[task].name).status"] = statusText(state.phases[task])
      if version >= .v1_15 {
        statuses["tasks.\(plan.tasks[task].name).reason"] = reasonText(state.phases[task])
      }
    }
    if decision.startsFinally {
      let graph = plan.tasks.indices.filter { !plan.tasks[$0].isFinally }
      statuses["tasks.status"] =
        graph.contains { state.phases[$0].hasFailed }
        ? "Failed" : graph.contains { state.skips[$0] != .none } ? "Completed" : "Succeeded"
    }
    if !decision.isStale { readSkips(plan: plan, state: state) }
  }

  /// The order of tasks; the order within a matrix is arbitrary in v0.59 (a Go map).
  static func inOrder(_ references: [String], of plan: PlannedRun) -> [String] {
    let positions = Dictionary(
      plan.tasks.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    func position(_ reference: String) -> Int {
      positions[String(reference.prefix { $0 != ":" })] ?? 0
    }
    return references.sorted { (position($0), $0) < (position($1), $1) }
  }

  private func statusText(_ phase: TaskPhase) -> String {
    phase == .succeeded ? "Succeeded" : (phase.hasFailed ? "Failed" : "None")
  }

  private func reasonText(_ phase: TaskPhase) -> String {
    phase == .succeeded ? "Succeeded" : (phase.hasFailed ? "Failed" : "")
  }

  private mutating func readSkips(plan: PlannedRun, state: PipelineState) {
    skipped = plan.tasks.indices.filter { state.skips[$0] != .none }.map {
      "\(plan.tasks[$0].name): \(state.skips[$0].text)"
    }
  }
}
