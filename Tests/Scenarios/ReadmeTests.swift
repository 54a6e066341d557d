import Foundation
import GantryModel
import Testing

/// The READMEs of the article's scenarios: their commands run, their figures are measured.
@Suite("READMEs of the article")
struct ReadmeTests {
  @Test("the three pipelines at once")
  func threePipelines() throws {
    let readme = try Readme("article")
    let record = try #require(try readme.measure().first)
    #expect(record.runs.count == 3)
    var lines = [headline(record), "", "| pipeline | takes | costs |", "|---|---:|---:|"]
    lines += record.runs.map { run in
      "| \(run.pipeline) | \((run.durationSeconds ?? .nan).formatted(digits: 0)) s "
        + "| USD \(run.cost.totalUSD.formatted(digits: 2)) |"
    }
    try readme.expect("answer", lines)
    try readme.expect("foundations", record.foundations)
  }

  @Test("one pipeline alone", arguments: ["htop", "nodejs", "quarkus"])
  func onePipeline(name: String) throws {
    let readme = try Readme("article/\(name)")
    let record = try #require(try readme.measure().first)
    let run = try #require(record.run(of: name))
    try readme.expect("answer", [headline(record), ""] + run.table)
    try readme.expect("foundations", record.foundations)
  }

  /// What the READMEs say in words.
  @Test(
    "what a build spends the most time on",
    arguments: zip(
      ["htop", "nodejs", "quarkus"],
      ["dnf: repository metadata", "ubi9/nodejs-20", "java-17-openjdk-headless"]))
  func longestStretch(name: String, label: String) async throws {
    let run = try #require(try await Simulated.record("article/\(name)").run(of: name))
    let longest = try #require(run.longestStretch(of: "build-amd64"))
    #expect(longest.contains(label), "\(longest)")
  }

  private func headline(_ record: SimulationRecord) -> String {
    let cost = record.cost.totalUSD.formatted(digits: 2)
    return
      "**\(record.makespanSeconds.formatted(digits: 0)) s and USD \(cost)**; the cluster costs USD "
      + "\(record.cost.monthlyUSD.formatted(digits: 0)) a month while it is up."
  }

  @Test("every scenario has a README that asks, commands and answers")
  func everyScenario() throws {
    #expect(ShippedScenarios.all.count >= 8)
    for path in ShippedScenarios.all {
      let folder = path.dropFirst("scenarios/".count)
      let own = ShippedScenarios.readme(String(folder))
      let above = ShippedScenarios.readme((String(folder) as NSString).deletingLastPathComponent)
      let text = [own, above].compactMap { try? String(contentsOf: $0, encoding: .utf8) }
      let readme = try #require(text.first, "no README for \(path)")
      for part in ["**Question.**", "```sh", "## Answer", "## What it rests on"] {
        #expect(readme.contains(part), "\(path): its README has no '\(part)'")
      }
      let all = (path as NSString).deletingLastPathComponent + "/*"
      #expect(readme.contains(path) || readme.contains(all), "\(path): its README has no command")
    }
  }
}
