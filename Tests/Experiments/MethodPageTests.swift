import Foundation
import GantryExperiments
import GantryModel
import GantryStatistics
import Testing

/// `GantryExperiments.docc/Method.md`: what it names exists, and its numbers are those of the code.
@Suite("The page on method")
struct MethodPageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let folder = "Sources/Experiments/GantryExperiments.docc/"

  /// The page in one line, so that sentences can be looked for.
  private func text(_ page: String = "Method.md") throws -> String {
    let url = Self.root.appendingPathComponent(Self.folder + page)
    return try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  @Test("every file that it names is there")
  func files() throws {
    let paths = try text().matches(of: /`(Sources\/[^`]+)`/).map { String($0.1) }
    #expect(paths.count > 15)
    for path in Set(paths) {
      let url = Self.root.appendingPathComponent(path)
      #expect(FileManager.default.fileExists(atPath: url.path), "\(path)")
    }
  }

  @Test("every section on an estimate names its source and its file")
  func sources() throws {
    let url = Self.root.appendingPathComponent(Self.folder + "Method.md")
    let sections = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n## ")
      .dropFirst().filter { !$0.hasPrefix("What is not estimated") }
    #expect(sections.count > 7)
    for section in sections {
      let title = section.prefix { $0 != "\n" }
      #expect(section.contains("File"), "\(title)")
      // How the bill is shared is a convention of gantry's own.
      if title == "What a run costs" { continue }
      #expect(section.contains("Source"), "\(title)")
      #expect(
        section.contains(/\((?:19|20)[0-9]{2}\)|, [A-Z]+ (?:19|20)[0-9]{2}|Conference (?:19|20)/),
        "\(title)")
    }
  }

  @Test("its numbers are those of the code")
  func numbers() throws {
    let text = try text()
    func expect(_ sentence: String) { #expect(text.contains(sentence), "\(sentence)") }
    expect(
      "at least \(Quantile.p50.leastCount) runs for p50, \(Quantile.p95.leastCount) for p95, "
        + "\(Quantile.p99.leastCount) for p99")
    expect("from *n* = \(ReplicationRule.first) on")
    expect("cut into \(BatchMeans.count) batches")
    expect("means *y* of five runs")
    #expect(MSER5.batch == 5)
    let looks = ChoiceRace.looks(most: 80).map(String.init).prefix(4).joined(separator: ", ")
    expect("each gets \(looks) … replications")
    expect("nine values first")
    #expect(CrossingSearch.gridCount == 9 && CrossingSearch.tolerance == 0.005)
    expect("halved to half a percent")
    #expect(MeanInterval.confidence == 0.95)
    expect("where *p̃* ≤ 5 %")
  }
}
