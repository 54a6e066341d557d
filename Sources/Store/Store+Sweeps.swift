internal import GRDB
public import GantryModel

extension Store {
  /// Samples of one design.
  public struct SampleBatch: Sendable {
    public var designHash: String
    public var samples: [PointSample]

    /// Joins a design and its samples.
    public init(designHash: String, samples: [PointSample]) {
      self.designHash = designHash
      self.samples = samples
    }
  }

  /// The position of a sweep, made when none has the hash: the hash says what is asked, so that a
  /// sweep that was interrupted is found again.
  public func openSweep(_ sweep: SweepRecord, hash: String) throws(StoreError) -> Int64 {
    try write { db in try SweepWriter(db: db).sweep(sweep, hash: hash) }
  }

  /// Adds points to a sweep, in one transaction; those that are there stay.
  public func add(_ points: [SweepPoint], toSweep id: Int64) throws(StoreError) {
    try write { db in
      let writer = SweepWriter(db: db)
      for point in points { try writer.point(point, of: id) }
    }
  }

  /// Adds points that belong to no sweep, so that their samples can be stored; in one transaction.
  public func addDesigns(of points: [SweepPoint]) throws(StoreError) {
    try write { db in
      let writer = SweepWriter(db: db)
      for point in points { _ = try writer.design(of: point) }
    }
  }

  /// The samples stored of some designs, by hash; in order of replication and batch.
  public func samples(ofDesigns hashes: [String]) throws(StoreError) -> [String: [PointSample]] {
    try read { db in
      let reader = SweepReader(db: db, path: path)
      var found: [String: [PointSample]] = [:]
      for hash in hashes where found[hash] == nil { found[hash] = try reader.samples(ofHash: hash) }
      return found
    }
  }

  /// Adds samples in one transaction; those that another process stored meanwhile are equal.
  ///
  /// - Throws: `rejected` for a design that no point has; `diskFull`, `locked`, ….
  public func add(_ batches: [SampleBatch]) throws(StoreError) {
    try write { db in
      let writer = SweepWriter(db: db)
      for batch in batches { try writer.samples(batch.samples, of: batch.designHash) }
    }
  }

  /// Notes points as done whose sweep has others that are not.
  public func finishPoints(_ points: [SweepPoint], ofSweep id: Int64) throws(StoreError) {
    try write { db in try SweepWriter(db: db).finish(points, of: id) }
  }

  /// Notes a sweep as complete, with its estimates.
  public func finishSweep(_ sweep: SweepRecord, id: Int64) throws(StoreError) {
    try write { db in try SweepWriter(db: db).finish(sweep, id: id) }
  }

  /// The stored sweeps, the newest first.
  public func sweeps() throws(StoreError) -> [SweepSummary] {
    let sql = """
      SELECT w.*, (SELECT count(*) FROM sweep_point p
        WHERE p.sweep_id = w.id AND p.replications IS NOT NULL) AS done
      FROM sweep w ORDER BY id DESC
      """
    return try read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        let id: Int64 = row["id"]
        var summary = try SweepSummary(
          id: id, scenario: row["scenario"], label: row["label"], createdAt: row["created_at"],
          axes: SweepReader(db: db, path: path).axes(of: id), pointCount: row["point_count"],
          donePoints: row["done"], isComplete: row["is_complete"])
        summary.command = row["command"]
        summary.shards = row["shards"]
        return summary
      }
    }
  }

  /// The positions of points, from 0, that a sweep has and that are not done: never noted as such, or
  /// without samples that they should have.
  public func missingPoints(ofSweep id: Int64) throws(StoreError) -> [Int] {
    try read { db in
      guard
        let count = try Int.fetchOne(
          db, sql: "SELECT point_count FROM sweep WHERE id = ?", arguments: [id])
      else { throw StoreError(.notFound, path: path, detail: "\(id)") }
      let done = try Set(
        Int.fetchAll(
          db,
          sql: """
            SELECT position FROM sweep_point p WHERE sweep_id = ? AND replications = (
              SELECT count(DISTINCT s.replication) FROM sweep_sample s
              WHERE s.design_id = p.design_id AND s.replication < p.replications)
            """, arguments: [id]))
      return (0..<count).filter { !done.contains($0) }
    }
  }

  /// The sweep at a position, with its samples, without estimates.
  ///
  /// - Throws: `notFound`.
  public func loadSweep(id: Int64) throws(StoreError) -> SweepRecord {
    try read { db in
      guard let sweep = try SweepReader(db: db, path: path).sweep(id) else {
        throw StoreError(.notFound, path: path, detail: "\(id)")
      }
      return sweep
    }
  }

  /// The sweep that a user means: a label or a scenario's name (its newest), or a position; with its
  /// samples, without estimates.
  ///
  /// - Throws: `notFound`.
  public func loadSweep(_ reference: String) throws(StoreError) -> SweepRecord {
    try loadSweep(id: sweepPosition(of: reference))
  }

  /// The position of the sweep that a user means, as `loadSweep(_:)` finds it.
  ///
  /// - Throws: `notFound`.
  public func sweepPosition(of reference: String) throws(StoreError) -> Int64 {
    try read { db in
      func newest(_ condition: String) throws -> Int64? {
        try db.newest(of: "sweep", where: condition, reference)
      }
      if let id = try newest("label = ?") { return id }
      if Int64(reference) != nil, let id = try newest("id = ?") { return id }
      if let id = try newest("scenario = ?") { return id }
      throw StoreError(.notFound, path: path, detail: reference)
    }
  }

  /// Deletes a sweep, and samples that no other sweep has, those of `addDesigns(of:)` included.
  public func deleteSweep(_ id: Int64) throws(StoreError) {
    try write { db in
      try db.execute(sql: "DELETE FROM sweep WHERE id = ?", arguments: [id])
      try db.execute(
        sql: "DELETE FROM sweep_design WHERE id NOT IN (SELECT design_id FROM sweep_point)")
    }
  }
}
