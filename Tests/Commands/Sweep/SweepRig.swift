import Foundation
import GRDB
import Testing

/// A small sweep of naps under random arrivals, and what its stores hold.
struct SweepRig {
  let gantry: Gantry

  /// Six points; one simulation of a point takes milliseconds.
  init(replications: Int = 30) throws {
    gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests())
    try gantry.write(
      "scenario.yaml",
      """
      name: naps
      manifests: [naps.yaml]
      controlPlane: {schedulable: false}
      replications: \(replications)
      workload:
      - {ratePerHour: 240, count: 20}
      axes:
        nodes.arm64.count: [1, 2]
        nodes.arm64.type: [m6g.large, c7g.large, m7g.large]

      """)
  }

  func store(_ name: String) -> String { gantry.folder.appendingPathComponent(name).path }

  /// Sweeps to the end.
  @discardableResult
  func sweep(_ store: String, _ arguments: String...) throws -> Gantry.Result {
    let result = try gantry.run(["sweep", ".", "--store", self.store(store)] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result
  }

  /// All rows about sweeps with hashes instead of numbers of rows, and without the time of making.
  func rows(_ store: String) throws -> [String] {
    let queue = try DatabaseQueue(path: self.store(store))
    return try queue.read { db in
      #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"])
      #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
      return try Self.questions.flatMap { sql in
        try Row.fetchAll(db, sql: sql).map { row in
          row.filter { !Self.noResults.contains($0.0) }.map { "\($0.0)=\($0.1)" }
            .joined(separator: " ")
        }.sorted()
      }
    }
  }

  /// How many samples a store has; 0 while there is none.
  func samples(_ store: String) -> Int {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try? DatabaseQueue(path: self.store(store), configuration: configuration)
    let count = try? queue?.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sweep_sample") }
    return count ?? 0
  }

  /// Numbers of rows, the time of making, and how the points were dealt out.
  private static let noResults: Set<String> = [
    "id", "design_id", "sweep_id", "created_at", "shards",
  ]

  private static let questions = [
    "SELECT hash, region FROM sweep_design ORDER BY hash",
    "SELECT d.hash, t.* FROM sweep_design_pool t JOIN sweep_design d ON d.id = t.design_id",
    "SELECT d.hash, t.* FROM sweep_design_load t JOIN sweep_design d ON d.id = t.design_id",
    "SELECT d.hash, t.* FROM sweep_sample t JOIN sweep_design d ON d.id = t.design_id",
    "SELECT d.hash, t.* FROM sweep_pool_sample t JOIN sweep_design d ON d.id = t.design_id",
    "SELECT * FROM sweep",
    "SELECT w.hash, t.* FROM sweep_axis t JOIN sweep w ON w.id = t.sweep_id",
    """
    SELECT w.hash, d.hash AS design, t.* FROM sweep_point t JOIN sweep w ON w.id = t.sweep_id
      JOIN sweep_design d ON d.id = t.design_id
    """,
    "SELECT w.hash, t.* FROM sweep_value t JOIN sweep w ON w.id = t.sweep_id",
    "SELECT w.hash, t.* FROM sweep_estimate t JOIN sweep w ON w.id = t.sweep_id",
  ]
}
