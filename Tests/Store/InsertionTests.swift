import GRDB
import Testing

@testable import GantryStore

@Suite struct InsertionTests {
  private func table(_ columns: String) throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    try queue.write { try $0.execute(sql: "CREATE TABLE t (\(columns)) STRICT") }
    return queue
  }

  @Test("values of every kind arrive as they are")
  func kinds() throws {
    let queue = try table("i INTEGER, n INTEGER, b INTEGER, r REAL, s TEXT, e TEXT, x TEXT, y REAL")
    try queue.write { db in
      let insertion = Insertion(into: "t", columns: 8, db)
      try insertion.insert(
        Int64.min, -7, true, 0.1, "ünïcode 日本語 '\"; --", "", String?.none, Double?(1e300))
      let row = try #require(try Row.fetchOne(db, sql: "SELECT * FROM t"))
      #expect(row["i"] == Int64.min && row["n"] == -7 && row["b"] == 1 && row["r"] == 0.1)
      #expect(row["s"] == "ünïcode 日本語 '\"; --" && row["y"] == 1e300)
      #expect(try String.fetchOne(db, sql: "SELECT typeof(e) || typeof(x) FROM t") == "textnull")
    }
  }

  @Test("any number of rows arrive in order", arguments: [0, 1, 2, 31, 32, 33, 64, 100])
  func rows(count: Int) throws {
    try table("id INTEGER PRIMARY KEY, position INTEGER, text TEXT").write { db in
      let insertion = Insertion(into: "t", columns: 2, numbersItself: true, db)
      let texts = (0..<count).map { "row \($0)" }
      try insertion.insert(texts) { position, text in (position, text) }
      try insertion.insert(texts) { position, text in (position + count, text) }
      let rows = try Row.fetchAll(db, sql: "SELECT id, position, text FROM t ORDER BY id")
      #expect(rows.map { $0["position"] } == Array(0..<(2 * count)))
      #expect(rows.map { $0["text"] } == texts + texts)
    }
  }

  @Test("what breaks a rule of the table is told as GRDB tells it, and the next row is welcome")
  func failure() throws {
    try table("position INTEGER PRIMARY KEY, value REAL NOT NULL").write { db in
      func error(_ body: () throws -> Void) -> DatabaseError? {
        do { try body() } catch { return error as? DatabaseError }
        return nil
      }
      let insertion = Insertion(into: "t", columns: 2, db)
      // SQLite has no "not a number": it takes it for NULL.
      let found = try #require(error { try insertion.insert(1, Double.nan) })
      let usual = try #require(
        error { try db.execute(sql: "INSERT INTO t VALUES (?, ?)", arguments: [1, Double.nan]) })
      #expect(found.extendedResultCode == usual.extendedResultCode)
      #expect(found.message == usual.message && found.message?.contains("t.value") == true)
      #expect(
        error { try insertion.insert([2, 3, 2]) { ($1, 0.5) } }?.resultCode == .SQLITE_CONSTRAINT)
      try insertion.insert(1, 0.5)
      #expect(try Int.fetchAll(db, sql: "SELECT position FROM t") == [1])
    }
  }
}
