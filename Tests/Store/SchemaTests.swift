import Foundation
import GRDB
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryStore

@Suite struct SchemaTests {
  let folder = TemporaryFolder()

  private func page() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("Sources/Store/GantryStore.docc/Schema.md"),
      encoding: .utf8)
  }

  /// A store with samples of every use.
  private func filled() throws -> Store {
    let store = try Store(path: folder.path("a.sqlite"))
    try store.save(contentsOf: Sample.allCases.map(\.record))
    return store
  }

  @Test("every table, view and column is documented, and the reverse")
  func documentation() throws {
    var documented: [String: [String]] = [:]
    for section in try page().components(separatedBy: "\n### ").dropFirst() {
      let lines = section.split(separator: "\n")
      let columns = lines.filter { $0.hasPrefix("| `") }.map {
        String($0.dropFirst(3).prefix { $0 != "`" })
      }
      documented[String(lines[0])] = columns
    }
    let actual = try filled().read { db in
      let names = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')
          AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
          """)
      return try Dictionary(
        uniqueKeysWithValues: names.map { name in
          (name, try db.columns(in: name).map(\.name))
        })
    }
    #expect(documented == actual)
  }

  @Test("the example queries answer")
  func examples() throws {
    let queries = try page().components(separatedBy: "```sql\n").dropFirst().map {
      String($0.components(separatedBy: "```")[0])
    }
    #expect(queries.count == 5)
    let store = try filled()
    for query in queries {
      let rows = try store.read { try Row.fetchAll($0, sql: query) }
      #expect(!rows.isEmpty, "\(query)")
    }
  }

  @Test("all tables are STRICT and keep their references")
  func strictness() throws {
    try filled().read { db in
      let loose = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM pragma_table_list
          WHERE type = 'table' AND schema = 'main' AND NOT strict
          AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
          """)
      #expect(loose.isEmpty)
      #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
      #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
    }
  }

  @Test("the view of nodes under pressure counts their events")
  func nodePressure() throws {
    try filled().read { db in
      // master-0: 12 of 32 GiB; worker-arm64-a has all events of the sample, from 31.5 s on.
      let lines = try String.fetchAll(
        db,
        sql: """
          SELECT node || ' ' || peak_memory_share || ' ' || peak_disk_share || ' ' || evicted || ' ' ||
            refused || ' ' || oom_killed || ' ' || image_collections || coalesce(' ' || first_s, '')
            FROM v_node_pressure WHERE label = 'broken' ORDER BY node
          """)
      #expect(
        lines == [
          "master-0 0.375 0.35 0 0 0 0", "worker-amd64-a 0.125 0.225 0 0 0 0",
          "worker-arm64-a 0.125 0.225 1 0 1 1 31.5",
        ])
    }
  }

  @Test("views add up as the model does")
  func views() throws {
    let record = Sample.burst.record
    let store = try Store(path: folder.path("a.sqlite"))
    let id = try store.save(record)
    try store.read { db in
      let row = try #require(
        try Row.fetchOne(
          db, sql: "SELECT * FROM v_simulations WHERE simulation_id = ?", arguments: [id]))
      #expect(row["runs"] == 24)
      #expect(row["total_usd"] == record.cost.totalUSD)
      #expect(row["monthly_usd"] == record.cost.monthlyUSD)
      let layout = try #require(try Row.fetchOne(db, sql: "SELECT * FROM v_layouts"))
      let sorted = record.runs.compactMap(\.durationSeconds).sorted()
      // Nearest ranks of 24: the 12th and, as 22.8 is rounded up, the 23rd.
      #expect(layout["p50_run_s"] == sorted[11])
      #expect(layout["p95_run_s"] == sorted[22])
      let counts = try #require(try Row.fetchOne(db, sql: "SELECT * FROM v_node_counts"))
      #expect(counts["amd64_nodes"] == 1 && counts["arm64_nodes"] == 1)
      let workers = try String.fetchOne(db, sql: "SELECT workers FROM v_instances")
      #expect(workers == "1 x m5a.2xlarge, 1 x m6g.2xlarge")
      let shares = try Double.fetchAll(db, sql: "SELECT share FROM v_critical_path")
      #expect((shares.reduce(0, +) - 1).magnitude < 1e-12)
    }
  }
}
