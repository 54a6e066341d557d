internal import GantryModel
internal import GantryStatistics

/// The answer in one line, failures first.
struct Headline {
  let record: SimulationRecord

  var failed: [FailedRun] { record.failures }

  /// All replications together; nil of a single one.
  private var all: ReplicationEstimates? {
    record.replications.count > 1 ? ReplicationEstimates(record.replications) : nil
  }

  /// Whether a run of any replication did not succeed.
  var hasFailures: Bool { !failed.isEmpty || (all?.failedRuns ?? 0) > 0 }

  /// What is asked first: whether it works, how long it takes, what it costs; over all replications
  /// where there are several.
  var text: String {
    if record.runCount == 0 { return "\(name): no runs" + sentence(", ") }
    if hasFailures { return "\(name): " + (all.map(failures(over:)) ?? failure) + sentence("; ") }
    return "\(name): " + (all.map(times(over:)) ?? times) + sentence(", ")
  }

  /// Figures in sentences; the page turns their signs into those that it can show.
  private static let figures = EstimateText(page: Page(ReportOptions()))

  private func times(over all: ReplicationEstimates) -> String {
    let over = "over \(all.count) replications"
    if record.runCount == 1 { return "\(Self.figures.time(all.mean)) \(over)" }
    let runs = "\(record.runCount) runs in \(Self.figures.time(all.makespan)) \(over)"
    guard let half = all.time(at: .p50), let most = all.time(at: .p95) else {
      return "\(runs), a run takes \(Self.figures.time(all.mean)) (mean)"
    }
    return "\(runs), a run takes \(Self.figures.time(half)) (p50) to "
      + "\(Self.figures.time(most)) (p95)"
  }

  private func failures(over all: ReplicationEstimates) -> String {
    let count = Figures.count(all.failedRuns, "run")
    let head = "\(count) in \(all.count) replications did not succeed; "
    guard let run = failed.first else { return head + "none of the first" }
    return head + "in the first, \(run.run) \(run.fate): \(run.cause)"
  }

  private func sentence(_ separator: String) -> String {
    costs.isEmpty ? "" : separator + costs.joined(separator: ", ")
  }

  /// The scenario, and the label where there is one.
  var name: String { record.scenario + (record.label.map { " (\($0))" } ?? "") }

  private var times: String {
    let runs = record.runs
    let makespan = Figures.spoken(record.makespanSeconds)
    if runs.count == 1 { return Figures.spoken(runs[0].durationSeconds ?? 0) }
    if record.tally == nil, runs.count <= 3 {
      let each = runs.map { "\($0.name) \(Figures.spoken($0.durationSeconds ?? 0))" }
      return "\(runs.count) runs in \(makespan) (\(each.joined(separator: ", ")))"
    }
    let sorted = runs.compactMap(\.durationSeconds).sorted()
    let sums = record.tally?.all
    let half = Figures.spoken(sums?.p50Seconds ?? Quantile.p50.value(ofSorted: sorted) ?? 0)
    let most = Figures.spoken(sums?.p95Seconds ?? Quantile.p95.value(ofSorted: sorted) ?? 0)
    return "\(Figures.count(record.runCount, "run")) in \(makespan), "
      + "a run takes \(half) (p50) to \(most) (p95)"
  }

  private var failure: String {
    let count = record.runCount
    guard let run = failed.first else { return "" }
    if count == 1 { return "\(run.fate): \(run.cause)" }
    let failures = Figures.grouped(Int64(record.failedRunCount))
    return "\(failures) of \(Figures.count(count, "run")) did not succeed; "
      + "\(run.run) \(run.fate): \(run.cause)"
  }

  private var costs: [String] {
    var parts: [String] = []
    if record.runCount == 1 && !record.cost.lines.isEmpty {
      parts.append("\(bill(1)) for the run")
    } else if !record.cost.lines.isEmpty && record.runCount > 0 {
      parts.append("\(bill(1)) for all runs (\(bill(record.runCount)) each)")
    }
    if !record.cost.monthlyLines.isEmpty {
      parts.append("\(Figures.wholeUSD(record.cost.monthlyUSD)) a month while the cluster is up")
    }
    return parts
  }
}

extension Headline {
  /// The bill, or the part of it that each of some runs pays.
  private func bill(_ shares: Int) -> String {
    guard let total = all?.totalUSD else {
      return Figures.usd(record.cost.totalUSD / Double(shares))
    }
    let part = Estimate(
      value: total.value / Double(shares), halfWidth: total.halfWidth.map { $0 / Double(shares) })
    return Self.figures.bill(part)
  }
}

extension FailedRun {
  /// How the run ended and when, in words.
  var fate: String {
    durationSeconds.map { "\(ending) after \(Figures.spoken($0))" } ?? ending
  }

  private var ending: String {
    switch status {
    case .succeeded, .completed: "succeeded"
    case .failed: "failed"
    case .cancelled: "was cancelled"
    case .pipelineRunTimeout, .taskRunTimeout: "timed out"
    case .running: "never ends"
    case .pending: "stays pending"
    case .skipped: "was skipped"
    }
  }
}

extension [String] {
  func joinedUnlessEmpty(_ separator: String) -> String {
    filter { !$0.isEmpty }.joined(separator: separator)
  }
}
