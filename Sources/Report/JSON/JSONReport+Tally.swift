internal import GantryModel

extension JSONReport {
  /// Runs that were summed up instead of kept.
  static func tally(_ tally: RunTallyRecord) -> JSONValue {
    .members([
      "all": group(tally.all), "pipelines": .array(tally.pipelines.map(group)),
      "criticalPaths": .array(tally.paths.map(stretch)),
      "failures": .array(tally.failures.map(failure)),
      "furtherNodeEvents": .count(tally.furtherNodeEvents),
    ])
  }

  private static func group(_ group: RunTallyRecord.Group) -> JSONValue {
    .members([
      "pipeline": .text(group.pipeline.isEmpty ? nil : group.pipeline),
      "runs": .count(group.runs), "failed": .count(group.failed), "ended": .count(group.ended),
      "meanSeconds": .seconds(group.meanSeconds), "p50Seconds": .seconds(group.p50Seconds),
      "p95Seconds": .seconds(group.p95Seconds), "p99Seconds": .seconds(group.p99Seconds),
      "shortestSeconds": .seconds(group.shortestSeconds),
      "longestSeconds": .seconds(group.longestSeconds), "waitShare": .number(group.waitShare),
      "breakdownSeconds": .object(
        TimeKind.allCases.map {
          .init(name: $0.name, value: .seconds(group.breakdown[$0] ?? 0))
        }),
    ])
  }

  private static func stretch(_ stretch: RunTallyRecord.Stretch) -> JSONValue {
    .members([
      "pipeline": .string(stretch.pipeline), "pipelineTask": .text(stretch.pipelineTask),
      "kind": .string(stretch.kind.name), "label": .string(stretch.label),
      "seconds": .seconds(stretch.seconds),
    ])
  }

  private static func failure(_ failure: FailedRun) -> JSONValue {
    .members([
      "name": .string(failure.run), "pipeline": .string(failure.pipeline),
      "status": .string(failure.status.rawValue), "seconds": .seconds(failure.durationSeconds),
      "cause": .string(failure.cause),
    ])
  }
}
