import Foundation
import Testing

/// Runs commands as a user in a checkout of this package would, with a store of its own.
struct Shell {
  /// What a command left.
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// A folder that goes with the test.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("gantry-scenarios-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// The store that the commands use.
  var store: String { folder.appendingPathComponent("results.sqlite").path }

  /// Removes the folder.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Runs a script in which `gantry` is the program just built.
  func run(_ script: String) throws -> Result {
    let products = try #require(ShippedScenarios.products, "gantry is not built beside the tests")
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = products.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    environment["GANTRY_STORE"] = store
    environment["GANTRY_PRICES"] = folder.appendingPathComponent("prices").path
    environment["COLUMNS"] = "100"
    environment["LC_ALL"] = "C.UTF-8"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-euc", script]
    process.currentDirectoryURL = ShippedScenarios.root
    process.environment = environment
    let output = try file("output")
    let errors = try file("errors")
    process.standardOutput = output.handle
    process.standardError = errors.handle
    try process.run()
    process.waitUntilExit()
    try output.handle.close()
    try errors.handle.close()
    return Result(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output.url), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors.url), as: UTF8.self))
  }

  /// A file rather than a pipe: nothing has to read while the program writes.
  private func file(_ name: String) throws -> (url: URL, handle: FileHandle) {
    let url = folder.appendingPathComponent("\(name)-\(UUID().uuidString)")
    try Data().write(to: url)
    return (url, try FileHandle(forWritingTo: url))
  }
}
