internal import GantryModel

/// The answer in one line, failures first.
struct Headline {
  let record: SimulationRecord

  var failed: [RunRecord] { record.runs.filter { !$0.status.isSuccess } }

  /// What is asked first: whether it works, how long it takes, what it costs.
  var text: String {
    if record.runs.isEmpty { return "\(name): no runs" + sentence(", ") }
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
    if runs.count <= 3 {
      let each = runs.map { "\($0.name) \(Figures.spoken($0.durationSeconds ?? 0))" }
      return "\(runs.count) runs in \(makespan) (\(each.joined(separator: ", ")))"
    }
    let sorted = runs.compactMap(\.durationSeconds).sorted()
    let half = Figures.spoken(Statistics.percentile(50, of: sorted) ?? 0)
    let most = Figures.spoken(Statistics.percentile(95, of: sorted) ?? 0)
    return "\(Figures.count(runs.count, "run")) in \(makespan), "
      + "a run takes \(half) (p50) to \(most) (p95)"
  }

  private var failure: String {
    let count = record.runs.count
    guard let run = failed.first else { return "" }
    let culprit = run.culprit
    if count == 1 { return "\(run.fate): \(culprit)" }
    return "\(failed.count) of \(Figures.count(count, "run")) did not succeed; "
      + "\(run.name) \(run.fate): \(culprit)"
  }

  private var costs: [String] {
    var parts: [String] = []
    let total = record.cost.totalUSD
    if record.runs.count == 1 && !record.cost.lines.isEmpty {
      parts.append("\(Figures.usd(total)) for the run")
    } else if !record.cost.lines.isEmpty && !record.runs.isEmpty {
      let each = total / Double(record.runs.count)
      parts.append("\(Figures.usd(total)) for all runs (\(Figures.usd(each)) each)")
    }
    if !record.cost.monthlyLines.isEmpty {
      parts.append("\(Figures.wholeUSD(record.cost.monthlyUSD)) a month while the cluster is up")
    }
    return parts
  }
}

extension RunRecord {
  /// The first TaskRun that did not reach its goal, if one is to blame.
  var failedTask: TaskRunRecord? {
    let all = taskRuns.filter { !$0.status.isSuccess && $0.status != .skipped }
    // One that failed by itself explains more than those that were cancelled because of it.
    return all.first { $0.status == .failed || $0.status == .taskRunTimeout }
      ?? all.first { $0.status != .cancelled } ?? all.first
  }

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

  /// Which task is to blame and why; the run's own reason where no task is.
  var culprit: String {
    guard let task = failedTask else { return [reason, message].joinedUnlessEmpty(": ") }
    let why = task.message.isEmpty ? task.reason : task.message
    return [task.pipelineTask, why.isEmpty ? task.status.rawValue : why].joinedUnlessEmpty(": ")
  }
}

extension [String] {
  func joinedUnlessEmpty(_ separator: String) -> String {
    filter { !$0.isEmpty }.joined(separator: separator)
  }
}
