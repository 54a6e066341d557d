import Foundation
import GantryTestSupport
import Testing

@Suite("Tekton: the carried part of the reference data")
struct GoldenFixtureTests {
  /// `GANTRY_UPDATE_FIXTURES=1` writes the carried files from the folder.
  @Test("what is carried is what the folder says")
  func carried() throws {
    let golden = try TektonGolden.find()
    guard !golden.isCarried,
      ProcessInfo.processInfo.environment["GANTRY_GOLDEN_TEKTON"] == nil
    else { return }
    let cases = try golden.releases().flatMap { try golden.cases($0) }
      .filter { TektonFixtures.groups.contains($0.group) }
    #expect(cases.allSatisfy { $0.problem == nil })
    let files = try TektonFixtures.files(of: cases)
    let folder = TektonGolden.carried().root
    if ProcessInfo.processInfo.environment["GANTRY_UPDATE_FIXTURES"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, text) in files {
        try text.write(
          to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
      }
    }
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      let kept = try? String(
        contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      #expect(kept == text, "\(name) is out of date: GANTRY_UPDATE_FIXTURES=1 writes it")
    }
  }

  @Test("the carried cases can all be read")
  func readable() throws {
    let golden = TektonGolden.carried()
    let cases = try golden.releases().flatMap { try golden.cases($0) }
    #expect(cases.allSatisfy { $0.problem == nil && !$0.inputs.isEmpty })
    #expect(cases.contains(where: \.isPod) && cases.contains { !$0.isPod })
  }
}
