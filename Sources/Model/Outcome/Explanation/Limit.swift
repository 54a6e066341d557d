public import GantryUnits

/// What kept work from going faster.
public struct Limit: Sendable, Hashable {
  /// The kinds of limits.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The work's own number of threads, at the speed of one of the node's threads.
    case ownThreads
    /// The cpu limit of the pod.
    case podLimit
    /// All processors of the node.
    case processors
    /// The node's network card.
    case network
    /// What EC2 lets a node send to or get from the internet.
    case internet
    /// The node's root volume, once its page cache is full.
    case rootVolume
    /// Copying in the node's memory.
    case memory
    /// The instance's own link to EBS.
    case ebsLink
    /// What an instance's link to EBS takes of operations a second.
    case ebsOperations
    /// A block volume's throughput.
    case blockVolume
    /// A block volume's operations a second.
    case blockOperations
    /// A file system's throughput.
    case fileSystemThroughput
    /// What a file system gives one client.
    case fileSystemClient
    /// A file system's operations a second.
    case fileSystemOperations
    /// How long each operation on a file system takes.
    case fileSystemLatency
    /// What a file system takes from one stream of writes, each waited for.
    case fileSystemStream
    /// What a server outside gives each connection.
    case connection
    /// What a server gives all connections together.
    case server
    /// Requests a second that a server answers.
    case serverRequests
    /// The node or the volume that a registry in the cluster runs on.
    case serverStorage
    /// Time that passes whatever the machine: sleeping, or waiting for answers of a server.
    case fixedTime
  }

  public var kind: Kind
  /// The node, file system or server; nil where there is nothing to name.
  public var name: String?
  /// The threads of `ownThreads`.
  public var threads: Double?

  /// Makes a limit.
  public init(_ kind: Kind, _ name: String? = nil, threads: Double? = nil) {
    self.kind = kind
    self.name = name
    self.threads = threads
  }
}

/// How long something was the limit.
public struct LimitShare: Sendable, Hashable {
  public var limit: Limit
  public var span: Span
  /// The most other work that shared it at the same time.
  public var others: Int

  /// Makes a share.
  public init(limit: Limit, span: Span, others: Int) {
    self.limit = limit
    self.span = span
    self.others = others
  }
}

extension [LimitShare] {
  /// Adds a stretch during which `limit` was the limit, with so much other work on it.
  public mutating func add(_ limit: Limit, for span: Span, others: Int) {
    if let known = firstIndex(where: { $0.limit == limit }) {
      self[known].span += span
      self[known].others = Swift.max(self[known].others, others)
    } else {
      append(LimitShare(limit: limit, span: span, others: others))
    }
  }

  /// All stretches together.
  public var total: Span { reduce(.zero) { $0 + $1.span } }
}
