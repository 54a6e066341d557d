/// A point of a sweep and the one that it is compared with.
public struct PointPair: Sendable, Hashable {
  /// What tells this pair from the others.
  public var name: String
  public var base: SweepPoint
  /// Its estimates have the changes against the base.
  public var other: SweepPoint

  /// Joins a name and both points.
  public init(name: String, base: SweepPoint, other: SweepPoint) {
    self.name = name
    self.base = base
    self.other = other
  }
}
