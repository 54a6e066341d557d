import Foundation
import GantryScheduling
import Testing

@Suite("Decisions of the real kube-scheduler 1.28.8")
struct GoldenTests {
  /// Where the real decisions are, if anywhere.
  static var folder: URL? {
    let environment = ProcessInfo.processInfo.environment
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
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
    for file in files {
      let result = try replay(file)
      print("scheduler: \(file.lastPathComponent): \(result.equal) of \(result.all)")
      for line in result.differences.prefix(20) { print("  " + line) }
      all += result.all
      equal += result.equal
      #expect(result.differences.isEmpty, "\(file.lastPathComponent)")
    }
    print("scheduler: \(equal) of \(all) decisions equal")
    #expect(equal == all)
  }

  @Test("every decision of the cases in this repository is equal")
  func carriedCases() throws {
    let file = try #require(
      Bundle.module.url(forResource: "hand", withExtension: "jsonl", subdirectory: "Fixtures"))
    let result = try replay(file)
    #expect(result.all == 279)
    #expect(result.differences == [])
  }

  @Test("the number of nodes to find is that of the table")
  func nodesToFind() throws {
    guard let folder = Self.folder else {
      print("scheduler: nodes to find left out, no folder of real decisions is here")
      return
    }
    struct Table: Decodable { var rows: [[Int]] }
    let file = folder.appending(path: "nodes-to-find.json")
    guard let data = try? Data(contentsOf: file) else {
      print("scheduler: nodes to find left out, no such table is here")
      return
    }
    for row in try JSONDecoder().decode(Table.self, from: data).rows {
      var configuration = SchedulerConfiguration()
      configuration.percentageOfNodesToScore = row[0] == 0 ? nil : row[0]
      #expect(configuration.nodesToFind(among: row[1]) == row[2], "\(row)")
    }
  }

  private func replay(
    _ file: URL
  ) throws -> (all: Int, equal: Int, differences: [String]) {
    var all = 0
    var equal = 0
    var differences: [String] = []
    let decoder = JSONDecoder()
    for line in try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")) {
      var replay = GoldenReplay(try decoder.decode(GoldenCase.self, from: Data(line)))
      replay.run()
      all += replay.decisions
      equal += replay.equal
      differences += replay.differences
    }
    return (all, equal, differences)
  }
}
