/// A `when` expression over the outcome of other tasks, decided while the run is under way.
public struct StatusCondition: Sendable, Hashable {
  /// A piece of the text that is compared.
  public enum Piece: Sendable, Hashable {
    case text(String)
    /// `$(tasks.<name>.status)` of the task at a position.
    case status(Int)
    /// `$(tasks.<name>.reason)` of the task at a position.
    case reason(Int)
    /// `$(tasks.status)`.
    case aggregate
  }

  /// The pieces of the input, joined.
  public var input: [Piece]
  /// The pieces of each value, joined.
  public var values: [[Piece]]
  /// `notin` instead of `in`.
  public var isNegated: Bool

  /// Makes a condition.
  public init(input: [Piece], values: [[Piece]], isNegated: Bool) {
    self.input = input
    self.values = values
    self.isNegated = isNegated
  }
}
