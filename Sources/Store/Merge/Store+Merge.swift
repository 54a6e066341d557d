internal import GRDB
internal import GantryModel

extension Store {
  /// What a merge took in.
  public struct Merged: Sendable, Hashable {
    public var simulations = 0
    public var samples = 0
  }

  /// What came of a merge.
  public enum MergeResult: Sendable, Hashable {
    case merged(Merged)
    /// The stores contradict each other: nothing was taken in.
    case refused(Contradiction)
  }

  /// Takes in what another store has and this one has not, in one transaction: all of it, or nothing
  /// where the two have different results of the same inputs.
  ///
  /// Results of `simulate` are the same if inputs, label and time of making are; sweeps if they ask
  /// the same question; samples if they are of the same design, replication and batch.
  /// - Throws: `missing`, `notAStore`, … of the other store; `readOnly` when its tables are of an
  ///   earlier version; `diskFull`, `locked`, … of this one.
  public func merge(_ otherPath: String) throws(StoreError) -> MergeResult {
    let other = try Store(path: otherPath, access: .readOnly)
    let result: MergeResult
    do {
      result = try queue.writeWithoutTransaction { db in
        try db.execute(sql: "ATTACH DATABASE ? AS other", arguments: [otherPath])
        defer {
          // In this order: a reader that is the last to leave could not remove the files beside.
          try? other.close()
          try? db.execute(sql: "DETACH DATABASE other")
        }
        var result = MergeResult.merged(Merged())
        try db.inTransaction(.immediate) {
          if let found = try SampleComparison(db: db).contradiction() {
            result = .refused(found)
            return .rollback
          }
          switch try takeSimulations(of: other, db) {
          case .refused(let found):
            result = .refused(found)
            return .rollback
          case .merged(var merged):
            merged.samples = try SweepMerge.run(db)
            result = .merged(merged)
            return .commit
          }
        }
        return result
      }
    } catch {
      throw StoreError(error, path: path)
    }
    return result
  }

  /// Whether another store has what a contradiction is of.
  public func isKnown(
    _ subject: Contradiction.Subject, in otherPath: String
  ) throws(StoreError) -> Bool {
    do {
      return try queue.writeWithoutTransaction { db in
        try db.execute(sql: "ATTACH DATABASE ? AS other", arguments: [otherPath])
        defer { try? db.execute(sql: "DETACH DATABASE other") }
        return try SampleComparison(db: db).isKnown(subject)
      }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Adds the results of `simulate` that are new, as long as those of the same inputs are the same.
  private func takeSimulations(of other: Store, _ db: Database) throws -> MergeResult {
    var merged = Merged()
    let reader = RecordReader(db: db, path: path)
    let writer = RecordWriter(db)
    for summary in try other.list().reversed() {
      let record = try other.load(id: summary.id)
      let known = try Row.fetchAll(
        db,
        sql: """
          SELECT id, label IS ? AND created_at = ? AS is_same FROM simulation WHERE input_hash = ?
          ORDER BY id
          """, arguments: [record.label, record.createdAt, record.inputHash])
      if let id = known.first?["id"] as Int64?, let own = try reader.read(id),
        let found = Contradiction(record, against: own)
      {
        return .refused(found)
      }
      if known.contains(where: { $0["is_same"] }) { continue }
      _ = try writer.write(record)
      merged.simulations += 1
    }
    return .merged(merged)
  }
}

/// Copies the rows of sweeps from the database `other`; rows have other numbers there, so designs and
/// sweeps are matched by their hashes.
enum SweepMerge {
  /// Copies what is new, in the transaction under way; the number of samples.
  static func run(_ db: Database) throws -> Int {
    let count = "SELECT count(*) FROM main.sweep_sample"
    let before = try Int.fetchOne(db, sql: count) ?? 0
    for statement in designs + sweeps { try db.execute(sql: statement) }
    return (try Int.fetchOne(db, sql: count) ?? 0) - before
  }

  /// `JOIN`s that give `mine.id` of a design `theirs`.
  static let design = """
    JOIN other.sweep_design theirs ON theirs.id = t.design_id
      JOIN main.sweep_design mine ON mine.hash = theirs.hash
    """

  private static let sweep = """
    JOIN other.sweep theirs ON theirs.id = t.sweep_id
      JOIN main.sweep mine ON mine.hash = theirs.hash
    """

  private static let designs = [
    """
    INSERT INTO main.sweep_design (hash, region)
      SELECT hash, region FROM other.sweep_design
      WHERE hash NOT IN (SELECT hash FROM main.sweep_design) ORDER BY id
    """,
    """
    INSERT OR IGNORE INTO main.sweep_design_pool
      SELECT mine.id, t.position, t.pool, t.instance_type, t.nodes
      FROM other.sweep_design_pool t \(design)
    """,
    """
    INSERT OR IGNORE INTO main.sweep_design_load
      SELECT mine.id, t.position, t.resource, t.offered_share
      FROM other.sweep_design_load t \(design)
    """,
    """
    INSERT OR IGNORE INTO main.sweep_sample
      SELECT mine.id, t.replication, t.batch, t.runs, t.failed_runs, t.open_runs, t.warm_up_runs,
        t.is_settled, t.makespan_s, t.mean_run_s, t.p50_run_s, t.p95_run_s, t.p99_run_s,
        t.early_run_s, t.late_run_s, t.run_times, t.wait_share, t.run_usd, t.month_usd
      FROM other.sweep_sample t \(design)
    """,
    """
    INSERT OR IGNORE INTO main.sweep_pool_sample
      SELECT mine.id, t.replication, t.batch, t.position, t.pool, t.cpu_utilisation
      FROM other.sweep_pool_sample t \(design)
    """,
  ]

  private static let sweeps = [
    """
    INSERT INTO main.sweep
      SELECT NULL, hash, scenario, label, created_at, program_version, catalog_version, seed,
        measure, replications, target_precision, most_replications, warm_up, baseline, point_count, 0,
        command, shards
      FROM other.sweep WHERE true ORDER BY id
      ON CONFLICT (hash) DO UPDATE SET command = coalesce(command, excluded.command),
        shards = coalesce(shards, excluded.shards)
    """,
    """
    INSERT OR IGNORE INTO main.sweep_axis
      SELECT mine.id, t.position, t.path FROM other.sweep_axis t \(sweep)
    """,
    """
    INSERT INTO main.sweep_point
      SELECT mine.id, t.position, own.id, t.replications, NULL, NULL
      FROM other.sweep_point t \(sweep)
        JOIN other.sweep_design design ON design.id = t.design_id
        JOIN main.sweep_design own ON own.hash = design.hash
      WHERE true ON CONFLICT (sweep_id, position) DO UPDATE
        SET replications = coalesce(replications, excluded.replications)
    """,
    """
    INSERT OR IGNORE INTO main.sweep_value
      SELECT mine.id, t.point, t.axis, t.value FROM other.sweep_value t \(sweep)
    """,
  ]
}
