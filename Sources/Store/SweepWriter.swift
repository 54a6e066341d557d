internal import GRDB
internal import GantryModel

/// Writes the rows of sweeps; what is there already stays as it is.
struct SweepWriter {
  let db: Database

  /// The row of a sweep, made when there is none of its hash.
  func sweep(_ sweep: SweepRecord, hash: String) throws -> Int64 {
    let known = try Int64.fetchOne(
      db, sql: "SELECT id FROM sweep WHERE hash = ?", arguments: [hash])
    if let known {
      try db.execute(
        sql: """
          UPDATE sweep SET command = coalesce(command, ?), shards = coalesce(shards, ?) WHERE id = ?
          """, arguments: [sweep.command, sweep.shards, known])
      return known
    }
    let plan = sweep.plan
    try db.execute(
      sql: """
        INSERT INTO sweep VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
        """,
      arguments: [
        hash, sweep.scenario, sweep.label, sweep.createdAt, sweep.programVersion,
        sweep.catalogVersion, Int64(bitPattern: sweep.seed), plan.measure.rawValue,
        plan.replications, plan.precision, plan.mostReplications, plan.warmUp.text, plan.baseline,
        sweep.pointCount, sweep.command, sweep.shards,
      ])
    let id = db.lastInsertedRowID
    for (position, path) in sweep.axes.enumerated() {
      try db.execute(
        sql: "INSERT INTO sweep_axis VALUES (?, ?, ?)", arguments: [id, position, path])
    }
    return id
  }

  /// A point with its values and its design.
  func point(_ point: SweepPoint, of sweep: Int64) throws {
    let design = try design(of: point)
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO sweep_point VALUES (?, ?, ?, NULL, NULL, NULL)"
    ).execute(arguments: [sweep, point.position, design])
    let insert = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO sweep_value VALUES (?, ?, ?, ?)")
    for (axis, value) in point.values.enumerated() {
      try insert.execute(arguments: [sweep, point.position, axis, value])
    }
  }

  /// The row of a point's design, made when there is none of its hash.
  func design(of point: SweepPoint) throws -> Int64 {
    if let known = try designID(point.designHash) { return known }
    try db.cachedStatement(sql: "INSERT INTO sweep_design VALUES (NULL, ?, ?)")
      .execute(arguments: [point.designHash, point.region])
    let id = db.lastInsertedRowID
    let pools = try db.cachedStatement(
      sql: "INSERT INTO sweep_design_pool VALUES (?, ?, ?, ?, ?)")
    for (position, pool) in point.pools.enumerated() {
      try pools.execute(arguments: [id, position, pool.name, pool.instanceType, pool.count])
    }
    let loads = try db.cachedStatement(sql: "INSERT INTO sweep_design_load VALUES (?, ?, ?, ?)")
    for (position, load) in point.loads.enumerated() {
      try loads.execute(arguments: [id, position, load.resource, load.share])
    }
    return id
  }

  private func designID(_ hash: String) throws -> Int64? {
    let select = try db.cachedStatement(sql: "SELECT id FROM sweep_design WHERE hash = ?")
    return try Int64.fetchOne(select, arguments: [hash])
  }

  /// Samples of a design that is stored.
  func samples(_ samples: [PointSample], of hash: String) throws {
    guard let design = try designID(hash) else {
      throw DatabaseError(resultCode: .SQLITE_CONSTRAINT, message: "no design \(hash) is stored")
    }
    let marks = Array(repeating: "?", count: 19).joined(separator: ", ")
    let insert = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO sweep_sample VALUES (\(marks))")
    let insertPool = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO sweep_pool_sample VALUES (?, ?, ?, ?, ?, ?)")
    for sample in samples {
      let times = sample.times
      try insert.execute(arguments: [
        design, sample.replication, sample.batch, sample.runCount, sample.failedRuns,
        sample.openRuns, sample.warmUpRuns, sample.isSettled, sample.makespanSeconds, times?.mean,
        times?.p50, times?.p95, times?.p99, times?.earlyMean, times?.lateMean,
        times.map { RunTimesBlob.data($0.all) }, sample.waitShare, sample.runUSD, sample.monthUSD,
      ])
      for (position, use) in sample.pools.enumerated() {
        try insertPool.execute(arguments: [
          design, sample.replication, sample.batch, position, use.pool, use.cpuUtilisation,
        ])
      }
    }
  }

  /// Notes how many replications points have that are done.
  func finish(_ points: [SweepPoint], of id: Int64) throws {
    let update = try db.cachedStatement(
      sql: "UPDATE sweep_point SET replications = ? WHERE sweep_id = ? AND position = ?")
    for point in points {
      try update.execute(arguments: [point.replications, id, point.position])
    }
  }

  /// The estimates of a sweep that is complete.
  func finish(_ sweep: SweepRecord, id: Int64) throws {
    try db.execute(sql: "UPDATE sweep SET is_complete = 1 WHERE id = ?", arguments: [id])
    try db.execute(sql: "DELETE FROM sweep_estimate WHERE sweep_id = ?", arguments: [id])
    let update = try db.cachedStatement(
      sql: """
        UPDATE sweep_point SET replications = ?, standing = ?, caveats = ?
        WHERE sweep_id = ? AND position = ?
        """)
    let insert = try db.cachedStatement(
      sql: "INSERT INTO sweep_estimate VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for point in sweep.points {
      let found = point.estimates
      try update.execute(arguments: [
        point.replications, found.standing.rawValue,
        found.caveats.map(\.rawValue).joined(separator: ", "), id, point.position,
      ])
      for row in Self.rows(found) {
        try insert.execute(arguments: [
          id, point.position, row.measure, row.value.value, row.value.halfWidth,
          row.difference?.change.value, row.difference?.change.halfWidth,
          row.difference?.adjustedP,
        ])
      }
    }
  }

  private static func rows(
    _ found: PointEstimates
  ) -> [(measure: String, value: Estimate, difference: PairedDifference?)] {
    let fixed: [(String, Estimate?, PairedDifference?)] = [
      ("mean_run_s", found.mean, found.meanDifference),
      ("p50_run_s", found.p50, found.p50Difference),
      ("p95_run_s", found.p95, found.p95Difference),
      ("p99_run_s", found.p99, found.p99Difference),
      ("makespan_s", found.makespan, found.makespanDifference),
      ("wait_share", found.waitShare, found.waitShareDifference),
      ("run_usd", found.runUSD, found.runUSDDifference),
      ("month_usd", found.monthUSD, found.monthUSDDifference),
    ]
    return fixed.compactMap { name, value, difference in value.map { (name, $0, difference) } }
      + found.utilisation.map { ("cpu_utilisation \($0.pool)", $0.share, nil) }
  }
}
