import Foundation
import GantryModel
import Testing

/// The answer of `scenarios/calibrate`, and the profile it ships.
@Suite("calibrated from a dump of runs")
struct CalibrateTests {
  @Test("the shipped profile is what the shipped dump gives")
  func profile() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let path = shell.folder.appendingPathComponent("profile.yaml")
    let result = try shell.run(
      "gantry calibrate scenarios/calibrate/runs.json --out '\(path.path)'")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Verdict: good enough"))
    for reason in ["failed", "cancelled", "retried", "not finished"] {
      #expect(result.output.contains(reason))
    }
    let shipped = ShippedScenarios.root.appendingPathComponent("scenarios/calibrate/profile.yaml")
    #expect(
      try String(contentsOf: path, encoding: .utf8)
        == String(contentsOf: shipped, encoding: .utf8))
  }

  @Test("the README's figures are measured, and a run takes what the dump's runs took")
  func answer() throws {
    let readme = try Readme("calibrate")
    let record = try #require(try readme.measure().first)
    #expect(record.failedRuns == 0 && record.runs.count == 6)
    let mean = record.meanRunSeconds
    // The complete runs of the dump took from 2m50s to 3m25s; six at once share nodes while they start.
    #expect((165...230).contains(mean))
    try readme.expect(
      "answer",
      [
        "**\(mean.formatted(digits: 0)) s** a run on average, and "
          + "\(record.meanMakespanSeconds.formatted(digits: 0)) s until the last of the six has ended."
      ])
    try readme.expect("foundations", record.foundations)
  }
}
