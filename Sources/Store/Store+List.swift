internal import GRDB
public import GantryModel

/// Which stored simulations a list holds; nil takes all.
public struct StoreFilter: Sendable, Hashable {
  public var scenario: String?
  public var label: String?
  public var region: String?
  /// At most this many, the newest.
  public var limit: Int?

  /// Makes a filter.
  public init(
    scenario: String? = nil, label: String? = nil, region: String? = nil, limit: Int? = nil
  ) {
    self.scenario = scenario
    self.label = label
    self.region = region
    self.limit = limit
  }
}

extension Store {
  /// The stored simulations that fit, newest first.
  public func list(
    _ filter: StoreFilter = StoreFilter()
  ) throws(StoreError) -> [SimulationSummary] {
    let sql = """
      SELECT s.*, v.runs, v.failed_runs, v.mean_run_s, v.total_usd, v.monthly_usd
      FROM simulation s JOIN v_simulations v ON v.simulation_id = s.id
      WHERE (?1 IS NULL OR s.scenario = ?1) AND (?2 IS NULL OR s.label = ?2)
        AND (?3 IS NULL OR s.region = ?3)
      ORDER BY s.id DESC LIMIT coalesce(?4, -1)
      """
    return try read { db in
      try Row.fetchAll(
        db, sql: sql, arguments: [filter.scenario, filter.label, filter.region, filter.limit]
      ).map(Store.summary)
    }
  }

  /// The newest record of each scenario and label that fits, oldest first: what is compared when
  /// nothing else is asked for.
  public func latest(
    _ filter: StoreFilter = StoreFilter()
  ) throws(StoreError) -> [SimulationSummary] {
    var seen: Set<[String?]> = []
    let newest = try list(filter).filter { seen.insert([$0.scenario, $0.label]).inserted }
    return newest.reversed()
  }

  private static func summary(_ row: Row) -> SimulationSummary {
    SimulationSummary(
      id: row["id"], scenario: row["scenario"], label: row["label"],
      createdAt: row["created_at"], programVersion: row["program_version"],
      catalogVersion: row["catalog_version"], region: row["region"],
      seed: UInt64(bitPattern: row["seed"]), replicationCount: row["replication_count"],
      inputHash: row["input_hash"], clusterOrigin: row["cluster_origin"],
      makespanSeconds: row["makespan_s"], runCount: row["runs"],
      failedRunCount: row["failed_runs"], meanRunSeconds: row["mean_run_s"],
      totalUSD: row["total_usd"], monthlyUSD: row["monthly_usd"])
  }
}
