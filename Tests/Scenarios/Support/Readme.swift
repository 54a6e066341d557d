import Foundation
import GantryModel
import Testing

/// A scenario's README: its commands are run, and its figures are what they measure.
///
/// `GANTRY_UPDATE_SNAPSHOTS=1` writes the measured figures into it.
struct Readme {
  let folder: String
  let url: URL
  private let text: String

  init(_ folder: String) throws {
    self.folder = folder
    url = ShippedScenarios.readme(folder)
    text = try String(contentsOf: url, encoding: .utf8)
  }

  /// The commands in its `sh` blocks.
  var commands: String {
    var lines: [Substring] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```sh" {
        isInside = true
      } else if line == "```" {
        isInside = false
      } else if isInside {
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Runs its commands and gives what they stored: the newest record of each scenario and label.
  func measure() throws -> [SimulationRecord] {
    let script = commands
    try #require(
      script.contains("gantry simulate") || script.contains("gantry compare"),
      "the README of \(folder) simulates nothing")
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(script)
    #expect(result.status == 0, "\(folder): \(result.errors.suffix(2000))")
    return try shell.records()
  }

  /// Expects a file beside the README to hold what a command prints, or writes it.
  func expect(
    file name: String, from command: String,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run(command)
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    let file = url.deletingLastPathComponent().appendingPathComponent(name)
    if try String(contentsOf: file, encoding: .utf8) == result.output { return }
    if ProcessInfo.processInfo.environment["GANTRY_UPDATE_SNAPSHOTS"] == "1" {
      try result.output.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    Issue.record(
      "\(folder): \(name) is not what '\(command)' draws; GANTRY_UPDATE_SNAPSHOTS=1 writes it.",
      sourceLocation: sourceLocation)
  }

  /// Expects a measured block of the README, or writes it.
  func expect(
    _ name: String, _ lines: [String], sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let begin = "<!-- measured: \(name) -->\n"
    let end = "<!-- end -->"
    let current = try String(contentsOf: url, encoding: .utf8)
    let start = try #require(current.range(of: begin), "\(folder): no block '\(name)'")
    let stop = try #require(
      current.range(of: end, range: start.upperBound..<current.endIndex),
      "\(folder): the block '\(name)' has no end")
    let wanted = lines.joined(separator: "\n") + "\n"
    let kept = String(current[start.upperBound..<stop.lowerBound])
    if kept == wanted { return }
    if ProcessInfo.processInfo.environment["GANTRY_UPDATE_SNAPSHOTS"] == "1" {
      let updated = current.replacingCharacters(
        in: start.upperBound..<stop.lowerBound, with: wanted)
      try updated.write(to: url, atomically: true, encoding: .utf8)
      return
    }
    Issue.record(
      """
      \(folder): the README's '\(name)' is not what its commands measure; \
      GANTRY_UPDATE_SNAPSHOTS=1 writes it. Measured now:
      \(wanted)
      """, sourceLocation: sourceLocation)
  }
}
