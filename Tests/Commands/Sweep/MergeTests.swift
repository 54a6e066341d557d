import Foundation
import GRDB
import Testing

@testable import GantryCommands

@Suite("gantry merge: what contradicts, and what is missing")
struct MergeTests {
  /// Three shards of six points: 1 and 4, 2 and 5, 3 and 6.
  private func shards() throws -> SweepRig {
    let rig = try SweepRig(replications: 5)
    for shard in 1...3 { try rig.sweep("\(shard).sqlite", "--shard", "\(shard)/3") }
    return rig
  }

  private func merge(_ rig: SweepRig, _ stores: String..., into: String = "all") throws
    -> Gantry.Result
  {
    try rig.gantry.run(["merge"] + stores.map { $0 + ".sqlite" } + ["--into", into + ".sqlite"])
  }

  private func copy(_ rig: SweepRig, _ from: String, to: String, _ change: String...) throws {
    try FileManager.default.copyItem(
      atPath: rig.store(from + ".sqlite"), toPath: rig.store(to + ".sqlite"))
    let queue = try DatabaseQueue(path: rig.store(to + ".sqlite"))
    try queue.write { db in
      for sql in change {
        try db.execute(sql: sql)
        #expect(db.changesCount > 0, "\(sql)")
      }
    }
    try queue.close()
  }

  // MARK: Contradictions

  /// The last of two points, replication 3.
  private static let oneSample =
    "WHERE replication = 3 AND design_id = (SELECT max(design_id) FROM sweep_sample)"

  @Test(
    "a result that differs in its last digit is refused, with both files and the point, and nothing else is taken from that file",
    arguments: [
      (
        "UPDATE sweep_sample SET mean_run_s = mean_run_s * (1 + 1e-15) \(oneSample)",
        "mean_run_s is "
      ),
      (
        "UPDATE sweep_sample SET failed_runs = 7 \(oneSample)",
        "failed_runs is 7 in the first and 0 in"
      ),
      (
        "UPDATE sweep_sample SET p99_run_s = NULL \(oneSample)", "p99_run_s is nothing in the first"
      ),
      ("UPDATE sweep_sample SET run_times = zeroblob(8) \(oneSample)", "run_times is of 8 bytes"),
      (
        "UPDATE sweep_pool_sample SET cpu_utilisation = cpu_utilisation * (1 + 1e-15) \(oneSample)",
        "cpu_utilisation is "
      ),
      ("DELETE FROM sweep_pool_sample \(oneSample) AND position = 1", "cpu_utilisation is "),
    ])
  func sample(_ change: String, _ words: String) throws {
    let rig = try shards()
    try copy(rig, "2", to: "bad", change)
    let result = try merge(rig, "1", "2", "bad", "3")
    #expect(result.status == 65)
    let said = result.errors
    #expect(said.contains("error: bad.sqlite and 2.sqlite contradict each other"), "\(said)")
    let place =
      "point 5 of sweep 'naps' (nodes.arm64.count=2, nodes.arm64.type=c7g.large), replication 3: "
    #expect(said.contains(place + words), "\(said)")
    #expect(said.contains("nothing of bad.sqlite was taken in"))
    let beside = try FileManager.default.contentsOfDirectory(atPath: rig.gantry.folder.path)
    #expect(beside.filter { $0.hasSuffix("-wal") || $0.hasSuffix("-shm") } == [])
    // The others are.
    #expect(result.output.contains("complete, all 6 points"))
    try rig.sweep("whole.sqlite")
    #expect(try rig.rows("all.sqlite") == rig.rows("whole.sqlite"))
  }

  @Test("a store that cannot be read leaves no other behind")
  func unreadable() throws {
    let rig = try SweepRig()
    let result = try rig.gantry("merge", "none.sqlite", "--into", "all.sqlite")
    #expect(result.status == 74)
    #expect(result.errors.contains("none.sqlite: no such store"))
    #expect(!FileManager.default.fileExists(atPath: rig.store("all.sqlite")))
  }

