/// A point of a sweep and the one that it is compared with.
public struct PointPair: Sendable, Hashable {
  public var base: SweepPoint
  /// Its estimates have the changes against the base.
  public var other: SweepPoint
  /// The sweeps that they are of.
  public var baseSweep: Origin
  public var otherSweep: Origin

  /// What has to be known of a sweep to read its points.
  public struct Origin: Sendable, Hashable {
    public var name: String
    /// The paths that the values of its points are of.
    public var axes: [String]
    /// Whether every point has all its samples, so that each could be judged against all others.
    public var isComplete: Bool

    /// Takes what is needed of a sweep.
    public init(_ sweep: SweepRecord) {
      name = sweep.name
      axes = sweep.axes
      isComplete = sweep.isComplete
    }
  }

  /// Joins two points and the sweeps that they are of.
  public init(
    base: SweepPoint, of baseSweep: SweepRecord, other: SweepPoint, of otherSweep: SweepRecord
  ) {
    self.base = base
    self.other = other
    self.baseSweep = Origin(baseSweep)
    self.otherSweep = Origin(otherSweep)
  }

  /// What tells this pair from the others: the point as a user refers to it, and its values.
  public var name: String {
    let values = zip(otherSweep.axes, other.values).map { "\($0)=\($1)" }
    let reference = "\(otherSweep.name)#\(other.position + 1)"
    return values.isEmpty ? reference : "\(reference) (\(values.joined(separator: ", ")))"
  }
}
