public import GantryModel
internal import GantryUnits

extension ExplanationReport {
  /// Raised when a key changes its meaning or goes away; new keys do not raise it.
  public static let schemaVersion = 1

  /// The explanation as JSON; `task` narrows the TaskRuns and skips that are written.
  public func renderJSON(_ explained: ExplanationRecord) -> String {
    JSONValue.members([
      "schemaVersion": .integer(Int64(Self.schemaVersion)),
      "scenario": .string(explained.record.scenario), "label": .text(explained.record.label),
      "seed": .unsigned(explained.record.seed), "replication": .count(explained.replication),
      "otherPipelineRuns": .count(explained.otherRuns),
      "pipelineRuns": .array(explained.runs.map(json)),
    ]).prettyText
  }

  private func json(_ run: RunExplanation) -> JSONValue {
    let stories = run.taskRuns.filter { story in
      let record = run.run.taskRuns[story.taskRun]
      return task == nil || record.pipelineTask == task || record.name == task
    }
    return .members([
      "name": .string(run.run.name), "pipeline": .string(run.run.pipeline),
      "status": .string(run.run.status.rawValue), "reason": .string(run.run.reason),
      "message": .string(run.run.message), "durationSeconds": .seconds(run.run.durationSeconds),
      "criticalPath": .array(run.run.criticalPath.map(JSONReport.path)),
      "levers": .array(run.levers.map(json)),
      "taskRuns": .array(stories.map { json($0, run.run.taskRuns[$0.taskRun]) }),
      "affinityAssistants": .array(
        run.assistants.map { assistant in
          .members([
            "claims": .array(assistant.claims.map(JSONValue.string)),
            "schedulingAttempts": .array(assistant.scheduling.map(Self.json)),
          ])
        }),
      "skippedTasks": .array(run.skips.filter { task == nil || $0.task == task }.map(json)),
      "results": .array(run.results.map(json)),
    ])
  }

  private func json(_ result: RunResult) -> JSONValue {
    var value = JSONValue.null
    var lacking: String?
    switch result.state {
    case .given(let known): value = known.map(json) ?? .null
    case .lacking(let task): lacking = task
    case .cancelled: break
    }
    var isGiven = false
    if case .given = result.state { isGiven = true }
    return .members([
      "name": .string(result.name), "given": .bool(isGiven), "value": value,
      "lackingTask": .text(lacking),
    ])
  }

  private func json(_ value: ParameterValue) -> JSONValue {
    switch value {
    case .string(let text): .string(text)
    case .array(let items): .array(items.map(JSONValue.string))
    case .object(let entries):
      .array(entries.map { .members(["key": .string($0.key), "value": .string($0.value)]) })
    }
  }

  private func json(_ lever: LeverEffect) -> JSONValue {
    .members([
      "id": .string(lever.id), "resource": .string(lever.resource),
      "change": .string(lever.change), "status": .string(lever.status.rawValue),
      "durationSeconds": .seconds(lever.durationSeconds),
      "savedSeconds": .seconds(lever.savedSeconds),
      "criticalTasks": .array(lever.criticalTasks.map(JSONValue.string)),
    ])
  }

  private func json(_ skip: SkipStory) -> JSONValue {
    .members([
      "name": .string(skip.task), "reason": .string(skip.reason),
      "facts": .array(skip.facts.map { .string($0.text) }),
    ])
  }

  private func json(_ story: TaskRunStory, _ record: TaskRunRecord) -> JSONValue {
    .members([
      "name": .string(record.name), "pipelineTask": .string(record.pipelineTask),
      "status": .string(record.status.rawValue), "reason": .string(record.reason),
      "message": .string(record.message), "node": .text(record.node),
      "readySeconds": .seconds(record.readySeconds),
      "completionSeconds": .seconds(record.completionSeconds),
      "attempts": .array(story.attempts.map(Self.json)),
    ])
  }

