import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is left of a sweep that is killed, interrupted, or runs out of space.
@Suite("Durability of sweeps", .serialized)
struct SweepDurabilityTests {
  /// Kills in the test below, as the requirement has it.
  private static let kills = 100

  /// Starts a sweep; its errors are read at the end.
  private func start(_ rig: SweepRig, _ store: String) throws -> (Process, Pipe) {
    let process = try rig.gantry.process(["sweep", ".", "--store", rig.store(store)])
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    return (process, errors)
  }

  private func text(_ pipe: Pipe) -> String {
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }

  private func remove(_ rig: SweepRig, _ store: String) {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: rig.store(store) + suffix)
    }
  }

  @Test("a sweep killed at any instant, 100 times, ends with the rows of an undisturbed one")
  func kills() throws {
    let rig = try SweepRig(replications: 25)
    let start = Date()
    try rig.sweep("whole.sqlite")
    let whole = Date().timeIntervalSince(start)
    let rows = try rig.rows("whole.sqlite")
    var state: UInt64 = 20_261
    var kills = 0
    var ends = 0
    var found: Set<Int> = []
    while kills < Self.kills {
      let (process, _) = try self.start(rig, "killed.sqlite")
      // A linear congruential generator (Knuth, MMIX): instants that are the same in every test run.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let share = Double(state >> 33) / Double(1 << 31)
      usleep(UInt32(1e6 * whole * 1.1 * share))
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
      process.waitUntilExit()
      guard process.terminationReason == .exit, process.terminationStatus == 0 else {
        found.insert(rig.samples("killed.sqlite"))
        continue
      }
      ends += 1
      let ended = try rig.rows("killed.sqlite")
      #expect(ended == rows)
      remove(rig, "killed.sqlite")
    }
    try rig.sweep("killed.sqlite")
    let last = try rig.rows("killed.sqlite")
    #expect(last == rows)
    // Some kills came before, some after a batch was stored.
    #expect(found.count > 2, "\(found.sorted()), \(ends) ends")
  }

  @Test("Ctrl-C finishes the batch, says how to go on, and leaves with 75")
  func interrupted() throws {
    let rig = try SweepRig(replications: 3000)
    let (process, errors) = try start(rig, "a.sqlite")
    let limit = Date(timeIntervalSinceNow: 60)
    while rig.samples("a.sqlite") == 0, process.isRunning, Date() < limit { usleep(5000) }
    #expect(process.isRunning)
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    let said = text(errors)
    #expect(process.terminationStatus == 75, "\(said)")
    let count = rig.samples("a.sqlite")
    #expect(said.contains("interrupted after \(count) simulations, all of which are stored"))
    #expect(said.contains("the same command goes on from there"))
    #expect(count > 0 && count < 6 * 3000)
    // What is there is what an undisturbed sweep begins with.
    try rig.sweep("a.sqlite", "--replications", "5")
    try rig.sweep("b.sqlite", "--replications", "5")
    let outputs = try ["a.sqlite", "b.sqlite"].map {
      try rig.sweep($0, "--replications", "5", "--format", "csv").output
    }
    #expect(outputs[0] == outputs[1])
  }

  @Test(
    "SIGTERM may come more than once, as from a batch system and its script, and asks for no more")
  func terminatedTwice() throws {
    let rig = try SweepRig(replications: 3000)
    let (process, errors) = try start(rig, "a.sqlite")
    let limit = Date(timeIntervalSinceNow: 60)
    while rig.samples("a.sqlite") == 0, process.isRunning, Date() < limit { usleep(5000) }
    #expect(process.isRunning)
    // Each is taken before the next is sent, as they were one signal otherwise.
    for _ in 1...50 {
      kill(process.processIdentifier, SIGTERM)
      usleep(200)
    }
    process.waitUntilExit()
    let said = text(errors)
    #expect(process.terminationStatus == 75, "\(said)")
    #expect(said.contains("interrupted after \(rig.samples("a.sqlite")) simulations"))
  }

  @Test("two processes that write one store end with the rows of one")
  func twoWriters() throws {
    let rig = try SweepRig(replications: 60)
    try rig.sweep("whole.sqlite")
    let rows = try rig.rows("whole.sqlite")
    for _ in 1...3 {
      let both = try [start(rig, "both.sqlite"), start(rig, "both.sqlite")]
      for (process, errors) in both {
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text(errors))")
      }
      let joined = try rig.rows("both.sqlite")
      #expect(joined == rows)
      remove(rig, "both.sqlite")
    }
  }

  @Test("where no more can be written the sweep ends with 74 and what was stored stays")
  func fullDisk() throws {
    let rig = try SweepRig(replications: 200)
    try rig.sweep("full.sqlite", "--replications", "5")
    #expect(rig.samples("full.sqlite") == 30)
    let size = try FileManager.default.attributesOfItem(atPath: rig.store("full.sqlite"))[.size]
    let bytes = try #require((size as? NSNumber)?.intValue)
    // No file may grow beyond the store's size; a log of 1,200 samples does.
    let failed = try limited(rig, blocks: bytes / 512)
    #expect(failed.status == 74, "\(failed.errors)")
    #expect(failed.errors.contains("full.sqlite: "))
    #expect(failed.errors.contains("the same command goes on from there"))
    #expect(rig.samples("full.sqlite") >= 30)
    try rig.sweep("full.sqlite")
    try rig.sweep("whole.sqlite", "--replications", "5")
    try rig.sweep("whole.sqlite")
    let rows = try rig.rows("full.sqlite")
    #expect(try rows == rig.rows("whole.sqlite"))
  }

  /// A sweep that may write no file larger than so many blocks of 512 bytes.
  private func limited(_ rig: SweepRig, blocks: Int) throws -> Gantry.Result {
    let process = try rig.gantry.process([])
    let program = try #require(process.executableURL)
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // Without the trap the limit would kill; so a write fails as it does on a full disk.
    process.arguments = [
      "-c", "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" sweep . --store \"$1\"", program.path,
      rig.store("full.sqlite"),
    ]
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let said = text(errors)
    process.waitUntilExit()
    return .init(status: process.terminationStatus, output: "", errors: said)
  }

  #if os(Linux)
    /// Whether this user may mount a file system of its own.
    private static let canMount: Bool = {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "unshare -rm mount -t tmpfs none /mnt >/dev/null 2>&1"]
      do { try process.run() } catch { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }()

    @Test(
      "on a disk that fills up the sweep ends with 74, and goes on where there is room",
      .enabled(if: canMount))
    func smallDisk() throws {
      let rig = try SweepRig(replications: 200)
      try rig.sweep("whole.sqlite")
      let program = try #require(Gantry.executable)
      let process = try rig.gantry.process([])
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      // A disk of 450 KiB of the process's own; the store is copied from it at the end.
      process.arguments = [
        "-c",
        """
        exec unshare -rm sh -c 'mkdir disk && mount -t tmpfs -o size=450k none disk &&
        { "$0" sweep . --store disk/s.sqlite >/dev/null; status=$?; cp disk/s.sqlite* .; exit $status; }' "$0"
        """, program.path,
      ]
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let said = text(errors)
      process.waitUntilExit()
      #expect(process.terminationStatus == 74, "\(said)")
      #expect(said.contains("no room left to store the result"), "\(said)")
      #expect(rig.samples("s.sqlite") < 1200)
      try rig.sweep("s.sqlite")
      let rows = try rig.rows("s.sqlite")
      #expect(try rows == rig.rows("whole.sqlite"))
    }
  #endif
}
