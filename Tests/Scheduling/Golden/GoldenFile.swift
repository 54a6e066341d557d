import Foundation

/// Plays all cases of a file and counts the decisions that are equal.
struct GoldenFile {
  private struct Name: Decodable { var id: String }

  private(set) var cases = 0
  private(set) var decisions = 0
  private(set) var equal = 0
  private(set) var differences: [String] = []
  private let name: String

  init(_ url: URL) throws {
    name = url.lastPathComponent
    let lines = try Data(contentsOf: url).split(separator: UInt8(ascii: "\n"))
    var shared = SharedValues()
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 <= UInt8(ascii: " ") }) {
      if line.first == SharedValues.mark {
        try shared.add(Data(line.dropFirst()))
      } else {
        play(Data(line), number: index + 1, shared)
      }
    }
  }

  /// A case that cannot be read counts as one decision that is not equal.
  private mutating func play(_ line: Data, number: Int, _ shared: SharedValues) {
    cases += 1
    do {
      let text = try shared.expand(line)
      var replay = GoldenReplay(try JSONDecoder().decode(GoldenCase.self, from: text))
      replay.run()
      decisions += replay.decisions
      equal += replay.equal
      differences += replay.differences
    } catch {
      decisions += 1
      let id = (try? JSONDecoder().decode(Name.self, from: line))?.id ?? "line \(number)"
      differences.append("\(name), \(id): cannot be read: \(error)")
    }
  }
}
