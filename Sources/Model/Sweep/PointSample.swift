/// What one replication of a sweep's point came to, or one batch of a single long replication.
public struct PointSample: Sendable, Hashable {
  public var replication: Int
  /// The batch, counted from 0; 0 as well for a whole replication.
  public var batch: Int
  /// Runs that ended and count: those of the warm-up do not.
  public var runCount = 0
  /// Runs that ended without success, among those that count.
  public var failedRuns = 0
  /// Runs that had not ended when the simulation did.
  public var openRuns = 0
  /// Runs left out at the start, as warm-up.
  public var warmUpRuns = 0
  /// False when the start could not be told from the steady state: the series is too short.
  public var isSettled = true
  public var makespanSeconds = 0.0
  /// Nil when no run ended.
  public var times: RunTimes?
  /// Time that TaskRuns waited for a node, of all the time from ready to completion.
  public var waitShare = 0.0
  /// The bill of the simulated time divided by all runs created in it.
  public var runUSD = 0.0
  public var monthUSD = 0.0
  public var pools: [PoolUse] = []

  /// Run times in seconds.
  public struct RunTimes: Sendable, Hashable, Codable {
    public var mean: Double
    public var p50: Double
    public var p95: Double
    public var p99: Double
    /// The mean of the earlier and of the later half, in order of creation.
    public var earlyMean: Double
    public var lateMean: Double
    /// All of them ascending, where there are too few for a p99 of their own; else none.
    public var all: [Double]

    /// Joins the figures.
    public init(
      mean: Double, p50: Double, p95: Double, p99: Double, halves: (early: Double, late: Double),
      all: [Double]
    ) {
      self.mean = mean
      self.p50 = p50
      self.p95 = p95
      self.p99 = p99
      earlyMean = halves.early
      lateMean = halves.late
      self.all = all
    }
  }

  /// How busy the nodes of a pool were.
  public struct PoolUse: Sendable, Hashable {
    public var pool: String
    /// The share of what their processors offered, the platform's own load included.
    public var cpuUtilisation: Double

    /// Joins pool and share.
    public init(pool: String, cpuUtilisation: Double) {
      self.pool = pool
      self.cpuUtilisation = cpuUtilisation
    }
  }

  /// Makes an empty sample.
  public init(replication: Int, batch: Int = 0) {
    self.replication = replication
    self.batch = batch
  }
}
