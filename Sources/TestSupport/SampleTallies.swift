public import GantryModel
internal import GantryStatistics

extension Samples {
  /// Many runs, two of them without success, summed up.
  public static func summedUp() -> SimulationRecord {
    var record = burst(24, label: "many")
    record.runs += failed().runs
    record.tally = tally(of: record.runs)
    record.tally?.furtherNodeEvents = 3
    record.runs = []
    record.cost.runs = []
    return record
  }

  /// What runs come to, taken from their records: what summing them up must give as well.
  public static func tally(of runs: [RunRecord]) -> RunTallyRecord {
    var tally = RunTallyRecord()
    tally.all = group("", runs)
    var seen: [String] = []
    for run in runs where !seen.contains(run.pipeline) { seen.append(run.pipeline) }
    tally.pipelines = seen.map { name in group(name, runs.filter { $0.pipeline == name }) }
    var seconds: [RunTallyRecord.Stretch: Double] = [:]
    for run in runs {
      for path in run.criticalPath {
        let key = RunTallyRecord.Stretch(
          pipeline: run.pipeline, pipelineTask: path.pipelineTask, kind: path.segment.kind,
          label: path.segment.label, seconds: 0)
        seconds[key, default: 0] += path.segment.endSeconds - path.segment.startSeconds
      }
    }
    tally.paths = seconds.map { key, seconds in
      var stretch = key
      stretch.seconds = seconds
      return stretch
    }.sorted { ($1.seconds, $0.label) < ($0.seconds, $1.label) }
    tally.failures = runs.filter { !$0.status.isSuccess }.prefix(20).map(\.failure)
    return tally
  }

  private static func group(_ pipeline: String, _ runs: [RunRecord]) -> RunTallyRecord.Group {
    var group = RunTallyRecord.Group(pipeline: pipeline)
    let times = runs.compactMap(\.durationSeconds).sorted()
    func percentile(_ percent: Int) -> Double? {
      times.isEmpty ? nil : times[max(1, (times.count * percent + 99) / 100) - 1]
    }
    group.runs = runs.count
    group.failed = runs.count { !$0.status.isSuccess }
    group.ended = times.count
    group.meanSeconds = times.mean
    group.p50Seconds = percentile(50)
    group.p95Seconds = percentile(95)
    group.p99Seconds = percentile(99)
    group.shortestSeconds = times.first
    group.longestSeconds = times.last
    for kind in TimeKind.allCases { group.breakdown[kind] = 0 }
    for task in runs.flatMap(\.taskRuns) {
      for (kind, seconds) in task.breakdown { group.breakdown[kind, default: 0] += seconds }
      guard let end = task.completionSeconds else { continue }
      group.waitedSeconds += task.waitSeconds
      group.livedSeconds += end - task.readySeconds
    }
    return group
  }
}
