internal import GantryModel
internal import GantryStatistics

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
  var medianSeconds: Double? { estimate(of: .quantile(.p50))?.value }
  /// 95 of 100 runs took no longer.
  var p95Seconds: Double? { estimate(of: .quantile(.p95))?.value }
  /// 99 of 100 runs took no longer.
  var p99Seconds: Double? { estimate(of: .quantile(.p99))?.value }
  /// When the last run ended.
  var makespanSeconds: Double? { estimate(of: .makespan)?.value }
  /// The mean run.
  var meanSeconds: Double? { estimate(of: .mean)?.value }

  /// A time as sweeps estimate it from all replications of just these pipelines; else, and where
  /// replications did not keep the times of their runs, that of the first, without an interval.
  func estimate(of figure: ReplicationChange.Figure) -> Estimate? {
    overReplications(figure) ?? firstSeconds(figure).map { Estimate(value: $0) }
  }

  private func overReplications(_ figure: ReplicationChange.Figure) -> Estimate? {
    guard hasReplications else { return nil }
    let all = ReplicationEstimates(record.replications)
    switch figure {
    case .mean: return all.mean
    case .quantile(let quantile): return all.time(at: quantile)
    case .makespan: return all.makespan
    }
  }

  private func firstSeconds(_ figure: ReplicationChange.Figure) -> Double? {
    switch figure {
    case .mean: group.map(\.meanSeconds) ?? durations.mean
    case .makespan: record.makespanSeconds
    case .quantile(.p50): group.map(\.p50Seconds) ?? Quantile.p50.value(ofSorted: durations)
    case .quantile(.p95): group.map(\.p95Seconds) ?? Quantile.p95.value(ofSorted: durations)
    case .quantile(.p99): group.map(\.p99Seconds) ?? Quantile.p99.value(ofSorted: durations)
    case .quantile: nil
    }
  }

  /// The runs that its quantiles are of.
  var timedRuns: Int {
    let all = hasReplications ? ReplicationEstimates(record.replications).timedRuns : 0
    return all > 0 ? all : group?.ended ?? durations.count
  }
  var waitShare: Double? { group.map(\.waitShare) ?? RunFigures.waitShare(of: runs) }
  /// Runs that were summed up pay alike.
  var costPerRun: Double? {
    guard let group else { return runs.map(\.cost.totalUSD).mean }
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

  /// Seconds of a kind that the TaskRuns of a run spent, on average.
  func meanSeconds(of kind: TimeKind) -> Double? {
    if let group {
      return group.runs > 0 ? (group.breakdown[kind] ?? 0) / Double(group.runs) : nil
    }
    return runs.map { run in run.taskRuns.reduce(0) { $0 + ($1.breakdown[kind] ?? 0) } }.mean
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
