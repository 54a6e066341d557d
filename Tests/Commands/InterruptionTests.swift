import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Interruptions")
struct InterruptionTests {
  private func program() throws -> Gantry {
    let gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests())
    try gantry.write("scenario.yaml", Files.scenario)
    return gantry
  }

  /// Starts a simulation that takes minutes and sends a signal once its store is open.
  private func interrupt(_ gantry: Gantry, with signal: Int32) throws -> Gantry.Result {
    let process = try gantry.process(["simulate", ".", "--replications", "1000000"])
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let limit = Date(timeIntervalSinceNow: 60)
    while !FileManager.default.fileExists(atPath: gantry.store), process.isRunning, Date() < limit {
      usleep(5000)
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    let text = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return .init(status: process.terminationStatus, output: "", errors: text)
  }

  private func expectEmptyAndUsable(_ gantry: Gantry) throws {
    let list = try gantry("runs", "list", "--format", "json")
    #expect(list.status == 0, "\(list.errors)")
    #expect(try JSON(list.output).count == 0)
    #expect(try gantry("simulate", ".").status == 0)
    #expect(try JSON(try gantry("runs", "list", "--format", "json").output).count == 1)
  }

  @Test("Ctrl-C leaves with 130 and says that nothing was stored")
  func interrupted() throws {
    let gantry = try program()
    let result = try interrupt(gantry, with: SIGINT)
    #expect(result.status == 130)
    #expect(result.errors.contains("interrupted"))
    try expectEmptyAndUsable(gantry)
  }

  @Test("after a kill in the middle the store opens and is consistent")
  func killed() throws {
    let gantry = try program()
    _ = try interrupt(gantry, with: SIGKILL)
    try expectEmptyAndUsable(gantry)
  }
}
