internal import GantryModel

/// One of the simulations that are compared, with its figures on the pipelines all have.
struct Candidate {
  let name: String
  let record: SimulationRecord
  /// Empty where runs were summed up.
  private let runs: [RunRecord]
  /// The sums where they were, of the pipelines that all have.
  private let group: RunTallyRecord.Group?

  init(name: String, record: SimulationRecord, pipelines: Set<String>) {
    self.name = name
    self.record = record
    runs = record.runs.filter { pipelines.contains($0.pipeline) }
    group = record.tally?.group(of: pipelines)
  }

  var runCount: Int { group?.runs ?? runs.count }
  var failedCount: Int { group?.failed ?? runs.count { !$0.status.isSuccess } }

  private var durations: [Double] { runs.compactMap(\.durationSeconds).sorted() }

  /// Half of the runs that ended took no longer.
  var medianSeconds: Double? {
    group.map(\.p50Seconds) ?? Statistics.percentile(50, of: durations)
  }
  /// 95 of 100 runs took no longer: over all replications where that is known, else in the first.
  var p95Seconds: Double? {
    hasReplications
      ? Statistics.mean(record.replications.map(\.p95RunSeconds))
      : group.map(\.p95Seconds) ?? Statistics.percentile(95, of: durations)
  }
  /// 99 of 100 runs took no longer, in the first replication.
  var p99Seconds: Double? {
    group.map(\.p99Seconds) ?? Statistics.percentile(99, of: durations)
  }
  /// When the last run ended, on average over replications of just these pipelines.
  var makespanSeconds: Double? {
    hasReplications
      ? Statistics.mean(record.replications.map(\.makespanSeconds)) : record.makespanSeconds
  }
  /// The mean run, likewise.
  var meanSeconds: Double? {
    if hasReplications { return Statistics.mean(replicationMeans) }
    return group.map(\.meanSeconds) ?? Statistics.mean(durations)
  }
  var waitShare: Double? { group.map(\.waitShare) ?? RunFigures.waitShare(of: runs) }
  /// Runs that were summed up pay alike.
  var costPerRun: Double? {
    guard let group else { return Statistics.mean(runs.map(\.cost.totalUSD)) }
    return group.runs == record.runCount && group.runs > 0
      ? record.cost.totalUSD / Double(group.runs) : nil
  }
  var monthlyUSD: Double? {
    record.cost.monthlyLines.isEmpty ? nil : record.cost.monthlyUSD
  }

  /// Whether there are several replications, of just the pipelines that are compared.
  var hasReplications: Bool {
    record.replications.count > 1 && runCount == record.runCount
  }

  /// The mean run of each replication.
  var replicationMeans: [Double] { record.replications.map(\.meanRunSeconds) }

  /// Seconds of a kind that the TaskRuns of a run spent, on average.
  func meanSeconds(of kind: TimeKind) -> Double? {
    if let group {
      return group.runs > 0 ? (group.breakdown[kind] ?? 0) / Double(group.runs) : nil
    }
    return Statistics.mean(
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
