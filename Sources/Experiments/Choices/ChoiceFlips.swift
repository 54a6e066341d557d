import GantryModel
import GantryStatistics

/// Finds out how far a choice is from being another one.
struct ChoiceFlips {
  /// Hours of a month, as in the bill.
  private static let hoursPerMonth = 730.0

  private let record: ChoiceRecord

  init(_ record: ChoiceRecord) { self.record = record }

  /// What would turn the choice; none without a winner.
  func found() -> [ChoiceFlip] {
    guard let winner = record.winner else { return [] }
    return [looser(winner), tighter(winner), price(winner), runs(winner)].compactMap { $0 }
  }

  private func monthUSD(_ index: Int) -> Double? {
    record.candidates[index].point.estimates.monthUSD?.value
  }

  private func value(_ index: Int, _ goal: Int) -> Double? {
    record.candidates[index].readings[goal]?.value
  }

  /// The cheaper candidate that misses one goal only, and that by the smallest share.
  private func looser(_ winner: Int) -> ChoiceFlip? {
    guard let usd = monthUSD(winner) else { return nil }
    var best: (excess: Double, flip: ChoiceFlip)?
    for (index, candidate) in record.candidates.enumerated()
    where [.misses, .unsure].contains(candidate.verdict) {
      guard let own = monthUSD(index), own < usd else { continue }
      let missed = record.goals.indices.filter {
        (value(index, $0) ?? .infinity) >= record.goals[$0].limit
      }
      guard missed.count == 1, let goal = missed.first, let reading = candidate.readings[goal]
      else { continue }
      let excess = reading.value / record.goals[goal].limit
      guard excess < best?.excess ?? .infinity else { continue }
      best = (
        excess, .looser(goal: goal, value: reading, candidate: index, savedUSD: usd - own)
      )
    }
    return best?.flip
  }

  /// The goal that the winner keeps with the least room, and who is next without it.
  private func tighter(_ winner: Int) -> ChoiceFlip? {
    let goals = record.goals.indices.filter {
      record.candidates[winner].readings[$0] != nil && record.goals[$0].measure != .failed
    }
    func used(_ goal: Int) -> Double { (value(winner, goal) ?? 0) / record.goals[goal].limit }
    guard let goal = goals.max(by: { used($0) < used($1) }),
      let reading = record.candidates[winner].readings[goal]
    else { return nil }
    let next = record.candidates.indices.filter {
      $0 != winner && record.candidates[$0].verdict == .keeps
        && (value($0, goal) ?? .infinity) < reading.value
    }.min { (monthUSD($0) ?? .infinity, $0) < (monthUSD($1) ?? .infinity, $1) }
    return .tighter(goal: goal, value: reading, candidate: next)
  }

  private func price(_ winner: Int) -> ChoiceFlip? {
    guard let next = record.runnerUp, let extra = record.runnerUpExtraUSD,
      let usd = monthUSD(winner), usd > 0
    else { return nil }
    return .price(candidate: next, usd: extra.value, share: extra.value / usd)
  }

  /// Where the runner-up's runs cost less, it makes up for its dearer cluster with enough of them.
  ///
  /// Nothing where the difference may be chance, or where so many runs do not fit into a month at the
  /// rate that was simulated.
  private func runs(_ winner: Int) -> ChoiceFlip? {
    guard let next = record.runnerUp else { return nil }
    let (mine, its) = (record.candidates[winner], record.candidates[next])
    func use(_ candidate: ChoiceCandidate) -> [Int: Double] {
      var found: [Int: Double] = [:]
      for sample in candidate.point.samples where sample.batch == 0 {
        let runs = sample.runCount + sample.openRuns + sample.warmUpRuns
        guard runs > 0 else { continue }
        found[sample.replication] = (sample.monthUSD - candidate.standingUSD) / Double(runs)
      }
      return found
    }
    let other = use(its)
    let saved = use(mine).sorted { $0.key < $1.key }.compactMap { replication, usd in
      other[replication].map { usd - $0 }
    }
    let standing = its.standingUSD - mine.standingUSD
    guard let found = MeanInterval(saved), let half = found.halfWidth, found.mean > half,
      standing > 0
    else { return nil }
    let count = standing / found.mean
    let rates = mine.point.samples.map { sample in
      Double(sample.runCount + sample.warmUpRuns) / max(1, sample.makespanSeconds)
    }
    let most = (rates.max() ?? 0) * Self.hoursPerMonth * 3600
    return count <= most ? .runs(candidate: next, perMonth: count) : nil
  }
}
