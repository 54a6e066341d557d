internal import GantryModel

/// One of the simulations that are compared, with its figures on the pipelines all have.
struct Candidate {
  let name: String
  let record: SimulationRecord
  let runs: [RunRecord]

  init(name: String, record: SimulationRecord, pipelines: Set<String>) {
    self.name = name
    self.record = record
    runs = record.runs.filter { pipelines.contains($0.pipeline) }
  }

  var failedCount: Int { runs.filter { !$0.status.isSuccess }.count }

  private var durations: [Double] { runs.compactMap(\.durationSeconds).sorted() }

  /// Half of the runs that ended took no longer.
  var medianSeconds: Double? { Statistics.percentile(50, of: durations) }
  /// 95 of 100 runs took no longer: over all replications where that is known, else in the first.
  var p95Seconds: Double? {
    hasReplications
      ? Statistics.mean(record.replications.map(\.p95RunSeconds))
      : Statistics.percentile(95, of: durations)
  }
  /// The mean run, likewise.
  var meanSeconds: Double? {
    Statistics.mean(hasReplications ? replicationMeans : durations)
  }
  var waitShare: Double? { RunFigures.waitShare(of: runs) }
  var costPerRun: Double? { Statistics.mean(runs.map(\.cost.totalUSD)) }
  var monthlyUSD: Double? {
    record.cost.monthlyLines.isEmpty ? nil : record.cost.monthlyUSD
  }

  /// Whether there are several replications, of just the pipelines that are compared.
  var hasReplications: Bool {
    record.replications.count > 1 && runs.count == record.runs.count
  }

  /// The mean run of each replication.
  var replicationMeans: [Double] { record.replications.map(\.meanRunSeconds) }

  /// Seconds of a kind that the TaskRuns of a run spent, on average.
  func meanSeconds(of kind: TimeKind) -> Double? {
    Statistics.mean(
      runs.map { run in run.taskRuns.reduce(0) { $0 + ($1.breakdown[kind] ?? 0) } })
  }

  /// Names for records: the label, else the scenario; with the position where two are alike.
  static func names(of records: [SimulationRecord]) -> [String] {
    let plain = records.map { $0.label ?? $0.scenario }
    let scenarios = zip(records, plain).map { record, name in
      plain.filter { $0 == name }.count == 1 || record.label == nil
        ? name : "\(record.scenario) (\(name))"
    }
    return scenarios.indices.map { index in
      let name = scenarios[index]
      if scenarios.filter({ $0 == name }).count == 1 { return name }
      return name + (records[index].id.map { " #\($0)" } ?? " (\(index + 1))")
    }
  }
}