  @Test("a file is taken in whole or not at all")
  func oneTransaction() throws {
    let rig = try shards()
    _ = try merge(rig, "2", "3", into: "more")
    // Shard 3 is right in this file, and new.
    try copy(
      rig, "more", to: "bad",
      "UPDATE sweep_sample SET month_usd = 1 WHERE design_id = (SELECT min(design_id) FROM sweep_sample)"
    )
    #expect(try rig.gantry("simulate", ".", "--store", rig.store("bad.sqlite")).status == 0)
    _ = try merge(rig, "2")
    let before = try rig.rows("all.sqlite")
    let result = try merge(rig, "bad")
    #expect(result.status == 65)
    #expect(result.errors.contains("bad.sqlite and all.sqlite contradict each other"))
    #expect(try rig.rows("all.sqlite") == before)
    let list = try rig.gantry(
      "runs", "list", "--store", rig.store("all.sqlite"), "--format", "json")
    #expect(try JSON(list.output).count == 0)
    #expect(try merge(rig, "more", "1").output.contains("complete, all 6 points"))
  }

  @Test("a point that stands for other inputs is refused")
  func point() throws {
    let rig = try shards()
    try copy(
      rig, "1", to: "bad",
      "UPDATE sweep_design SET hash = 'f' || substr(hash, 2) || 'f' WHERE id = (SELECT min(id) FROM sweep_design)"
    )
    let result = try merge(rig, "1", "bad")
    #expect(result.status == 65)
    #expect(result.errors.contains("point 1 of sweep 'naps'"), "\(result.errors)")
    #expect(result.errors.contains("the hash of its inputs is f"), "\(result.errors)")
  }

