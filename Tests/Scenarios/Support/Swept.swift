import Foundation
import GantryModel
import GantryStore
import Testing

/// A sweep or a plan as a command printed it, in JSON.
struct Swept {
  private let object: [String: Any]
  let points: [Point]

  init(_ json: String) throws {
    object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any], "\(json)")
    points = try #require(object["points"] as? [[String: Any]]).map { Point(object: $0) }
  }

  /// The point that a plan names under a key, such as `winner`.
  func named(_ key: String) throws -> Point {
    let number = try #require(object[key] as? Int, "\(key)")
    return points[number - 1]
  }

  /// The point with these values, in the order of the axes' names.
  func point(_ values: String...) throws -> Point {
    try #require(points.first { $0.values == values }, "\(values)")
  }

  /// One point.
  struct Point {
    let object: [String: Any]

    var number: Int { object["point"] as? Int ?? 0 }
    var verdict: String { object["verdict"] as? String ?? "" }
    /// `pareto`, `close`, `dominated`, `unknown` or `unusable`.
    var standing: String { object["standing"] as? String ?? "" }
    /// Whether it may be the fastest, as far as chance allows.
    var mayBeFastest: Bool { object["mayBeFastest"] as? Bool ?? false }

    /// What the limits of a plan are of, by measure.
    var readings: [String: (value: Double, half: Double)] {
      let all = object["readings"] as? [String: Any] ?? [:]
      return all.compactMapValues { reading in
        guard let found = reading as? [String: Any], let value = found["value"] as? Double else {
          return nil
        }
        return (value, found["halfWidth"] as? Double ?? .nan)
      }
    }

    /// What is set on the axes, by their names.
    var values: [String] {
      let named = object["values"] as? [String: String] ?? [:]
      return named.sorted { $0.key < $1.key }.map(\.value)
    }

    /// An estimate with half its interval.
    func estimate(_ key: String) throws -> (value: Double, half: Double) {
      let found = try #require(object[key] as? [String: Any], "\(key) of point \(number)")
      return (try #require(found["value"] as? Double), found["halfWidth"] as? Double ?? .nan)
    }

    func value(_ key: String) throws -> Double { try estimate(key).value }

    /// A change against the baseline, and whether it is told from chance.
    func isTold(_ key: String) -> Bool {
      (object[key] as? [String: Any])?["isTold"] as? Bool ?? false
    }
  }
}

extension Readme {
  /// The commands in its `sh` blocks, one a line.
  var commandLines: [String] { commands.split(separator: "\n").map(String.init) }
}

extension Shell {
  /// The newest record of each scenario and label in the store.
  func records() throws -> [SimulationRecord] {
    let store = try Store(path: store, access: .readOnly)
    return try store.latest(StoreFilter()).map { try store.load(id: $0.id) }
  }

  /// Runs a command that has to end with 0 and say nothing on standard error but notes.
  func output(_ command: String) throws -> String {
    let result = try run(command)
    #expect(result.status == 0, "\(command): \(result.errors)")
    let unexpected = result.errors.split(separator: "\n").filter { !$0.hasPrefix("note: ") }
    #expect(unexpected.isEmpty, "\(command): \(result.errors)")
    return result.output
  }
}

extension String {
  /// As a fenced block of Markdown.
  var fenced: [String] {
    ["```text"]
      + split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
      + ["```"]
  }
}

/// A figure with half its interval, `121 ± 3`, with its sign if asked for.
func plusMinus(
  _ estimate: (value: Double, half: Double), digits: Int = 0, signed: Bool = false
) -> String {
  let size = estimate.value.magnitude.formatted(digits: digits)
  let sign = estimate.value < 0 ? "−" : signed ? "+" : ""
  return "\(sign)\(size) ± \(estimate.half.formatted(digits: digits))"
}
