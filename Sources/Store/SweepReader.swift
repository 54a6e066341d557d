internal import Foundation
internal import GRDB
internal import GantryModel

/// Reads sweeps and their samples back.
struct SweepReader {
  let db: Database
  let path: String

  /// The sweep at a position with its points and samples, without estimates; nil when there is none.
  func sweep(_ id: Int64) throws -> SweepRecord? {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM sweep WHERE id = ?", arguments: [id])
    else { return nil }
    var sweep = SweepRecord(
      scenario: row["scenario"], label: row["label"], programVersion: row["program_version"],
      catalogVersion: row["catalog_version"], seed: UInt64(bitPattern: row["seed"]),
      plan: try plan(row), axes: try axes(of: id))
    sweep.id = id
    sweep.createdAt = row["created_at"]
    sweep.pointCount = row["point_count"]
    sweep.isComplete = row["is_complete"]
    sweep.command = row["command"]
    sweep.shards = row["shards"]
    sweep.points = try points(of: id)
    return sweep
  }

  /// The paths of a sweep's axes in order.
  func axes(of id: Int64) throws -> [String] {
    try String.fetchAll(
      db, sql: "SELECT path FROM sweep_axis WHERE sweep_id = ? ORDER BY position", arguments: [id])
  }

  private func plan(_ row: Row) throws -> SweepPlan {
    var plan = SweepPlan()
    let measure: String = row["measure"]
    guard let known = SweepPlan.Measure(rawValue: measure) else {
      throw StoreError(.corrupt, path: path, detail: "measure is '\(measure)'")
    }
    plan.measure = known
    plan.replications = row["replications"]
    plan.precision = row["target_precision"]
    plan.mostReplications = row["most_replications"]
    plan.baseline = row["baseline"]
    let warmUp: String = row["warm_up"]
    switch warmUp {
    case "none": plan.warmUp = .none
    case "auto": plan.warmUp = .automatic
    default:
      guard warmUp.hasSuffix("s"), let seconds = Double(warmUp.dropLast()) else {
        throw StoreError(.corrupt, path: path, detail: "warm_up is '\(warmUp)'")
      }
      plan.warmUp = .seconds(seconds)
    }
    return plan
  }

  private func points(of id: Int64) throws -> [SweepPoint] {
    let sql = """
      SELECT p.position, p.replications, d.id, d.hash, d.region
      FROM sweep_point p JOIN sweep_design d ON d.id = p.design_id
      WHERE p.sweep_id = ? ORDER BY p.position
      """
    return try Row.fetchAll(db, sql: sql, arguments: [id]).map { row in
      let position: Int = row["position"]
      let values = try String.fetchAll(
        db, sql: "SELECT value FROM sweep_value WHERE sweep_id = ? AND point = ? ORDER BY axis",
        arguments: [id, position])
      var point = SweepPoint(
        position: position, values: values, designHash: row["hash"], region: row["region"])
      let design: Int64 = row["id"]
      point.pools = try pools(of: design)
      point.loads = try loads(of: design)
      point.samples = try samples(of: design)
      if let count = row["replications"] as Int? {
        point.samples.removeAll { $0.replication >= count }
      }
      return point
    }
  }

  private func pools(of design: Int64) throws -> [SweepPoint.Pool] {
    let sql = "SELECT * FROM sweep_design_pool WHERE design_id = ? ORDER BY position"
    return try Row.fetchAll(db, sql: sql, arguments: [design]).map {
      .init(name: $0["pool"], instanceType: $0["instance_type"], count: $0["nodes"])
    }
  }

  private func loads(of design: Int64) throws -> [SweepPoint.OfferedLoad] {
    let sql = "SELECT * FROM sweep_design_load WHERE design_id = ? ORDER BY position"
    return try Row.fetchAll(db, sql: sql, arguments: [design]).map {
      .init(resource: $0["resource"], share: $0["offered_share"])
    }
  }

  /// The samples of a design in order.
  func samples(ofHash hash: String) throws -> [PointSample] {
    let select = try db.cachedStatement(sql: "SELECT id FROM sweep_design WHERE hash = ?")
    return try Int64.fetchOne(select, arguments: [hash]).map(samples) ?? []
  }

  private func samples(of design: Int64) throws -> [PointSample] {
    struct Key: Hashable {
      var replication: Int
      var batch: Int
    }
    let pools = try db.cachedStatement(
      sql: """
        SELECT * FROM sweep_pool_sample WHERE design_id = ? ORDER BY replication, batch, position
        """)
    var uses: [Key: [PointSample.PoolUse]] = [:]
    let poolRows = try Row.fetchCursor(pools, arguments: [design])
    while let row = try poolRows.next() {
      uses[Key(replication: row["replication"], batch: row["batch"]), default: []].append(
        .init(pool: row["pool"], cpuUtilisation: row["cpu_utilisation"]))
    }
    let select = try db.cachedStatement(
      sql: "SELECT * FROM sweep_sample WHERE design_id = ? ORDER BY replication, batch")
    var found: [PointSample] = []
    let rows = try Row.fetchCursor(select, arguments: [design])
    while let row = try rows.next() {
      var sample = try sample(row)
      sample.pools = uses[Key(replication: sample.replication, batch: sample.batch)] ?? []
      found.append(sample)
    }
    return found
  }

  private func sample(_ row: Row) throws -> PointSample {
    var sample = PointSample(replication: row["replication"], batch: row["batch"])
    sample.runCount = row["runs"]
    sample.failedRuns = row["failed_runs"]
    sample.openRuns = row["open_runs"]
    sample.warmUpRuns = row["warm_up_runs"]
    sample.isSettled = row["is_settled"]
    sample.makespanSeconds = row["makespan_s"]
    sample.waitShare = row["wait_share"]
    sample.runUSD = row["run_usd"]
    sample.monthUSD = row["month_usd"]
    guard let mean = row["mean_run_s"] as Double? else { return sample }
    guard let all = RunTimesBlob.values(row["run_times"] as Data? ?? Data()) else {
      throw StoreError(.corrupt, path: path, detail: "run_times are no numbers")
    }
    sample.times = PointSample.RunTimes(
      mean: mean, p50: row["p50_run_s"], p95: row["p95_run_s"], p99: row["p99_run_s"],
      halves: (row["early_run_s"], row["late_run_s"]), all: all)
    return sample
  }
}