  @Test("results of simulate with the same inputs have to be the same too")
  func simulations() throws {
    let rig = try SweepRig()
    for store in ["a", "b"] {
      let made = try rig.gantry(
        "simulate", ".", "--store", rig.store(store + ".sqlite"), "--label", store)
      #expect(made.status == 0, "\(made.errors)")
    }
    try copy(
      rig, "b", to: "bad",
      "UPDATE replication SET total_usd = total_usd + 1e-12 WHERE replication = 2")
    let result = try merge(rig, "a", "bad")
    #expect(result.status == 65)
    #expect(
      result.errors.contains(
        "bad.sqlite and a.sqlite contradict each other in result 'b' of inputs "))
    #expect(result.errors.contains("total_usd of replication 2 is"), "\(result.errors)")
    #expect(try merge(rig, "b").status == 0)
  }

  @Test("a part does not go on from an attempt that contradicts another")
  func attempts() throws {
    let rig = try shards()
    try FileManager.default.createDirectory(
      atPath: rig.store("results"), withIntermediateDirectories: true)
    try copy(rig, "2", to: "results/shard-2-of-3.1-0")
    try copy(
      rig, "2", to: "results/shard-2-of-3.1-1",
      "UPDATE sweep_sample SET open_runs = 1 \(Self.oneSample)")
    let result = try rig.gantry(
      "sweep", ".", "--shard", "2/3", "--store", "again.sqlite", "--publish", "results")
    #expect(result.status == 65)
    #expect(
      result.errors.contains(
        "results/shard-2-of-3.1-1.sqlite and results/shard-2-of-3.1-0.sqlite contradict each other"),
      "\(result.errors)")
  }

  // MARK: What is missing

  /// Runs lines that gantry printed as a user would who copies them.
  private func paste(_ rig: SweepRig, _ lines: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-ec", lines.joined(separator: "\n")]
    var environment = rig.gantry.environment
    let program = try #require(Gantry.executable).deletingLastPathComponent().path
    environment["PATH"] = program + ":/usr/bin:/bin"
    process.environment = environment
    process.currentDirectoryURL = rig.gantry.folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func commands(_ result: Gantry.Result) -> [String] {
    result.errors.split(separator: "\n").filter { $0.hasPrefix("  gantry ") }.map { String($0) }
  }

  @Test("missing shards are named with the commands that make them, which complete the sweep")
  func missing() throws {
    let rig = try SweepRig(replications: 5)
    let options = ["--label", "it's a grid", "--vary", "nodes.arm64.count=1..2"]
    let whole = try rig.gantry.run(["sweep", ".", "--store", "whole.sqlite"] + options)
    #expect(whole.status == 0, "\(whole.errors)")
    let part = try rig.gantry.run(
      ["sweep", ".", "--threads=1", "--store", "part.sqlite", "--shard", "2/4"] + options)
    #expect(part.status == 0, "\(part.errors)")
    let result = try merge(rig, "part")
    #expect(result.status == 0)
    let said = result.errors
    #expect(
      said.contains(
        "sweep 'it's a grid' has 2 of 6 points; missing: shards 1,3-4 of 4 (points 1,3-5)"),
      "\(said)")
    #expect(said.contains("in an array of 4, counted from 0: 0,2-3"), "\(said)")
    let commands = commands(result)
    #expect(
      commands.first
        == "  gantry sweep . --label 'it'\\''s a grid' --vary nodes.arm64.count=1..2 --shard 1/4 --store "
        + rig.store("all.sqlite"))
    #expect(commands.count == 3)
    #expect(try paste(rig, commands) == 0)
    #expect(try rig.rows("all.sqlite") == rig.rows("whole.sqlite"))
    #expect(try merge(rig, "part").errors.isEmpty)
  }

  @Test("a sweep of one process that was interrupted goes on by the command that is printed")
  func interrupted() throws {
    let rig = try SweepRig(replications: 5)
    try rig.sweep("whole.sqlite")
    try copy(
      rig, "whole", to: "part", "UPDATE sweep SET is_complete = 0", "DELETE FROM sweep_estimate",
      "UPDATE sweep_point SET replications = NULL, standing = NULL, caveats = NULL WHERE position >= 4",
      "DELETE FROM sweep_sample WHERE design_id = (SELECT max(design_id) FROM sweep_point)")
    let result = try merge(rig, "part")
    #expect(result.errors.contains("has 4 of 6 points; missing: points 5-6"), "\(result.errors)")
    #expect(commands(result) == ["  gantry sweep . --store " + rig.store("all.sqlite")])
    #expect(try paste(rig, commands(result)) == 0)
    #expect(try rig.rows("all.sqlite") == rig.rows("whole.sqlite"))
  }

  @Test("a point that is called done and lacks samples is missing")
  func lostRows() throws {
    let rig = try shards()
    try copy(rig, "3", to: "bad", "DELETE FROM sweep_sample \(Self.oneSample)")
    let result = try merge(rig, "1", "2", "bad")
    #expect(result.status == 0)
    #expect(
      result.errors.contains("has 5 of 6 points; missing: shard 3 of 3 (point 6)"),
      "\(result.errors)")
    #expect(try merge(rig, "3").output.contains("complete, all 6 points"))
    try rig.sweep("whole.sqlite")
    #expect(try rig.rows("all.sqlite") == rig.rows("whole.sqlite"))
  }

  @Test("of a store that does not know its command it is said in words")
  func unknownCommand() throws {
    let rig = try shards()
    try copy(rig, "1", to: "old", "UPDATE sweep SET command = NULL, shards = NULL")
    let result = try merge(rig, "old")
    #expect(
      result.errors.contains("missing: points 2-3,5-6\nhelp: the sweep's own command makes them"),
      "\(result.errors)")
    // What a later store knows is taken over.
    #expect(try merge(rig, "2").errors.contains("--shard 3/3"))
  }

  // MARK: Words

  @Test(
    "the question is the command line without what says where and how",
    arguments: [
      (["gantry", "sweep"], "gantry sweep"),
      (
        ["/opt/gantry", "sweep", ".", "--store", "a", "--shard=1/2", "--label", "x y"],
        "gantry sweep . --label 'x y'"
      ),
      (
        ["g", "sweep", "--no-store", "--detail", "--format", "json", "a", "--yes"],
        "gantry sweep a --yes"
      ),
      (
        ["g", "sweep", "--threads", "2", "--publish", "p", "--seed", "7", "--", "a", "-b"],
        "gantry sweep --seed 7 a ./-b"
      ),
      (["g", "simulate", "."], nil),
    ] as [([String], String?)])
  func question(_ arguments: [String], _ command: String?) {
    #expect(SweepQuestion.command(arguments) == command)
  }

  @Test("long lists of numbers end somewhere")
  func ranges() {
    #expect(MissingPoints.ranges([]) == "")
    #expect(MissingPoints.ranges([1, 2, 3, 5, 8, 9]) == "1-3,5,8-9")
    let odd = MissingPoints.ranges((0..<100).map { 2 * $0 + 1 })
    #expect(odd.hasPrefix("1,3,5,") && odd.hasSuffix(",39,…"))
  }
}
