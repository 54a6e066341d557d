import GantryEngine
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryCompiler

@Suite("Tekton: executions of the real reconciler")
struct GoldenExecutionTests {
  @Test("waves, skips, conditions and TaskRuns equal the real Tekton's")
  func executions() throws {
    let golden = try TektonGolden.find()
    var count = 0
    for release in try golden.releases() {
      var tallies = ExecutionTallies { golden.kind($0, release) }
      for golden in try golden.cases(release) {
        if let problem = golden.problem {
          tallies.waves.fail(golden.title, problem)
        } else if let version = golden.version {
          let set = golden.manifests()
          for run in golden.json["runs"].items {
            compare(golden, run, set, version, &tallies)
          }
        } else {
          tallies.waves.fail(golden.title, "the release is not simulated")
        }
      }
      for tally in tallies.all {
        tally.report()
        #expect(tally.unequal.isEmpty, "\(tally.kind)")
      }
      if golden.isUsual {
        let groups = Set(try golden.cases(release).map(\.group))
        #expect(
          tallies.texts.excusedNames
            == ConditionTexts.knownDifferences(release: release, groups: groups))
      }
      count += tallies.waves.count
    }
    #expect(count > 0)
  }

  private func compare(
    _ golden: GoldenCase, _ run: GoldenValue, _ set: ManifestSet, _ version: TektonVersion,
    _ tallies: inout ExecutionTallies
  ) {
    if run["unresolvedPipelineRef"].truth {
      compareUnresolved(golden, run, set, version, &tallies)
    }
    if isRefused(golden, run) {
      compareRefused(golden, run, set, &tallies)
      return
    }
    for execution in run["executions"].items {
      let scenario = execution["scenario"]
      let name =
        "\(golden.title) \(run["pipelineRun"].text ?? "") \(scenario["name"].text ?? "")"
      guard
        let played = GoldenScenario(set: set, version: version, run: run, scenario: scenario)
      else {
        tallies.waves.fail(name, "the run is not read")
        continue
      }
      compare(name, played, execution, &tallies)
    }
  }

  private func compare(
    _ name: String, _ played: GoldenScenario, _ execution: GoldenValue,
    _ tallies: inout ExecutionTallies
  ) {
    let expected = ExpectedExecution(execution)
    tallies.waves.compare(name, played.waves.map(\.reduced), expected.waves.map(\.reduced))
    let final = (played.waves.last, expected.waves.last)
    tallies.final.compare(name, final.0?.reduced.condition ?? "", final.1?.reduced.condition ?? "")
    compareTexts(name, played, expected, &tallies.texts)
    tallies.skips.compare(name, played.skipped, expected.skips)
    let plan = PlannedRun(graphOf: played.resolved)
    tallies.children.compare(
      name, played.childReferences, GoldenScenario.inOrder(expected.children, of: plan))
    tallies.results.compare(name, played.results, expected.results)
    tallies.finally.compare(name, played.hasStartedFinally, execution["finallyStarted"].truth)
    if let behaviour = execution["affinityAssistantBehavior"].text {
      tallies.affinity.compare(name, text(played.coschedule), behaviour)
    }
    compareTaskRuns(name, played, execution, &tallies.taskRuns)
  }

  private func compareTexts(
    _ name: String, _ played: GoldenScenario, _ expected: ExpectedExecution, _ tally: inout Tally
  ) {
    let got = played.waves.last?.condition ?? ""
    let wanted = expected.waves.last?.condition ?? ""
    if got != wanted, let reason = ConditionTexts.excuse(got: got, wanted: wanted) {
      tally.excuse(name, reason)
    } else {
      tally.compare(name, got, wanted)
    }
  }

  /// Whether the webhook refuses the run's own document, so that it would never be played; the
  /// reference plays it without the fields that are not known.
  private func isRefused(_ golden: GoldenCase, _ run: GoldenValue) -> Bool {
    golden.json["docs"].items.contains { document in
      !document["strictDecodeError"].isNull
        && (document["name"].text == run["pipelineRun"].text
          || document["generateName"].text == run["pipelineRun"].text)
    }
  }

  private func compareRefused(
    _ golden: GoldenCase, _ run: GoldenValue, _ set: ManifestSet,
    _ tallies: inout ExecutionTallies
  ) {
    let name = run["pipelineRun"].text ?? ""
    let isRead = set.pipelineRuns.contains { $0.name.value == name }
    tallies.refused.compare("\(golden.title) \(name)", isRead ? "read" : "refused", "refused")
  }

  /// A pipeline that is not among the inputs: the run is refused for that.
  private func compareUnresolved(
    _ golden: GoldenCase, _ run: GoldenValue, _ set: ManifestSet, _ version: TektonVersion,
    _ tallies: inout ExecutionTallies
  ) {
    let name = run["pipelineRun"].text ?? ""
    let resolver = PipelineRunResolver(
      ResolverInput(
        manifests: set,
        configuration: TektonConfiguration(version: version, coschedule: .workspaces)),
      sink: DiagnosticSink())
    guard let found = set.pipelineRuns.first(where: { $0.name.value == name }) else {
      tallies.unresolved.fail("\(golden.title) \(name)", "the run is not read")
      return
    }
    tallies.unresolved.compare(
      "\(golden.title) \(name)", resolver.resolve(found).failure?.reason ?? "none",
      "CouldntGetPipeline")
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
    _ name: String, _ played: GoldenScenario, _ execution: GoldenValue, _ tally: inout Tally
  ) {
    for created in execution["waves"].items.flatMap(\.["created"].items) {
      let taskName = created["pipelineTask"].text ?? ""
      let full = created["taskRun"].text ?? ""
      guard let task = played.resolved.tasks.first(where: { $0.name == taskName }) else {
        tally.fail("\(name) \(full)", "there is no such task")
        continue
      }
      let index =
        task.isMatrix
        ? task.taskRuns.indices.first {
          ChildName.join(played.resolved.name.value, "-\(taskName)-\($0)") == full
        } ?? 0 : 0
      guard index < task.taskRuns.count else {
        tally.fail("\(name) \(full)", "there is no such TaskRun")
        continue
      }
      tally.compare(
        "\(name) \(full)",
        TaskRunText.text(task.taskRuns[index], task: task, played: played),
        TaskRunText.text(created, parameters: parameters(task.taskRuns[index], played)))
    }
  }
}

