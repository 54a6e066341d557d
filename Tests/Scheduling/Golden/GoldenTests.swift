import Foundation
import GantryScheduling
import GantryUnits
import Testing

@Suite("Decisions of the real kube-scheduler 1.28.8")
struct GoldenTests {
  /// The root of the checkout.
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Where the real decisions are, if anywhere.
  static var folder: URL? {
    let environment = ProcessInfo.processInfo.environment
    let shared =
      environment["GANTRY_SHARED"].map { URL(filePath: $0) }
      ?? root.deletingLastPathComponent().appending(path: "shared")
    let folder =
      environment["GANTRY_GOLDEN_SCHEDULER"].map { URL(filePath: $0) }
      ?? shared.appending(path: "golden/scheduler")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }

  @Test("every decision of the golden folder is equal")
  func goldenFolder() throws {
    guard let folder = Self.folder else {
      print("scheduler: left out, no folder of real decisions is here")
      return
    }
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "jsonl" }.sorted { $0.path < $1.path }
    try #require(!files.isEmpty)
    var all = 0
    var equal = 0
    for url in files {
      let file = try GoldenFile(url)
      print("scheduler: \(url.lastPathComponent): \(file.equal) of \(file.decisions)")
      for line in file.differences.prefix(20) { print("  " + line) }
      all += file.decisions
      equal += file.equal
      #expect(file.differences.isEmpty, "\(url.lastPathComponent)")
    }
    print("scheduler: \(equal) of \(all) decisions equal")
    #expect(equal == all)
  }

  @Test(
    "every decision of the cases in this repository is equal",
    arguments: [("hand", 49, 279), ("random", 67, 1497), ("preemption", 52, 285)])
  func carriedCases(name: String, cases: Int, decisions: Int) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "jsonl", subdirectory: "Fixtures"))
    let file = try GoldenFile(url)
    print("scheduler: carried \(name): \(file.cases) cases, \(file.equal) of \(file.decisions)")
    #expect(file.differences == [])
    #expect(file.equal == file.decisions)
    #expect(file.cases == cases)
    #expect(file.decisions == decisions)
  }

  /// Every third of the random cases is carried, to keep a clone small.
  @Test(
    "rewrites the carried cases from the golden folder",
    .enabled(if: ProcessInfo.processInfo.environment["GANTRY_UPDATE_FIXTURES"] == "1"))
  func updateFixtures() throws {
    let folder = try #require(Self.folder)
    let fixtures = Self.root.appending(path: "Tests/Scheduling/Fixtures")
    for (name, step) in [("random", 3), ("preemption", 1)] {
      let lines = try Data(contentsOf: folder.appending(path: name + ".jsonl"))
        .split(separator: UInt8(ascii: "\n"))
      let chosen = stride(from: 0, to: lines.count, by: step).map { Data(lines[$0]) }
      try Data(CompactWriter.text(of: chosen).utf8)
        .write(to: fixtures.appending(path: name + ".jsonl"))
    }
  }

  @Test("a case that cannot be read counts as a failure and is named")
  func unreadable() throws {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "gantry-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: url) }
    let lines = [
      #"{"id":"quantity","input":{"nodes":[{"name":"a","allocatable":{"cpu":"much"}}]},"#
        + #""expected":{"results":[]}}"#,
      #"{"id":"short","input":{"nodes":[],"pods":[{"name":"p"}]},"expected":{"results":[]}}"#,
      "no case",
    ]
    try Data(lines.joined(separator: "\n").utf8).write(to: url)
    let file = try GoldenFile(url)
    #expect(file.decisions == 3)
    #expect(file.equal == 0)
    #expect(file.differences.count == 3)
    #expect(file.differences[0].contains("quantity: cannot be read"))
    #expect(file.differences[1] == "short default/p: no result")
    #expect(file.differences[2].contains("line 3: cannot be read"))
  }

  @Test("the number of nodes to find is that of the table")
  func nodesToFind() throws {
    for row in try rows("nodes-to-find.json") {
      var configuration = SchedulerConfiguration()
      configuration.percentageOfNodesToScore = row[0] == 0 ? nil : row[0]
      #expect(configuration.nodesToFind(among: row[1]) == row[2], "\(row)")
    }
  }

  @Test("the back-off is that of the table")
  func backoff() throws {
    for row in try rows("backoff.json") {
      #expect(QueueTiming.backoff(after: row[0]) == .seconds(Double(row[1])), "\(row)")
    }
  }

  /// The rows of a table; none, with a word about it, where the table is not.
  private func rows(_ name: String) throws -> [[Int]] {
    struct Table: Decodable { var rows: [[Int]] }
    guard let folder = Self.folder,
      let data = try? Data(contentsOf: folder.appending(path: name))
    else {
      print("scheduler: \(name) left out, no such table is here")
      return []
    }
    return try JSONDecoder().decode(Table.self, from: data).rows
  }
}
