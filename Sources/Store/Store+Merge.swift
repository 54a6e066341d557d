internal import Foundation
internal import GRDB
internal import GantryModel

extension Store {
  /// What a merge took in.
  public struct Merged: Sendable, Hashable {
    public var simulations = 0
    public var samples = 0
  }

  /// Takes in what another store has and this one has not, in one transaction.
  ///
  /// Results of `simulate` are the same if inputs, label and time of making are; sweeps if they ask
  /// the same question; samples if they are of the same design, replication and batch.
  /// - Throws: `missing`, `notAStore`, … of the other store; `readOnly` when its tables are of an
  ///   earlier version; `diskFull`, `locked`, … of this one.
  public func merge(_ otherPath: String) throws(StoreError) -> Merged {
    let other = try Store(path: otherPath, access: .readOnly)
    var merged = Merged()
    merged.simulations = try mergeSimulations(of: other)
    try other.close()
    merged.samples = try mergeSweeps(in: otherPath)
    return merged
  }

  private func mergeSimulations(of other: Store) throws(StoreError) -> Int {
    var count = 0
    for summary in try other.list().reversed() {
      let record = try other.load(id: summary.id)
      let isKnown = try read { db in
        try Bool.fetchOne(
          db,
          sql: """
            SELECT EXISTS (SELECT 1 FROM simulation
              WHERE input_hash = ? AND label IS ? AND created_at = ?)
            """, arguments: [record.inputHash, record.label, record.createdAt]) ?? false
      }
      if isKnown { continue }
      try save(record)
      count += 1
    }
    return count
  }

  /// Copies rows from file to file; the number of samples that are new.
  private func mergeSweeps(in otherPath: String) throws(StoreError) -> Int {
    do {
      return try queue.writeWithoutTransaction { db in
        try db.execute(sql: "ATTACH DATABASE ? AS other", arguments: [otherPath])
        defer { try? db.execute(sql: "DETACH DATABASE other") }
        var samples = 0
        try db.inTransaction(.immediate) {
          let count = "SELECT count(*) FROM main.sweep_sample"
          let before = try Int.fetchOne(db, sql: count) ?? 0
          for statement in SweepMerge.statements { try db.execute(sql: statement) }
          samples = (try Int.fetchOne(db, sql: count) ?? 0) - before
          return .commit
        }
        return samples
      }
    } catch {
      throw StoreError(error, path: path)
    }
  }
}

/// Copies the rows of sweeps from the database `other`; rows have other numbers there, so designs and
/// sweeps are matched by their hashes.
enum SweepMerge {
  static let statements = designs + sweeps

  /// `JOIN`s that give `mine.id` of a design `theirs`.
  private static let design = """
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
        measure, replications, target_precision, most_replications, warm_up, baseline, point_count, 0
      FROM other.sweep WHERE hash NOT IN (SELECT hash FROM main.sweep) ORDER BY id
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
