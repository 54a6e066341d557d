/// What `spec.status` of a PipelineRun asks of the controller.
public enum RunRequest: Sendable, Hashable, CaseIterable {
  /// Run normally.
  case run
  /// `PipelineRunPending`: create nothing.
  case pending
  /// `Cancelled`: stop everything.
  case cancelled
  /// `CancelledRunFinally`: stop the graph, then run the finally tasks.
  case cancelledRunFinally
  /// `StoppedRunFinally`: let running tasks end, start no others, then run the finally tasks.
  case stoppedRunFinally

  /// The request behind the text of `spec.status`; nil when the text is unknown.
  public init?(status: String?) {
    switch status {
    case nil, "": self = .run
    case "PipelineRunPending": self = .pending
    case "Cancelled", "PipelineRunCancelled": self = .cancelled
    case "CancelledRunFinally": self = .cancelledRunFinally
    case "StoppedRunFinally": self = .stoppedRunFinally
    default: return nil
    }
  }
}

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
