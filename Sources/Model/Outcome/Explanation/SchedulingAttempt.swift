public import GantryUnits

/// One look of the scheduler at a pod: what it saw of every node, and what it chose.
public struct SchedulingAttempt: Sendable, Hashable {
  /// What let the scheduler look at the pod again.
  public enum Cause: Sendable, Hashable {
    /// The pod is new.
    case created
    /// A pod has ended, which may have made room.
    case podEnded(String)
    /// A pod was placed that this one wants to be near, or wants spread from.
    case podPlaced(String)
    /// Something changed while the pod was being tried.
    case changedMeanwhile
    /// Nothing happened for five minutes.
    case longWait
  }

  /// A node that a filter refused.
  public struct Refusal: Sendable, Hashable {
    public var node: String
    /// The first filter that refused the node, as the real scheduler names it.
    public var filter: String
    /// `Unschedulable`, or `UnschedulableAndUnresolvable` when taking pods away would not help.
    public var status: String
    /// The real scheduler's words.
    public var reasons: [String]

    /// Makes a refusal.
    public init(node: String, filter: String, status: String, reasons: [String]) {
      self.node = node
      self.filter = filter
      self.status = status
      self.reasons = reasons
    }
  }

  /// A node that could take the pod.
  public struct Score: Sendable, Hashable {
    public var node: String
    /// Weighted, one for each of `plugins`.
    public var scores: [Int64]
    public var total: Int64

    /// Makes a score.
    public init(node: String, scores: [Int64], total: Int64) {
      self.node = node
      self.scores = scores
      self.total = total
    }
  }

  public var time: Instant
  public var cause: Cause
  /// Set aside since the last attempt, until `cause` happened.
  public var parked: Span
  /// From `cause` until this attempt: back-off and its rhythm of a second.
  public var backoff: Span
  /// The nodes of the cluster; not all are looked at when there are a hundred or more.
  public var nodeCount: Int
  public var refusals: [Refusal] = []
  /// The scorers that had something to say.
  public var plugins: [String] = []
  public var scores: [Score] = []
  /// The nodes with the highest total, in the order of their names; a random draw chooses.
  public var best: [String] = []
  /// nil when no node could take the pod.
  public var chosen: String?
  /// The event that the real scheduler would write; nil when a node was found.
  public var message: String?

  /// Makes an attempt that saw nothing yet.
  public init(time: Instant, cause: Cause, parked: Span, backoff: Span, nodeCount: Int) {
    self.time = time
    self.cause = cause
    self.parked = parked
    self.backoff = backoff
    self.nodeCount = nodeCount
  }
}
