internal import GantryModel
internal import GantryStatistics

/// Which of several candidates to take, and what would make another one the better choice.
struct Recommendation {
  /// The fastest of those that succeed; among those as fast, the cheapest.
  let chosen: Candidate
  private let others: [Candidate]
  /// What a minute of waiting for a build is worth to the user, in USD.
  private let minuteWorth: Double

  /// Times within this share of the best count as as fast.
  private static let asFast = 0.05
  /// Candidates slower by more than this share are too far away for one change to turn it.
  private static let withinReach = 0.5

  /// Nil when none of the candidates succeeds with all runs, or none ran the same as the first.
  init?(_ candidates: [Candidate], minuteWorth: Double) {
    let alike = candidates.filter { LoadDifference(base: candidates[0], new: $0) == nil }
    guard alike.count > 1 || candidates.count == 1 else { return nil }
    let usable = alike.filter {
      $0.failedCount == 0 && $0.p95Seconds != nil && $0.monthlyUSD != nil && $0.runCount > 0
    }
    guard let best = usable.compactMap(\.p95Seconds).min() else { return nil }
    let fast = usable.filter { ($0.p95Seconds ?? .infinity) <= best * (1 + Self.asFast) }
    guard
      let chosen = fast.min(by: {
        ($0.monthlyUSD ?? 0, $0.p95Seconds ?? 0) < ($1.monthlyUSD ?? 0, $1.p95Seconds ?? 0)
      })
    else { return nil }
    self.chosen = chosen
    others = usable.filter { $0.name != chosen.name }
    self.minuteWorth = minuteWorth
  }

  /// The choice in a sentence.
  var text: String {
    "\(chosen.name): \(time), \(Figures.wholeUSD(chosen.monthlyUSD ?? 0)) a month"
  }

  /// How long runs of the choice take; what 95 of 100 do is said only of runs enough to tell.
  private var time: String {
    let longest = Figures.spoken(chosen.p95Seconds ?? 0)
    if chosen.timedRuns == 1 { return "the run takes \(longest)" }
    guard chosen.timedRuns >= Quantile.p95.leastCount else {
      return "the longest of \(chosen.timedRuns) runs takes \(longest)"
    }
    let p95 = Self.figures.time(chosen.estimate(of: .quantile(.p95)))
    return "95 of 100 runs take at most \(p95)"
  }

  /// Figures in sentences; the page turns their signs into those that it can show.
  private static let figures = EstimateText(page: Page(ReportOptions()))

  /// What would turn the choice, in sentences: load and the worth of time for cheaper candidates, then
  /// what slower ones would have to gain.
  var flips: [String] { cheaper + nearlyAsFast }

  /// Cheaper candidates that nothing cheaper beats in time, from the cheapest on.
  private var cheaper: [String] {
    let front = others.filter { other in
      savings(other) >= 1 && timeLost(other) > 0
        && !others.contains { savings($0) > savings(other) && timeLost($0) <= timeLost(other) }
    }
    return front.sorted { savings($0) > savings($1) }.map { other in
      let runs = savings(other) / (timeLost(other) / 60 * minuteWorth)
      return "\(other.name) saves \(Figures.wholeUSD(savings(other))) a month and takes "
        + "\(lostText(other)) longer a run: the better choice below "
        + "\(Figures.plain(Self.rounded(runs))) runs a month, if a minute of waiting is worth "
        + Figures.usd(minuteWorth)
    }
  }

  /// Candidates at no lower cost that one kind of time keeps from being as fast.
  private var nearlyAsFast: [String] {
    let near = others.filter {
      savings($0) < 1 && timeLost($0) > 0
        && timeLost($0) <= Self.withinReach * (chosen.meanSeconds ?? 0)
    }
    return near.sorted { timeLost($0) < timeLost($1) }.prefix(3).compactMap(excess)
  }

  /// What the longer time of a candidate is spent on above all: of what its tasks spend more on some
  /// kinds of time, the largest part.
  private func excess(_ other: Candidate) -> String? {
    let more = TimeKind.allCases.map { kind in
      let own = chosen.meanSeconds(of: kind) ?? 0
      return (kind: kind, seconds: (other.meanSeconds(of: kind) ?? 0) - own)
    }.filter { $0.seconds > 0 }
    guard let most = more.max(by: { $0.seconds < $1.seconds }) else { return nil }
    let share = most.seconds / more.reduce(0) { $0 + $1.seconds }
    // Kinds of time are kept of the first replication alone.
    let place =
      other.hasReplications || chosen.hasReplications ? "in the first replication " : ""
    return "\(other.name) takes \(lostText(other)) longer a run; \(place)its tasks spend more "
      + "above all on \(most.kind.name) (\(Figures.spoken(other.meanSeconds(of: most.kind) ?? 0)) "
      + "a run, \(Figures.spoken(most.seconds)) more than \(chosen.name): "
      + "\(Figures.percent(share)) of all that they spend more)"
  }

  private func savings(_ other: Candidate) -> Double {
    (chosen.monthlyUSD ?? 0) - (other.monthlyUSD ?? 0)
  }

  private func timeLost(_ other: Candidate) -> Double {
    (other.meanSeconds ?? 0) - (chosen.meanSeconds ?? 0)
  }

  /// The time lost, with its interval where there are replications.
  private func lostText(_ other: Candidate) -> String {
    guard let change = ReplicationChange(chosen, other)?.change(of: .mean),
      change.halfWidth != nil
    else { return Figures.spoken(timeLost(other)) }
    return Self.figures.time(change)
  }

  /// Two significant digits: the figure is no better.
  private static func rounded(_ value: Double) -> Double {
    guard value >= 10 else { return value.rounded(.up) }
    var unit = 1.0
    while value / unit >= 100 { unit *= 10 }
    return (value / unit).rounded() * unit
  }
}
