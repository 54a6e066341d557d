internal import GRDB
internal import GantryModel

// Runs that were summed up: the row at position 0 is all of them, pipelines follow.

extension RecordWriter {
  /// Writes the sums over a simulation's runs, if it has any.
  func writeTally(_ tally: RunTallyRecord?, of id: Int64) throws {
    guard let tally else { return }
    let groups = try db.insertion("run_tally", columns: 21)
    for (position, group) in ([tally.all] + tally.pipelines).enumerated() {
      try groups.insert(
        [
          id, position, group.pipeline, group.runs, group.failed, group.ended, group.meanSeconds,
          group.p50Seconds, group.p95Seconds, group.p99Seconds, group.shortestSeconds,
          group.longestSeconds, group.waitedSeconds, group.livedSeconds,
        ] + TimeKind.allCases.map { group.breakdown[$0, default: 0] })
    }
    let paths = try db.insertion("tally_path", columns: 7)
    for (position, path) in tally.paths.enumerated() {
      try paths.insert([
        id, position, path.pipeline, path.pipelineTask, path.kind.name, path.label, path.seconds,
      ])
    }
    let failures = try db.insertion("tally_failure", columns: 7)
    for (position, failure) in tally.failures.enumerated() {
      try failures.insert([
        id, position, failure.run, failure.pipeline, failure.status.rawValue,
        failure.durationSeconds, failure.cause,
      ])
    }
  }
}

extension RecordReader {
  /// The sums over a simulation's runs; nil when its runs were kept.
  func tally(of id: Int64, furtherNodeEvents: Int) throws -> RunTallyRecord? {
    var groups = try rows("run_tally", of: id, group)
    guard !groups.isEmpty else { return nil }
    var tally = RunTallyRecord()
    tally.all = groups.removeFirst()
    tally.pipelines = groups
    tally.paths = try rows("tally_path", of: id) { row in
      RunTallyRecord.Stretch(
        pipeline: row["pipeline"], pipelineTask: row["pipeline_task"],
        kind: try kind(row["kind"]), label: row["label"], seconds: row["seconds"])
    }
    tally.failures = try rows("tally_failure", of: id) { row in
      FailedRun(
        run: row["run"], pipeline: row["pipeline"],
        status: try named(row["status"], in: "status"), durationSeconds: row["duration_s"],
        cause: row["cause"])
    }
    tally.furtherNodeEvents = furtherNodeEvents
    return tally
  }

  private func group(_ row: Row) -> RunTallyRecord.Group {
    var group = RunTallyRecord.Group(pipeline: row["pipeline"])
    group.runs = row["runs"]
    group.failed = row["failed_runs"]
    group.ended = row["ended_runs"]
    group.meanSeconds = row["mean_run_s"]
    group.p50Seconds = row["p50_run_s"]
    group.p95Seconds = row["p95_run_s"]
    group.p99Seconds = row["p99_run_s"]
    group.shortestSeconds = row["shortest_run_s"]
    group.longestSeconds = row["longest_run_s"]
    group.waitedSeconds = row["wait_s"]
    group.livedSeconds = row["lifetime_s"]
    for kind in TimeKind.allCases { group.breakdown[kind] = row["\(kind.name)_s"] as Double }
    return group
  }
}
