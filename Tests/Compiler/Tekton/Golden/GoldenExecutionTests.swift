import GantryEngine
import GantryModel
import Testing

@testable import GantryCompiler

@Suite("Tekton: executions of the real reconciler")
struct GoldenExecutionTests {
  @Test(
    "waves, skips, conditions and TaskRuns equal the real Tekton's",
    arguments: ["seed", "synthetic", "catalog"])
  func executions(group: String) throws {
    guard let folder = GoldenFolder.find() else { return }
    var tallies = Tallies(group)
    for version in TektonVersion.allCases {
      for golden in try folder.cases(version, group) {
        let set = folder.manifests(golden.inputs)
        let isRefused = golden.json["docs"].items.contains { !$0["strictDecodeError"].isNull }
        for run in golden.json["runs"].items where !isRefused {
          compare(golden, run, set, &tallies)
        }
      }
    }
    tallies.all.forEach { $0.report() }
    tallies.texts.report(shown: 0)
    for tally in tallies.all {
      #expect(tally.unequal.isEmpty, "\(tally.kind)")
    }
  }

  private struct Tallies {
    var waves: Tally
    var final: Tally
    var skips: Tally
    var children: Tally
    var affinity: Tally
    var taskRuns: Tally
    /// With the words of validation errors; told, not required.
    var texts: Tally

    init(_ group: String) {
      waves = Tally("\(group) waves")
      final = Tally("\(group) final conditions")
      skips = Tally("\(group) skips")
      children = Tally("\(group) child references")
      affinity = Tally("\(group) affinity assistants")
      taskRuns = Tally("\(group) TaskRuns")
      texts = Tally("\(group) condition texts")
    }

    var all: [Tally] { [waves, final, skips, children, affinity, taskRuns] }
  }

  private func compare(
    _ golden: GoldenCase, _ run: JSONValue, _ set: ManifestSet, _ tallies: inout Tallies
  ) {
    for execution in run["executions"].items {
      let scenario = execution["scenario"]
      let name = "\(golden.name) \(scenario["name"].text ?? "")"
      guard
        let played = GoldenScenario(
          set: set, version: golden.version, run: run, scenario: scenario)
      else {
        tallies.waves.compare(name, "not read", "read")
        continue
      }
      let expected = ExpectedExecution(execution)
      tallies.waves.compare(name, reduced(played.waves), reduced(expected.waves))
      tallies.final.compare(
        name, reduced(played.waves).last?.condition ?? "",
        reduced(expected.waves).last?.condition ?? "")
      tallies.texts.compare(
        name, played.waves.last?.condition ?? "", expected.waves.last?.condition ?? "")
      tallies.skips.compare(name, played.skipped, expected.skips)
      let plan = PlannedRun(graphOf: played.resolved)
      tallies.children.compare(
        name, played.childReferences, GoldenScenario.inOrder(expected.children, of: plan))
      if let behaviour = execution["affinityAssistantBehavior"].text {
        tallies.affinity.compare(name, text(played.coschedule), behaviour)
      }
      compareTaskRuns(name, played, execution, &tallies)
      tallies.children.compare(
        name + " finally", played.hasStartedFinally, execution["finallyStarted"].truth)
    }
  }

  /// Texts of validation errors are our own; for those only status and reason are compared.
  private func reduced(_ waves: [GoldenScenario.Wave]) -> [GoldenScenario.Wave] {
    waves.map { wave in
      var wave = wave
      let parts = wave.condition.split(separator: "|", maxSplits: 2)
      if parts.count == 3,
        parts[2].contains("it has an invalid spec")
          || parts[1] == "RequiredWorkspaceMarkedOptional"
      {
        wave.condition = "\(parts[0])|\(parts[1])"
      }
      return wave
    }
  }

  private func text(_ mode: CoscheduleMode) -> String {
    switch mode {
    case .workspaces: "AffinityAssistantPerWorkspace"
    case .pipelineRuns: "AffinityAssistantPerPipelineRun"
    case .isolatePipelineRun: "AffinityAssistantPerPipelineRunWithIsolation"
    case .disabled: "AffinityAssistantDisabled"
    }
  }

  /// The reference shows pod templates as created; since v1.3 the TaskRun replaces parameters.
  private func parameters(_ taskRun: ResolvedTaskRun, _ played: GoldenScenario) -> Replacements {
    var values = Replacements()
    guard played.version >= .v1_15 else { return values }
    for entry in taskRun.parameters {
      values.add(entry.value, prefix: "params", name: entry.name)
    }
    return values
  }

