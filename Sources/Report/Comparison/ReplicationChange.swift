internal import GantryModel

/// The change of a figure that each replication has, from a base to another candidate.
struct ReplicationChange {
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

  /// Half the 95 % interval of the change: of pairs, else of two independent means.
  func halfWidth(of figure: KeyPath<ReplicationSummary, Double>) -> Double? {
    let before = base.record.replications.map { $0[keyPath: figure] }
    let after = other.record.replications.map { $0[keyPath: figure] }
    if isPaired { return Statistics.halfWidth(zip(after, before).map { $0 - $1 }) }
    guard let was = Statistics.halfWidth(before), let now = Statistics.halfWidth(after) else {
      return nil
    }
    return (was * was + now * now).squareRoot()
  }
}
