internal import GantryModel
internal import GantryStatistics

/// The change of figures over replications, from a base to another candidate.
struct ReplicationChange {
  /// A time that every replication has.
  enum Figure: Hashable {
    case mean
    case quantile(Quantile)
    case makespan
  }

  private let base: Candidate
  private let other: Candidate

  /// Nil unless both have several replications, of just the pipelines that are compared.
  init?(_ base: Candidate, _ other: Candidate) {
    guard base.hasReplications, other.hasReplications else { return nil }
    self.base = base
    self.other = other
  }

  /// Same seed and number: the same luck on both sides, so differences are taken pair by pair.
  private var isPaired: Bool {
    base.record.seed == other.record.seed
      && base.record.replications.count == other.record.replications.count
  }

  /// The change with its 95 % interval: of pairs, else of two independent estimates; nil for quantiles
  /// of results that kept no run times.
  func change(of figure: Figure) -> Estimate? {
    if isPaired { return MeanInterval(pairedChanges(of: figure))?.estimate }
    guard let was = base.estimate(of: figure), let now = other.estimate(of: figure) else {
      return nil
    }
    var change = Estimate(value: now.value - was.value)
    if let before = was.halfWidth, let after = now.halfWidth {
      change.halfWidth = (before * before + after * after).squareRoot()
    }
    return change
  }

  private func pairedChanges(of figure: Figure) -> [Double] {
    let before = SampleSeries(base.record.replications)
    let after = SampleSeries(other.record.replications)
    switch figure {
    case .quantile(let quantile): return after.changes(from: before, at: quantile)
    case .makespan: return after.changes(of: \.makespanSeconds, from: before)
    case .mean:
      let known = after.changes(from: before, of: .mean)
      guard known.isEmpty else { return known }
      return zip(other.record.replications, base.record.replications).map {
        $0.meanRunSeconds - $1.meanRunSeconds
      }
    }
  }
}
