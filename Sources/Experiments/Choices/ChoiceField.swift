import GantryModel
import GantryStatistics

/// The points of a race and what is known of them so far.
struct ChoiceField {
  /// A cost that differs by less than this share counts as the same: nobody chooses for it.
  static let margin = 0.001

  let entries: [ChoiceRace.Entry]
  let looks: [Int]
  let judge: GoalJudge
  /// The probability that one bound of a cost is wrong.
  let costLevel: Double
  private(set) var samples: [[PointSample]]
  private(set) var judgements: [GoalJudge.Judgement]
  /// What any look told, by point and goal: all looks hold together, so that nothing is taken back.
  private(set) var limits: [[ChoiceCandidate.LimitVerdict]]
  /// Positions by standing cost, and how many of them were looked at.
  private let order: [Int]
  private var reached = 0
  /// Looked at, not decided, and with looks left.
  private var open: [Int] = []
  private var kept: [Int] = []

  init(_ entries: [ChoiceRace.Entry], looks: [Int], judge: GoalJudge, costLevel: Double) {
    self.entries = entries
    self.looks = looks
    self.judge = judge
    self.costLevel = costLevel
    samples = entries.map { _ in [] }
    limits = entries.map { _ in judge.goals.map { _ in .unsure } }
    // What has no steady state is known not to keep one before anything is simulated.
    judgements = entries.map { judge.isHopeless($0.point) ? .fails(.overloaded) : .open }
    order = entries.indices.sorted {
      (entries[$0].standingUSD, $0) < (entries[$1].standingUSD, $1)
    }.filter { [judgements] in judgements[$0] == .open }
  }

  // MARK: The race

  /// The cheapest point that keeps the goals, by estimate, besides one.
  func best(besides other: Int?) -> Int? {
    kept.filter { $0 != other }.min { (monthUSD($0), $0) < (monthUSD($1), $1) }
  }

  /// The point to simulate next: the cheapest of those that may be cheaper than the best; nil when
  /// there is none.
  func next(besides other: Int?) -> Int? {
    let best = best(besides: other)
    var found = open.filter { index in best.map { !isDearer(index, than: $0) } ?? true }.min {
      (monthUSD($0), $0) < (monthUSD($1), $1)
    }
    if reached < order.count {
      let fresh = order[reached]
      let isDearer = best.map { entries[fresh].standingUSD > highUSD($0) } ?? false
      if !isDearer, entries[fresh].standingUSD < (found.map(monthUSD) ?? .infinity) {
        found = fresh
      }
    }
    return found
  }

  /// How many replications the next look at a point needs.
  func wanted(_ index: Int) -> Int {
    looks.first { $0 > samples[index].count } ?? samples[index].count
  }

  /// Judges a point anew, of which samples were made.
  mutating func take(_ found: [PointSample], of index: Int) {
    if samples[index].isEmpty { reached += 1 }
    note(found, of: index)
    judgements[index] = judge.judge(found, of: entries[index].point)
    open.removeAll { $0 == index }
    switch judgements[index] {
    case .keeps: kept.append(index)
    case .open where found.count < (looks.last ?? 0): open.append(index)
    default: break
    }
  }

  private mutating func note(_ found: [PointSample], of index: Int) {
    samples[index] = found
    let told = judge.limits(found, of: entries[index].point)
    for (goal, verdict) in told.enumerated() where limits[index][goal] == .unsure {
      limits[index][goal] = verdict
    }
  }

  // MARK: Single limits

  /// The point to simulate further so that it is known whether any keeps each limit by itself; nil
  /// where that is known, or points are left of which nothing is told yet.
  ///
  /// Of each limit it is the point that is likeliest to keep it, as long as the estimate says so.
  func witness() -> Int? {
    guard judge.goals.count > 1, !judgements.contains(.open) else { return nil }
    let missing = entries.indices.filter { judgements[$0] == .misses }
    for (index, goal) in judge.goals.enumerated() {
      guard !missing.contains(where: { limits[$0][index] == .keeps }) else { continue }
      func value(_ point: Int) -> Double {
        judge.reading(goal, samples[point])?.value ?? .infinity
      }
      let best = missing.filter { limits[$0][index] == .unsure }.min {
        (value($0), $0) < (value($1), $1)
      }
      if let best, value(best) < goal.limit, wanted(best) > samples[best].count { return best }
    }
    return nil
  }

  /// Takes more samples of a point that is out already.
  mutating func lookAgain(_ found: [PointSample], at index: Int) { note(found, of: index) }

  // MARK: Costs

  /// The estimate of a month, or what it costs at least.
  func monthUSD(_ index: Int) -> Double {
    MeanInterval(SampleSeries(samples[index]).values(\.monthUSD))?.mean
      ?? entries[index].standingUSD
  }

  /// What a month costs at most.
  private func highUSD(_ index: Int) -> Double {
    let values = SampleSeries(samples[index]).values(\.monthUSD)
    let found = MeanInterval(values, confidence: 1 - 2 * costLevel)
    guard let found, let half = found.halfWidth else { return .infinity }
    return found.mean + half
  }

  /// Whether a point certainly costs more than another, or no less as far as anybody cares.
  func isDearer(_ index: Int, than other: Int) -> Bool {
    if entries[index].standingUSD > highUSD(other) { return true }
    let changes = SampleSeries(samples[index]).changes(
      of: \.monthUSD, from: SampleSeries(samples[other]))
    let found = MeanInterval(changes, confidence: 1 - 2 * costLevel)
    guard let found, let half = found.halfWidth, found.mean >= 0 else { return false }
    return found.mean - half > -Self.margin * monthUSD(other)
  }
}
