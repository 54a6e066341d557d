import GRDB
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryStore

@Suite struct StoreTests {
  let folder = TemporaryFolder()

  @Test("the newest record of the same inputs is found")
  func find() throws {
    let store = try Store(path: folder.path("a.sqlite"))
    var record = Samples.htop(label: "one")
    #expect(try store.find(inputHash: record.inputHash) == nil)
    try store.save(record)
    record.label = "two"
    let second = try store.save(record)
    let found = try #require(try store.find(inputHash: record.inputHash))
    #expect(found.id == second && found.label == "two")
  }

  @Test("several may make one store at the same moment")
  func makersAtOnce() async throws {
    for round in 0..<20 {
      let path = folder.path("shared-\(round).sqlite")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<6 {
          group.addTask {
            try Store(path: path).save(Samples.htop(label: "\(number)"))
          }
        }
        try await group.waitForAll()
      }
      #expect(try Store(path: path).list(StoreFilter()).count == 6)
    }
  }

  @Test("a reference is a label, a position, a scenario or the start of a hash")
  func references() throws {
    let store = try Store(path: folder.path("a.sqlite"))
    var first = Samples.htop(label: "base"), second = Samples.burst(2, label: "2")
    first.inputHash = "abcd11"
    second.inputHash = "abcd22"
    let ids = try store.save(contentsOf: [first, second, first])
    #expect(try store.position(of: "base") == ids[2])
    #expect(try store.position(of: "1") == ids[0])
    // A label comes before a position.
    #expect(try store.position(of: "2") == ids[1])
    #expect(try store.position(of: "burst") == ids[1])
    #expect(try store.position(of: "ABCD1") == ids[2])
    #expect(try store.load("base").inputHash == "abcd11")
    #expect(code { try store.load("abcd") } == .ambiguous)
    #expect(code { try store.load("zzzz") } == .notFound)
    #expect(code { try store.load("%") } == .notFound)
    #expect(code { try store.load(id: 99) } == .notFound)
  }

  @Test("a label that several scenarios have means the newest, and scenario:label each of them")
  func namesakes() throws {
    let store = try Store(path: folder.path("a.sqlite"))
    let ids = try store.save(contentsOf: [
      Samples.htop(label: "base"), Samples.burst(2, label: "base"), Samples.htop(label: "c7g"),
    ])
    #expect(try store.position(of: "base") == ids[1])
    #expect(try store.position(of: "htop:base") == ids[0])
    #expect(try store.position(of: "burst:base") == ids[1])
    #expect(code { try store.position(of: "burst:c7g") } == .notFound)
    #expect(try store.scenarios(labelled: "base") == ["burst", "htop"])
    #expect(try store.scenarios(labelled: "c7g") == ["htop"])
    #expect(try store.scenarios(labelled: "none").isEmpty)
  }

  @Test("lists are newest first and filtered")
  func list() throws {
    let store = try Store(path: folder.path("a.sqlite"))
    #expect(try store.list().isEmpty)
    try store.save(contentsOf: [
      Samples.htop(label: "a"), Samples.failed(), Samples.htop(label: "a"), Samples.burst(8),
    ])
    #expect(try store.list().map(\.id) == [4, 3, 2, 1])
    #expect(try store.list(StoreFilter(scenario: "htop", limit: 2)).map(\.id) == [3, 2])
    #expect(try store.list(StoreFilter(label: "a")).map(\.id) == [3, 1])
    #expect(try store.list(StoreFilter(region: "mars")).isEmpty)
    #expect(try store.latest().map(\.id) == [2, 3, 4])
    let failed = try #require(try store.list(StoreFilter(label: "broken")).first)
    #expect(failed.runCount == 2 && failed.failedRunCount == 2 && failed.seed == .max)
    let record = Samples.failed()
    #expect(failed.totalUSD == record.cost.totalUSD)
    #expect(failed.meanRunSeconds == record.runs[0].durationSeconds)
  }

  @Test("deleting takes everything along, and inputs with their last simulation")
  func delete() throws {
    let store = try Store(path: folder.path("a.sqlite"))
    let ids = try store.save(contentsOf: [
      Samples.htop(), Samples.failed(), Samples.burst(3), Samples.summedUp(),
    ])
    func rows() throws -> [String: Int] {
      try store.read { db in
        let tables = try String.fetchAll(
          db,
          sql: """
            SELECT name FROM sqlite_schema WHERE type = 'table'
            AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%' AND name NOT LIKE 'sweep%'
            """)
        return try Dictionary(
          uniqueKeysWithValues: tables.map {
            ($0, try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? -1)
          })
      }
    }
    #expect(try rows().values.allSatisfy { $0 > 0 })
    #expect(try rows()["input"] == 1)
    #expect(try store.delete([ids[0], 99]) == 1)
    #expect(try rows()["input"] == 1)
    #expect(try store.delete(ids) == 3)
    #expect(try rows().values.allSatisfy { $0 == 0 })
    // A deleted position is never given out again.
    #expect(try store.save(Samples.htop()) == 5)
  }

  @Test("a figure that is not a number is refused and leaves nothing behind")
  func rejected() throws {
    let store = try Store(path: folder.path("a.sqlite"))
    var record = Samples.htop()
    record.replications[0].totalUSD = .nan
    #expect(code { try store.save(contentsOf: [Samples.htop(), record]) } == .rejected)
    #expect(try store.list().isEmpty)
  }

  /// The code of the error that a body throws.
  private func code(_ body: () throws -> some Any) -> StoreError.Code? {
    do { _ = try body() } catch { return (error as? StoreError)?.code }
    return nil
  }
}
