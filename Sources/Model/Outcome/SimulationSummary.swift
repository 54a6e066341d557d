/// A stored simulation in a line, without its runs.
public struct SimulationSummary: Sendable, Hashable {
  /// The position in the store.
  public var id: Int64
  public var scenario: String
  public var label: String?
  /// When it was simulated, ISO 8601 in UTC.
  public var createdAt: String
  public var programVersion: String
  public var catalogVersion: String
  public var region: String
  public var seed: UInt64
  public var replicationCount: Int
  public var inputHash: String
  public var clusterOrigin: String
  public var makespanSeconds: Double
  /// PipelineRuns of the first replication, and those of them that did not succeed.
  public var runCount: Int
  public var failedRunCount: Int
  /// The mean duration of the runs that ended; nil when none did.
  public var meanRunSeconds: Double?
  public var totalUSD: Double
  public var monthlyUSD: Double

  /// Makes a summary.
  public init(
    id: Int64, scenario: String, label: String?, createdAt: String, programVersion: String,
    catalogVersion: String, region: String, seed: UInt64, replicationCount: Int,
    inputHash: String, clusterOrigin: String, makespanSeconds: Double, runCount: Int,
    failedRunCount: Int, meanRunSeconds: Double?, totalUSD: Double, monthlyUSD: Double
  ) {
    self.id = id
    self.scenario = scenario
    self.label = label
    self.createdAt = createdAt
    self.programVersion = programVersion
    self.catalogVersion = catalogVersion
    self.region = region
    self.seed = seed
    self.replicationCount = replicationCount
    self.inputHash = inputHash
    self.clusterOrigin = clusterOrigin
    self.makespanSeconds = makespanSeconds
    self.runCount = runCount
    self.failedRunCount = failedRunCount
    self.meanRunSeconds = meanRunSeconds
    self.totalUSD = totalUSD
    self.monthlyUSD = monthlyUSD
  }
}