/// What is compared of executions, by kind.
struct ExecutionTallies {
  var waves: Tally
  var final: Tally
  var texts: Tally
  var skips: Tally
  var children: Tally
  var finally: Tally
  var results: Tally
  var affinity: Tally
  var taskRuns: Tally
  var unresolved: Tally
  var refused: Tally

  init(_ kind: (String) -> String) {
    waves = Tally(kind("waves"))
    final = Tally(kind("final conditions"))
    texts = Tally(kind("condition texts"))
    skips = Tally(kind("skip reasons"))
    children = Tally(kind("child references"))
    finally = Tally(kind("finally started"))
    results = Tally(kind("results of runs"))
    affinity = Tally(kind("affinity behaviours"))
    taskRuns = Tally(kind("TaskRuns"))
    unresolved = Tally(kind("unresolved pipelines"))
    refused = Tally(kind("runs refused by the webhook"))
  }

  var all: [Tally] {
    [
      waves, final, texts, skips, children, finally, results, affinity, taskRuns, unresolved,
      refused,
    ]
  }
}

extension GoldenScenario.Wave {
  /// Texts of validation errors are our own; for those only status and reason are compared.
  var reduced: GoldenScenario.Wave {
    var wave = self
    let parts = condition.split(separator: "|", maxSplits: 2)
    if parts.count == 3,
      parts[2].contains("it has an invalid spec") || parts[1] == "RequiredWorkspaceMarkedOptional"
    {
      wave.condition = "\(parts[0])|\(parts[1])"
    }
    return wave
  }
}
