import GantryModel
import GantryTestSupport

@testable import GantryCompiler

/// The expected side of an execution in the form of the played one.
struct ExpectedExecution {
  var waves: [GoldenScenario.Wave] = []
  var skips: [String] = []
  var children: [String] = []
  var results: [String] = []

  init(_ execution: GoldenValue) {
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
    results = execution["results"].items.map {
      "\($0["name"].text ?? "")=\(TaskRunText.valueText($0["value"]))"
    }
  }
}

/// A TaskRun as text, from both sides.
enum TaskRunText {
  static func text(
    _ taskRun: ResolvedTaskRun, task: ResolvedPipelineTask, played: GoldenScenario
  ) -> String {
    let run = played.resolved
    var values = Replacements()
    values.strings = played.statuses
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
      + (hasAssistant(taskRun, played.coschedule) ? " with" : " without") + " assistant"
  }

  /// Whether the pod must be where an affinity assistant is.
  private static func hasAssistant(_ taskRun: ResolvedTaskRun, _ mode: CoscheduleMode) -> Bool {
    switch mode {
    case .disabled: false
    case .pipelineRuns, .isolatePipelineRun: true
    case .workspaces:
      taskRun.workspaces.contains {
        if case .claim = $0.binding { true } else { false }
      }
    }
  }

  static func text(_ created: GoldenValue, parameters: Replacements) -> String {
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
      + (created["affinityAssistant"].isNull ? " without" : " with") + " assistant"
  }

  static func text(_ value: ParameterValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let items): "\(items)"
    case .object(let entries): "\(entries.map { "\($0.key)=\($0.value)" }.sorted())"
    }
  }

  static func valueText(_ value: GoldenValue) -> String {
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
