import GantryModel
import GantryStatistics

/// Puts what a race found out into a record.
struct ChoiceFindings {
  let field: ChoiceField
  let goals: [ServiceGoal]

  func filled(_ record: ChoiceRecord) -> ChoiceRecord {
    var record = record
    record.winner = field.best(besides: nil)
    record.runnerUp = record.winner.flatMap { field.best(besides: $0) }
    record.candidates = field.entries.indices.map(candidate)
    record.contenders = record.candidates.indices.filter { index in
      let isDearer = record.winner.map { field.isDearer(index, than: $0) } ?? false
      return record.candidates[index].verdict == .unsure && !isDearer
    }
    if let winner = record.winner, let next = record.runnerUp {
      record.runnerUpExtraUSD = change(of: \.monthUSD, next, from: winner)
    }
    if record.winner == nil { record.nearestMiss = nearestMiss(record.candidates) }
    count(&record)
    record.flips = ChoiceFlips(record).found()
    return record
  }

  private func candidate(_ index: Int) -> ChoiceCandidate {
    let entry = field.entries[index]
    var found = ChoiceCandidate(
      point: entry.point, standingUSD: entry.standingUSD, verdict: .dearer)
    found.point.samples = field.samples[index]
    found.point.estimates = PointStatistics(SampleSeries(field.samples[index])).estimates()
    found.readings = goals.map { GoalJudge.estimate($0, field.samples[index]) }
    found.limits = field.limits[index]
    switch field.judgements[index] {
    case .keeps: found.verdict = .keeps
    case .misses: found.verdict = .misses
    case .fails(let fault):
      found.verdict = .fails
      found.fault = fault
    case .open:
      // The race leaves out what is dearer before it has had all its looks.
      let isExhausted = field.samples[index].count >= (field.looks.last ?? 0)
      found.verdict = isExhausted ? .unsure : .dearer
    }
    return found
  }

  /// The candidate without faults whose worst goal is exceeded by the smallest share; of those that
  /// are equal, the cheapest.
  private func nearestMiss(_ candidates: [ChoiceCandidate]) -> Int? {
    func excess(_ index: Int) -> Double {
      zip(goals, candidates[index].readings).map { goal, reading in
        reading.map { $0.value / goal.limit } ?? .infinity
      }.max() ?? .infinity
    }
    return candidates.indices.filter {
      candidates[$0].verdict != .fails && excess($0) < .infinity
    }.min { (excess($0), field.monthUSD($0), $0) < (excess($1), field.monthUSD($1), $1) }
  }

  private func change(
    of path: KeyPath<PointSample, Double>, _ index: Int, from base: Int
  ) -> Estimate? {
    let changes = SampleSeries(field.samples[index]).changes(
      of: path, from: SampleSeries(field.samples[base]))
    return MeanInterval(changes).map { Estimate(value: $0.mean, halfWidth: $0.halfWidth) }
  }

  /// Points of the same design share their simulations.
  private func count(_ record: inout ChoiceRecord) {
    var counts: [String: Int] = [:]
    for candidate in record.candidates {
      let hash = candidate.point.designHash
      counts[hash] = max(counts[hash] ?? 0, candidate.point.replications)
    }
    record.simulations = counts.values.reduce(0, +)
    record.exhaustiveSimulations = counts.count * (counts.values.max() ?? 0)
  }
}
