import Foundation

/// Writes cases in compact form: what occurs often once, and a digest for each result.
struct CompactWriter {
  /// Shorter texts are repeated rather than shared.
  private static let leastShared = 12

  private var uses: [String: Int] = [:]
  private var numbers: [String: Int] = [:]
  private var shared: [String] = []

  /// The compact text of some lines of a reference file.
  static func text(of lines: [Data]) throws -> String {
    var writer = CompactWriter()
    let cases = try lines.map { try writer.compact($0) }
    for each in cases { try writer.count(each) }
    let texts = try cases.map { try writer.text(try writer.encoded($0, isTop: true)) }
    return (writer.shared.map { "=" + $0 } + texts).joined(separator: "\n") + "\n"
  }

  /// A case without what is not read, and with digests for results.
  private func compact(_ line: Data) throws -> Any {
    let results = try JSONDecoder().decode(GoldenCase.self, from: line).expected.results
    guard var test = try JSONSerialization.jsonObject(with: line) as? [String: Any],
      var input = test["input"] as? [String: Any], var expected = test["expected"] as? [String: Any]
    else { return line }
    input["seed"] = nil
    expected["results"] = results.map { verdict in
      switch verdict {
      case .full(let result): GoldenDigest(of: result).description
      case .digest(let digest): digest.description
      }
    }
    test["input"] = input
    test["expected"] = expected
    return test
  }

  private func text(_ value: Any) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }

  private static func parts(of value: Any) -> [Any]? {
    switch value {
    case let object as [String: Any]: object.sorted { $0.key < $1.key }.map(\.value)
    case let list as [Any]: list
    default: nil
    }
  }

  private mutating func count(_ value: Any) throws {
    guard let parts = Self.parts(of: value) else { return }
    let key = try text(value)
    uses[key, default: 0] += 1
    // What is inside a repeated value is written once, with it.
    guard uses[key] == 1 else { return }
    for part in parts { try count(part) }
  }

  private mutating func encoded(_ value: Any, isTop: Bool = false) throws -> Any {
    if let string = value as? String { return string.hasPrefix("@") ? "@" + string : string }
    guard Self.parts(of: value) != nil else { return value }
    let key = try text(value)
    let isShared = !isTop && uses[key, default: 0] > 1 && key.utf8.count >= Self.leastShared
    if isShared, let number = numbers[key] { return "@\(number)" }
    let inner: Any
    switch value {
    case let object as [String: Any]:
      var copy: [String: Any] = [:]
      for (name, part) in object.sorted(by: { $0.key < $1.key }) { copy[name] = try encoded(part) }
      inner = copy
    case let list as [Any]: inner = try list.map { try encoded($0) }
    default: inner = value
    }
    guard isShared else { return inner }
    numbers[key] = shared.count
    shared.append(try text(inner))
    return "@\(shared.count - 1)"
  }
}
