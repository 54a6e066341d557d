/// A result of a pipeline, resolved: a run gives it at its end if the tasks behind it gave theirs.
public struct PlannedResult: Sendable, Hashable {
  public var name: String
  /// The tasks' results in its value, in order.
  public var uses: [ResultUse]
  /// The value; nil where a part of it is known only once its task has run.
  public var value: ParameterValue?

  /// Makes a result.
  public init(name: String, uses: [ResultUse], value: ParameterValue?) {
    self.name = name
    self.uses = uses
    self.value = value
  }
}

/// What became of a result of a pipeline at the end of a run.
public struct RunResult: Sendable, Hashable {
  /// Whether a run gives a result.
  public enum State: Sendable, Hashable {
    /// It does; the value is nil where it is not known before the tasks have really run.
    case given(ParameterValue?)
    /// It does not, as this task did not succeed or did not return what it should.
    case lacking(task: String)
    /// It does not, as it was cancelled.
    case cancelled
  }

  public var name: String
  public var state: State

  /// Joins name and state.
  public init(name: String, state: State) {
    self.name = name
    self.state = state
  }
}
