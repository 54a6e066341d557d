import GRDB
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryStore

@Suite struct ActivityTests {
  let folder = TemporaryFolder()

  /// Rows as texts, so that they can be compared and read.
  private func lines(_ sql: String, _ db: Database) throws -> [String] {
    try Row.fetchAll(db, sql: sql).map { row in
      row.databaseValues.map(\.description).joined(separator: " ")
    }
  }

  @Test("what runs have in common is kept once for a simulation")
  func once() throws {
    let store = try Store(path: folder.path("a.sqlite"))
    func counts() throws -> [Int?] {
      try store.read { db in
        try ["activity", "activity_assumption", "segment", "critical_path"].map {
          try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)")
        }
      }
    }
    var record = Samples.htop()
    try store.save(record)
    let one = try counts()
    // The same runs three times more, in a simulation of their own: as many activities again.
    record.runs = [record.runs[0], record.runs[0], record.runs[0]]
    try store.save(record)
    #expect(
      try counts() == [
        one[0].map { 2 * $0 }, one[1].map { 2 * $0 }, one[2].map { 4 * $0 },
        one[3].map { 4 * $0 },
      ])
  }

  @Test("stretches that differ in one thing only stay apart")
  func apart() throws {
    var record = Samples.record(runs: [Samples.htop().runs[0]])
    func path(_ task: String?, _ kind: TimeKind, _ label: String, _ ids: [String]) -> PathRecord {
      PathRecord(
        pipelineTask: task,
        segment: SegmentRecord(kind: kind, startSeconds: 1, endSeconds: 2, label: label),
        assumptions: ids)
    }
    // The last two hash alike: as many assumptions, but others.
    record.runs[0].criticalPath = [
      path(nil, .cpu, "x", []), path("x", .cpu, "x", []), path("x", .read, "x", []),
      path("x", .read, "y", []), path("x", .read, "y", ["a", "b"]),
      path("x", .read, "y", ["a", "c"]), path("", .read, "", [""]), path(nil, .cpu, "x", []),
    ]
    let store = try Store(path: folder.path("a.sqlite"))
    let loaded = try store.load(id: try store.save(record))
    #expect(loaded.runs == record.runs)
  }

  /// A store as the version before activities left it: two simulations of a run each.
  private func earlierStore(_ path: String) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path)
    let count = try #require(Migrations.steps.firstIndex { $0.name == "activities" })
    try Migrations.migrator(upTo: count).migrate(queue)
    try queue.write { db in
      try db.execute(sql: "INSERT INTO input VALUES (1, 0, '{}')")
      for id in [3, 7] {
        try db.execute(
          sql: """
            INSERT INTO simulation VALUES (\(id), 1, 'old', NULL, '2026-01-01T00:00:00Z', '0.0.1',
              '2025', 'eu-west-3', 1, 1, 'ffff', 'scenario', 12.5, 0);
            INSERT INTO pipeline_run VALUES (\(id), \(id), 0, 'run', 'p', 'Succeeded', '', '', 0, 9,
              1, 1);
            INSERT INTO task_run VALUES (\(id), \(id), 0, 'run-a', 'a', 'Succeeded', '', '', NULL,
              NULL, NULL, 0, 1, 9, 1, 1, 0, 0, 0, 0, 0, 0, 0);
            INSERT INTO replication VALUES (\(id), 0, 0, 12.5, 9, 9, 0, 2);
            INSERT INTO segment VALUES (\(id), 0, 'cpu', 0, \(id), 'unpack'),
              (\(id), 1, 'read', 1, 2, 'unpack'), (\(id), 2, 'cpu', 2, 3, 'unpack');
            INSERT INTO critical_path VALUES (\(id), 0, NULL, 'queue', 0, 1, 'wait'),
              (\(id), 1, 'a', 'cpu', 1, 2, 'unpack'), (\(id), 2, 'b', 'cpu', 2, 3, 'unpack'),
              (\(id), 3, 'b', 'cpu', 3, 4, 'unpack'), (\(id), 4, 'b', 'cpu', 4, 5, 'unpack');
            INSERT INTO critical_path_assumption VALUES (\(id), 1, 0, 'z'), (\(id), 1, 1, 'y'),
              (\(id), 2, 0, 'z'), (\(id), 2, 1, 'y'), (\(id), 3, 0, 'y'), (\(id), 3, 1, 'z'),
              (\(id), 4, 0, 'z'), (\(id), 4, 1, 'y');
            """)
      }
    }
    return queue
  }

  @Test("stores of earlier versions answer as they did, and their results can be read")
  func takenOver() throws {
    let path = folder.path("a.sqlite")
    let queries = [
      "SELECT * FROM segment ORDER BY task_run_id, position",
      "SELECT * FROM critical_path ORDER BY pipeline_run_id, position",
      """
      SELECT * FROM critical_path_assumption ORDER BY pipeline_run_id, path_position, position
      """,
      "SELECT * FROM v_critical_path",
    ]
    let before = try earlierStore(path).read { db in try queries.map { try lines($0, db) } }
    #expect(before.map(\.count) == [6, 10, 16, 4])
    let store = try Store(path: path)
    let after = try store.read { db in try queries.map { try lines($0, db) } }
    #expect(after == before)
    // Of each simulation: nothing but waiting; unpacking by a, by b, and by b in another order of
    // assumptions; and two kinds of segments.
    let activities = try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM activity") }
    #expect(activities == 12)
    // Run times of replications were not kept.
    let replication = try #require(try store.load(id: 7).replications.first)
    #expect(replication.p95RunSeconds == 9 && replication.times == nil)
    #expect(replication.endedRuns == 0)
    let run = try store.load(id: 7).runs[0]
    #expect(run.taskRuns[0].segments.map(\.kind) == [.cpu, .read, .cpu])
    #expect(run.taskRuns[0].segments[0].endSeconds == 7)
    #expect(run.criticalPath.map(\.pipelineTask) == [nil, "a", "b", "b", "b"])
    #expect(
      run.criticalPath.map(\.assumptions)
        == [[], ["z", "y"], ["z", "y"], ["y", "z"], ["z", "y"]])
    #expect(try store.delete([3]) == 1)
    #expect(try store.load(id: 7).runs[0] == run)
  }
}
