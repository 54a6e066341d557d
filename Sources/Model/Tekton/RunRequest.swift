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
