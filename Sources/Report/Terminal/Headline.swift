internal import GantryModel

/// The answer in one line, failures first.
struct Headline {
  let record: SimulationRecord

  var failed: [FailedRun] { record.failures }

  /// What is asked first: whether it works, how long it takes, what it costs.
  var text: String {
    if record.runCount == 0 { return "\(name): no runs" + sentence(", ") }
    if failed.isEmpty { return "\(name): " + times + sentence(", ") }
    return "\(name): " + failure + sentence("; ")
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
    let all = record.tally?.all
    let half = Figures.spoken(all?.p50Seconds ?? Statistics.percentile(50, of: sorted) ?? 0)
    let most = Figures.spoken(all?.p95Seconds ?? Statistics.percentile(95, of: sorted) ?? 0)
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
    let total = record.cost.totalUSD
    if record.runCount == 1 && !record.cost.lines.isEmpty {
      parts.append("\(Figures.usd(total)) for the run")
    } else if !record.cost.lines.isEmpty && record.runCount > 0 {
      let each = total / Double(record.runCount)
      parts.append("\(Figures.usd(total)) for all runs (\(Figures.usd(each)) each)")
    }
    if !record.cost.monthlyLines.isEmpty {
      parts.append("\(Figures.wholeUSD(record.cost.monthlyUSD)) a month while the cluster is up")
    }
    return parts
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
