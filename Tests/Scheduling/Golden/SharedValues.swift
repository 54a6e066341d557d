import Foundation

/// Parts of cases that occur often, each written once in a line of its own; "@7" stands for the
/// eighth of them, and a text that begins with "@" has another "@" before it.
struct SharedValues {
  /// What a line with a shared value begins with.
  static let mark = UInt8(ascii: "=")

  private var values: [Any] = []

  /// Adds the next value, which may refer to those before it.
  mutating func add(_ line: Data) throws {
    values.append(expanded(try JSONSerialization.jsonObject(with: line)))
  }

  /// A case with all references resolved.
  func expand(_ line: Data) throws -> Data {
    guard !values.isEmpty else { return line }
    return try JSONSerialization.data(
      withJSONObject: expanded(try JSONSerialization.jsonObject(with: line)))
  }

  private func expanded(_ value: Any) -> Any {
    switch value {
    case let text as String where text.hasPrefix("@@"): return String(text.dropFirst())
    case let text as String where text.hasPrefix("@"):
      return Int(text.dropFirst()).flatMap { values.indices.contains($0) ? values[$0] : nil }
        ?? value
    case let object as [String: Any]: return object.mapValues(expanded)
    case let list as [Any]: return list.map(expanded)
    default: return value
    }
  }
}