  private func compareTaskRuns(
    _ name: String, _ played: GoldenScenario, _ execution: JSONValue, _ tallies: inout Tallies
  ) {
    for created in execution["waves"].items.flatMap(\.["created"].items) {
      let taskName = created["pipelineTask"].text ?? ""
      let full = created["taskRun"].text ?? ""
      guard let task = played.resolved.tasks.first(where: { $0.name == taskName }) else {
        tallies.taskRuns.compare("\(name) \(full)", "no task", "a task")
        continue
      }
      let index =
        task.isMatrix
        ? task.taskRuns.indices.first {
          ChildName.join(played.resolved.name.value, "-\(taskName)-\($0)") == full
        } ?? 0 : 0
      guard index < task.taskRuns.count else {
        tallies.taskRuns.compare("\(name) \(full)", "no TaskRun", "a TaskRun")
        continue
      }
      tallies.taskRuns.compare(
        "\(name) \(full)",
        TaskRunText.text(
          task.taskRuns[index], task: task, run: played.resolved, statuses: played.statuses),
        TaskRunText.text(created, parameters: parameters(task.taskRuns[index], played)))
    }
  }
}

/// The expected side of an execution in the form of the played one.
struct ExpectedExecution {
  var waves: [GoldenScenario.Wave] = []
  var skips: [String] = []
  var children: [String] = []

  init(_ execution: JSONValue) {
    for wave in execution["waves"].items {
      let next = GoldenScenario.Wave(
        created: wave["created"].items.compactMap(\.["taskRun"].text).sorted(),
        condition: "\(wave["status"].text ?? "")|\(wave["reason"].text ?? "")|"
          + (wave["message"].text ?? ""))
      if next.created.isEmpty, next.condition == waves.last?.condition { continue }
      waves.append(next)
    }
    skips = execution["skippedTasks"].items.map {
      "\($0["name"].text ?? ""): \($0["reason"].text ?? "")"
    }
    children = execution["childReferences"].items.compactMap(\.text)
  }
}

/// A TaskRun as text, from both sides.
enum TaskRunText {
  static func text(
    _ taskRun: ResolvedTaskRun, task: ResolvedPipelineTask, run: ResolvedPipelineRun,
    statuses: [String: String]
  ) -> String {
    var values = Replacements()
    values.strings = statuses
    let params = taskRun.parameters.map { "\($0.name)=\(text(values.apply($0.value)))" }
    let rejection = taskRun.rejection.flatMap { $0.message.hasSuffix(" is bound") ? $0 : nil }
    let selector = taskRun.podTemplate.nodeSelector.map { "\($0.key)=\($0.value)" }.sorted()
    let workspaces = taskRun.workspaces.filter { $0.binding != .unbound }.map {
      "\($0.name):\(text($0.binding, run))\($0.subPath.map { "/" + $0 } ?? "")"
    }.sorted()
    return
      "params \(params.sorted()) retries \(task.retries) timeout \(DurationText.text(task.timeout ?? 0)) account "
      + "\(taskRun.serviceAccountName) selector \(selector) workspaces \(workspaces) rejected "
      + (rejection?.message.replacing("[User error] ", with: "") ?? "no")
  }

  static func text(_ created: JSONValue, parameters: Replacements) -> String {
    let params = created["params"].items.map {
      "\($0["name"].text ?? "")=\(valueText($0["value"]))"
    }
    let selector = created["podTemplate"]["nodeSelector"].entries.map {
      "\($0.key)=\(parameters.apply($0.value.text ?? ""))"
    }.sorted()
    let workspaces = created["workspaces"].items.map { workspace in
      let kind = workspace["kind"].text ?? ""
      // The hash behind a template's name depends on the UID of the reference's owner.
      let claim =
        kind == "pvc"
        ? (workspace["claim"].text ?? "").replacing(
          /-[0-9a-f]{10}(-affinity-assistant-[0-9a-f]{10}-0)?$/, with: " template") : kind
      return "\(workspace["name"].text ?? ""):\(claim)"
        + (workspace["subPath"].text.map { "/" + $0 } ?? "")
    }.sorted()
    return "params \(params.sorted()) retries \(Int(created["retries"].number ?? 0)) timeout "
      + "\(created["timeout"].text ?? "1h0m0s") account "
      + "\(created["serviceAccountName"].text ?? "") selector \(selector) workspaces \(workspaces)"
      + " rejected \(created["taskRunRejected"].text ?? "no")"
  }

  private static func text(_ value: ParameterValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let items): "\(items)"
    case .object(let entries): "\(entries.map { "\($0.key)=\($0.value)" }.sorted())"
    }
  }

  private static func valueText(_ value: JSONValue) -> String {
    switch value {
    case .array(let items): "\(items.compactMap(\.text))"
    case .object(let entries): "\(entries.map { "\($0.key)=\($0.value.text ?? "")" }.sorted())"
    default: value.text ?? ""
    }
  }

  private static func text(
    _ binding: ResolvedWorkspace.Binding, _ run: ResolvedPipelineRun
  ) -> String {
    switch binding {
    case .claim(let position):
      run.claims[position].claimName
        + (run.claims[position].template == nil ? "" : " template")
    case .emptyDir: "emptyDir"
    case .secret: "secret"
    case .configMap: "configMap"
    case .projected: "projected"
    case .csi: "csi"
    case .unbound: "unbound"
    }
  }
}
