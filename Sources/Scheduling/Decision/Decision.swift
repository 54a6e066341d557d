/// Whether taking pods away may turn a refusal.
public enum RefusalCode: String, Hashable, Sendable {
  case unschedulable = "Unschedulable"
  case unresolvable = "UnschedulableAndUnresolvable"
}

/// A node's refusal: the first filter that rejected it and why.
public struct Rejection: Hashable, Sendable {
  /// The filter that rejected the node.
  public var plugin: FilterPlugin
  /// Whether preemption might help.
  public var code: RefusalCode
  /// The real scheduler's words.
  public var reasons: [String]
}

/// What one scheduling cycle decided, in full.
public struct Explanation: Hashable, Sendable {
  /// A rejected node.
  public struct RejectedNode: Hashable, Sendable {
    public var node: NodeID
    public var rejection: Rejection
  }

  /// A node's weighted scores, one for each of `plugins`.
  public struct ScoredNode: Hashable, Sendable {
    public var node: NodeID
    public var scores: [Int64]
    public var total: Int64
  }

  /// Set when a filter refused the pod before it looked at any node.
  public var preFilterMessage: String?
  /// The nodes that were refused, in the order in which they were examined.
  public var rejected: [RejectedNode] = []
  /// The scorers that did not skip themselves.
  public var plugins: [ScorePlugin] = []
  /// The feasible nodes in the order in which they were found, with their scores.
  public var scored: [ScoredNode] = []

  /// Makes an empty explanation.
  public init() {}
}

/// The outcome of one scheduling cycle.
public struct Decision: Hashable, Sendable {
  /// The node to bind the pod to; nil when none is feasible.
  public var chosen: NodeID?
  /// How many feasible nodes were found.
  public var feasibleCount = 0
  /// All nodes with the highest total, in the order of their names.
  ///
  /// Holds only the chosen node when a nominated node or a lone feasible node was taken, and is
  /// not filled for decisions made without `explain`.
  public var best: [NodeID] = []
  /// The filters that refused a node, which decide what can wake the pod.
  public var rejecters: FilterPluginSet = []
  /// Whether some node refused in a way that preemption might turn.
  public var preemptionMightHelp = false
  /// Reasons and scores; only when they were asked for.
  public var explanation: Explanation?
  /// A fault that ended the cycle, such as a required node that does not exist.
  public var fault: String?
}
