internal import GantryModel

extension JSONReport {
  static func run(_ run: RunRecord) -> JSONValue {
    .members([
      "name": .string(run.name), "pipeline": .string(run.pipeline),
      "status": .string(run.status.rawValue), "reason": .string(run.reason),
      "message": .string(run.message), "createdSeconds": .seconds(run.createdSeconds),
      "completionSeconds": .seconds(run.completionSeconds),
      "durationSeconds": .seconds(run.durationSeconds),
      "costUSD": .number(run.cost.totalUSD), "usedUSD": .number(run.cost.usedUSD),
      "idleShareUSD": .number(run.cost.idleShareUSD),
      "taskRuns": .array(run.taskRuns.map(taskRun)),
      "skippedTasks": .array(
        run.skippedTasks.map {
          .members(["name": .string($0.name), "reason": .string($0.reason)])
        }),
      "criticalPath": .array(run.criticalPath.map(path)),
    ])
  }

  private static func taskRun(_ task: TaskRunRecord) -> JSONValue {
    .members([
      "name": .string(task.name), "pipelineTask": .string(task.pipelineTask),
      "status": .string(task.status.rawValue), "reason": .string(task.reason),
      "message": .string(task.message), "node": .text(task.node),
      "instanceType": .text(task.instanceType),
      "architecture": .text(task.architecture?.rawValue),
      "readySeconds": .seconds(task.readySeconds), "startSeconds": .seconds(task.startSeconds),
      "completionSeconds": .seconds(task.completionSeconds),
      "durationSeconds": .seconds(task.durationSeconds),
      "waitSeconds": .seconds(task.waitSeconds), "attempts": .count(task.attempts),
      "timeSeconds": .object(
        TimeKind.allCases.map {
          .init(name: $0.name, value: .seconds(task.breakdown[$0] ?? 0))
        }),
      "steps": .array(
        task.steps.map {
          .members([
            "name": .string($0.name), "startSeconds": .seconds($0.startSeconds),
            "endSeconds": .seconds($0.endSeconds), "failed": .bool($0.failed),
          ])
        }),
    ])
  }

  static func path(_ path: PathRecord) -> JSONValue {
    .members([
      "pipelineTask": .text(path.pipelineTask), "kind": .string(path.segment.kind.name),
      "startSeconds": .seconds(path.segment.startSeconds),
      "endSeconds": .seconds(path.segment.endSeconds), "label": .string(path.segment.label),
      "assumptions": .array(path.assumptions.map(JSONValue.string)),
    ])
  }
}