  private static func json(_ attempt: PodStory) -> JSONValue {
    .members([
      "controller": attempt.controller.map(json) ?? .null,
      "claims": attempt.claims.map(json) ?? .null,
      "schedulingAttempts": .array(attempt.scheduling.map(json)),
      "volumes": .array(attempt.volumes.map(json)), "images": .array(attempt.images.map(json)),
      "phases": .array(
        attempt.phases.map { phase in
          .members([
            "step": .string(phase.step), "label": .string(phase.label),
            "startSeconds": .seconds(phase.start.seconds),
            "endSeconds": .seconds(phase.end?.seconds), "limits": limits(phase.limits),
          ])
        }),
    ])
  }

  private static func json(_ wait: PodStory.ControllerWait) -> JSONValue {
    .members([
      "fromSeconds": .seconds(wait.from.seconds),
      "reactionSeconds": .seconds(wait.reaction.seconds),
      "workerSeconds": .seconds(wait.queued.seconds),
      "requestLimitSeconds": .seconds(wait.limited.seconds),
      "workers": .count(wait.workers), "requestsPerSecond": .double(wait.requestsPerSecond),
      "burst": .double(wait.burst),
    ])
  }

  private static func json(_ wait: PodStory.ClaimWait) -> JSONValue {
    .members([
      "claims": .array(wait.claims.map(JSONValue.string)),
      "fromSeconds": .seconds(wait.from.seconds), "untilSeconds": .seconds(wait.until?.seconds),
      "obstacle": .text(wait.obstacle),
    ])
  }

  private static func json(_ look: SchedulingAttempt) -> JSONValue {
    .members([
      "seconds": .seconds(look.time.seconds), "cause": .string(look.cause.text),
      "setAsideSeconds": .seconds(look.parked.seconds),
      "backoffSeconds": .seconds(look.backoff.seconds), "nodes": .count(look.nodeCount),
      "chosen": .text(look.chosen), "best": .array(look.best.map(JSONValue.string)),
      "message": .text(look.message),
      "refusals": .array(
        look.refusals.map {
          .members([
            "node": .string($0.node), "filter": .string($0.filter), "status": .string($0.status),
            "reasons": .array($0.reasons.map(JSONValue.string)),
          ])
        }),
      "scores": .array(
        look.scores.map { score in
          .members([
            "node": .string(score.node), "total": .integer(score.total),
            "plugins": .object(
              zip(look.plugins, score.scores).map { .init(name: $0, value: .integer($1)) }),
          ])
        }),
    ])
  }

  private static func json(_ wait: PodStory.VolumeWait) -> JSONValue {
    .members([
      "claim": .string(wait.claim), "fromSeconds": .seconds(wait.from.seconds),
      "freeSeconds": .seconds(wait.free?.seconds), "untilSeconds": .seconds(wait.until?.seconds),
      "heldOn": .text(wait.holder), "heldBy": .array(wait.heldBy.map(JSONValue.string)),
      "actions": .array(
        wait.actions.map {
          .members(["name": .string($0.name), "seconds": .seconds($0.span.seconds)])
        }),
    ])
  }

  private static func json(_ wait: PodStory.ImageWait) -> JSONValue {
    .members([
      "image": .string(wait.image), "bytes": .double(wait.bytes), "cached": .bool(wait.isCached),
      "fromSeconds": .seconds(wait.from.seconds), "untilSeconds": .seconds(wait.until?.seconds),
      "pullStartSeconds": .seconds(wait.pullStarted?.seconds),
      "behind": .array(wait.behind.map(JSONValue.string)),
      "sharedWith": .array(wait.sharedWith.map(JSONValue.string)), "limits": limits(wait.limits),
    ])
  }

  private static func limits(_ shares: [LimitShare]) -> JSONValue {
    .array(
      shares.map {
        .members([
          "kind": .string($0.limit.kind.rawValue), "name": .text($0.limit.name),
          "threads": .number($0.limit.threads),
          "seconds": .seconds($0.span.seconds), "others": .count($0.others),
        ])
      })
  }
}
