import Foundation
import GRDB
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryStore

@Suite struct DurabilityTests {
  let folder = TemporaryFolder()

  private func code(_ body: () throws -> some Any) -> StoreError.Code? {
    do { _ = try body() } catch { return (error as? StoreError)?.code }
    return nil
  }

  @Test("what a killed process leaves holds all but the transaction it was in")
  func killed() throws {
    let path = folder.path("a.sqlite")
    let store = try Store(path: path)
    try store.save(Samples.htop(label: "kept"))
    // The files as they are in the middle of a transaction are what a kill leaves behind.
    func contents() throws -> [Data] {
      try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: path + $0)) }
    }
    let before = try contents()
    let files = try store.write { db in
      // A small cache, so that half of the transaction is in the file already.
      try db.execute(sql: "PRAGMA cache_size = 10")
      _ = try RecordWriter(db).write(Samples.burst(50, label: "lost"))
      return try contents()
    }
    #expect(files[1].count > before[1].count)
    let copy = folder.path("copy.sqlite")
    for (suffix, data) in zip(["", "-wal"], files) {
      try data.write(to: URL(fileURLWithPath: copy + suffix))
    }
    let reopened = try Store(path: copy)
    #expect(try reopened.list().map(\.label) == ["kept"])
    #expect(try reopened.load("kept").runs == Samples.htop().runs)
    #expect(try reopened.save(Samples.htop()) == 2)
  }

  @Test("a store that nobody has open is one file")
  func oneFile() throws {
    let path = folder.path("a.sqlite")
    do { try Store(path: path).save(Samples.htop(label: "one")) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(names == ["a.sqlite"])
    let store = try Store(path: path)
    try store.save(Samples.htop(label: "two"))
    try store.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == names)
  }

  @Test("others read while a transaction writes, and see what was there before")
  func readers() throws {
    let path = folder.path("a.sqlite")
    let writer = try Store(path: path)
    try writer.save(Samples.htop())
    let reader = try Store(path: path, access: .readOnly)
    let seen = try writer.write { db in
      _ = try RecordWriter(db).write(Samples.htop())
      return try reader.list().count
    }
    #expect(seen == 1)
    #expect(try reader.list().count == 2)
  }

  @Test("a lock that is held too long is reported")
  func locked() throws {
    let path = folder.path("a.sqlite")
    let first = try Store(path: path)
    let second = try Store(path: path, lockTimeout: 0.01)
    let found = try first.write { _ in code { try second.save(Samples.htop()) } }
    #expect(found == .locked)
  }

  @Test("a full disk is reported and nothing is half stored")
  func full() throws {
    let store = try Store(path: folder.path("a.sqlite"))
    try store.save(Samples.htop())
    try store.write { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    #expect(code { try store.save(Samples.burst(200)) } == .diskFull)
    #expect(try store.list().count == 1)
  }

  @Test("files that are no stores are refused and not changed")
  func foreignFiles() throws {
    let text = folder.path("notes.txt")
    let content = Data(String(repeating: "not a database\n", count: 100).utf8)
    try content.write(to: URL(fileURLWithPath: text))
    #expect(code { try Store(path: text) } == .notADatabase)
    #expect(try Data(contentsOf: URL(fileURLWithPath: text)) == content)
    let other = folder.path("other.sqlite")
    try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE t (a)") }
    let before = try Data(contentsOf: URL(fileURLWithPath: other))
    #expect(code { try Store(path: other) } == .notAStore)
    #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == before)
  }

  @Test("a damaged store is reported")
  func damaged() throws {
    let path = folder.path("a.sqlite")
    do { try Store(path: path).save(Samples.burst(20)) }
    let url = URL(fileURLWithPath: path)
    var data = try Data(contentsOf: url)
    // All pages but the first, which holds the header and the schema's root.
    for index in 4096..<data.count { data[index] = 0x5A }
    try data.write(to: url)
    #expect(code { try Store(path: path).list() } == .corrupt)
  }

  @Test("missing files, folders and places that cannot be made")
  func places() throws {
    #expect(code { try Store(path: folder.path("x.sqlite"), access: .readOnly) } == .missing)
    try Store(path: folder.path("new/folder/a.sqlite")).save(Samples.htop())
    #expect(code { try Store(path: folder.url.path) } == .cannotOpen)
    try Data().write(to: URL(fileURLWithPath: folder.path("file")))
    #expect(code { try Store(path: folder.path("file/a.sqlite")) } == .cannotOpen)
  }

  @Test("a store of an earlier version is brought up to date, but not by a reader")
  func migration() throws {
    let path = folder.path("a.sqlite")
    do {
      let queue = try DatabaseQueue(path: path)
      try Migrations.migrator(upTo: 1).migrate(queue)
      try queue.write { db in
        try db.execute(
          sql: """
            INSERT INTO input VALUES (1, 0, '{}');
            INSERT INTO simulation VALUES (5, 1, 'old', NULL, '2026-01-01T00:00:00Z', '0.0.1',
              '2025', 'eu-west-3', -1, 1, 'ffff', 'scenario', 12.5);
            """)
      }
    }
    #expect(code { try Store(path: path, access: .readOnly) } == .readOnly)
    let store = try Store(path: path)
    #expect(try store.list().map(\.scenario) == ["old"])
    #expect(try store.load(id: 5).seed == .max)
    #expect(try store.save(Samples.htop()) == 6)
    #expect(try Store(path: path, access: .readOnly).list().count == 2)
  }

  @Test("a store of a later version is refused")
  func newer() throws {
    let path = folder.path("a.sqlite")
    let store = try Store(path: path)
    try store.write { db in
      try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 flying cars')")
    }
    #expect(code { try Store(path: path) } == .newerSchema)
    #expect(code { try Store(path: path, access: .readOnly) } == .newerSchema)
  }

  @Test("a reader cannot write")
  func readOnly() throws {
    let path = folder.path("a.sqlite")
    try Store(path: path).save(Samples.htop())
    let reader = try Store(path: path, access: .readOnly)
    #expect(code { try reader.save(Samples.htop()) } == .readOnly)
  }

  @Test("every error says what to do or what was said", arguments: StoreError.Code.allCases)
  func wording(_ code: StoreError.Code) {
    let text = StoreError(code, path: "a.sqlite", detail: "said").description
    #expect(text.hasPrefix("a.sqlite: ") && text.count > 25)
  }
}
