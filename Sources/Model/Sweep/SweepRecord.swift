/// A sweep with its points: what is stored, shown and exported.
public struct SweepRecord: Sendable, Hashable {
  /// The position in the store; nil when it was not stored.
  public var id: Int64?
  public var scenario: String
  /// The user's name for it; nil when none was given.
  public var label: String?
  /// ISO 8601 in UTC; empty in output that must be repeatable.
  public var createdAt = ""
  public var programVersion: String
  public var catalogVersion: String
  public var seed: UInt64
  public var plan: SweepPlan
  /// The paths of the axes, in the order in which the points run through them.
  public var axes: [String]
  /// The points there are, those included that are not simulated yet.
  public var pointCount = 0
  public var points: [SweepPoint] = []
  /// Whether every point has all its samples.
  public var isComplete = false
  /// What to type to ask the same again, without options that change no result; nil when unknown.
  public var command: String?
  /// Into how many shards the points were dealt; nil when one process has all of them.
  public var shards: Int?

  /// Makes a sweep without points.
  public init(
    scenario: String, label: String?, programVersion: String, catalogVersion: String,
    seed: UInt64, plan: SweepPlan, axes: [String]
  ) {
    self.scenario = scenario
    self.label = label
    self.programVersion = programVersion
    self.catalogVersion = catalogVersion
    self.seed = seed
    self.plan = plan
    self.axes = axes
  }

  /// What the sweep is called: its label, else the scenario.
  public var name: String { label ?? scenario }
}

/// One choice of a sweep: what is set on each axis, and what came of it.
public struct SweepPoint: Sendable, Hashable {
  /// From 0, in the order of the grid; people count from 1.
  public var position: Int
  /// By axis.
  public var values: [String]
  /// SHA-256 of everything a sample depends on but the replication, in hex.
  public var designHash: String
  public var region: String
  /// Workers and control plane: pool, type and number.
  public var pools: [Pool] = []
  /// Work that comes in, as a share of what the cluster can do, by what limits it; known before
  /// anything is simulated, and none when runs do not keep coming.
  public var loads: [OfferedLoad] = []
  public var samples: [PointSample] = []
  /// Over replications, when the last run of one was created, in seconds; known where the warm-up left
  /// no runs to count.
  public var lastCreations: ClosedRange<Double>?
  public var estimates = PointEstimates()

  /// Nodes of one kind.
  public struct Pool: Sendable, Hashable {
    public var name: String
    public var instanceType: String
    public var count: Int

    /// Joins pool, type and number.
    public init(name: String, instanceType: String, count: Int) {
      self.name = name
      self.instanceType = instanceType
      self.count = count
    }
  }

  /// Work offered to one thing that limits it.
  public struct OfferedLoad: Sendable, Hashable {
    /// `all processors`, `arm64 processors`, `processors of pool builders` or `controller requests`.
    public var resource: String
    /// 1 and above cannot be kept up with.
    public var share: Double

    /// Joins what limits and the share.
    public init(resource: String, share: Double) {
      self.resource = resource
      self.share = share
    }
  }

  /// Makes a point without results.
  public init(position: Int, values: [String], designHash: String, region: String) {
    self.position = position
    self.values = values
    self.designHash = designHash
    self.region = region
  }

  /// Whether more work is offered than can be done, as long as runs come in.
  public var isOverloaded: Bool { loads.contains { $0.share >= 1 } }

  /// The replications that its samples are of.
  public var replications: Int { Set(samples.map(\.replication)).count }
}
