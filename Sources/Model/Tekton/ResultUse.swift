/// A use of another task's result.
public struct ResultUse: Sendable, Hashable {
  /// The position of the task that returns the result.
  public var task: Int
  /// The result's name.
  public var result: String
  /// Whether the task returns it when it succeeds; false only when a scenario says so.
  public var isReturned: Bool = true
  /// Where the value is used.
  public var use: Use

  /// Where a result is used.
  public enum Use: Sendable, Hashable {
    /// In a parameter or a matrix.
    case parameter
    /// In a `when` expression; a missing result makes `in` false and `notin` true.
    case condition(isNegated: Bool)
  }

  /// Makes a use.
  public init(task: Int, result: String, use: Use) {
    self.task = task
    self.result = result
    self.use = use
  }
}
