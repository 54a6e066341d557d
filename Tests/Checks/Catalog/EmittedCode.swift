import Foundation
import GantryModel

/// A finding's code as a source writes it, with the severity that the call around it gives.
struct EmittedCode: CustomStringConvertible {
  var code: String
  /// nil when the call is none of those known here.
  var severity: Diagnostic.Severity?
  /// The call, such as `error` or `FindingKind`; empty when there is none.
  var call: String
  /// File and line.
  var place: String

  var description: String { "\(code) in \(call)(…) at \(place)" }

  /// What the package's sources emit: all but the catalogue itself and samples for tests.
  static func all() throws -> [EmittedCode] { try found.get() }

  private static let found = Result { try search() }

  private static func search() throws -> [EmittedCode] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let sources = root.appending(path: "Sources")
    let files = FileManager.default.enumerator(atPath: sources.path)
    let names = (files?.compactMap { $0 as? String } ?? []).filter {
      $0.hasSuffix(".swift") && !$0.hasPrefix("Checks/Catalog/") && !$0.hasPrefix("TestSupport/")
    }
    return try names.sorted().flatMap { name in
      let text = try String(contentsOf: sources.appending(path: name), encoding: .utf8)
      guard text.contains(/"[ENW][0-9]/) else { return [EmittedCode]() }
      return codes(in: text, file: "Sources/\(name)")
    }
  }

  /// The codes of one source; a code that is only compared with is not emitted.
  static func codes(in source: String, file: String) -> [EmittedCode] {
    let parsed = SwiftLiterals(source)
    return parsed.literals.compactMap { literal in
      guard isCode(literal.text) else { return nil }
      let before = parsed.code[..<literal.offset]
      let words = before.suffix(100).filter { $0 > UInt8(ascii: " ") }.suffix(2)
      guard !["==", "!="].contains(String(decoding: words, as: UTF8.self)) else { return nil }
      let (call, arguments) = enclosingCall(of: before)
      let line = source.utf8.prefix(literal.offset).count { $0 == UInt8(ascii: "\n") } + 1
      return EmittedCode(
        code: literal.text, severity: severity(of: call, arguments, code: literal.text), call: call,
        place: "\(file):\(line)")
    }
  }

  /// Whether a text is a severity letter and four digits.
  static func isCode(_ text: String) -> Bool {
    text.utf8.count == 5 && "EWN".contains(text.prefix(1))
      && text.dropFirst().allSatisfy { ("0"..."9").contains($0) }
  }

  /// The name before the bracket that is still open at the end of some code, and what follows it.
  private static func enclosingCall(of code: ArraySlice<UInt8>) -> (name: String, arguments: String)
  {
    var depth = 0
    for index in code.indices.reversed() {
      if code[index] == UInt8(ascii: ")") { depth += 1 }
      guard code[index] == UInt8(ascii: "(") else { continue }
      guard depth == 0 else {
        depth -= 1
        continue
      }
      let name = code[..<index].reversed().prefix { byte in
        let scalar = Unicode.Scalar(byte)
        return scalar.properties.isAlphabetic || scalar == "_"
          || scalar.properties.numericType != nil
      }
      return (
        String(decoding: name.reversed(), as: UTF8.self),
        String(decoding: code[(index + 1)...], as: UTF8.self)
      )
    }
    return ("", "")
  }

  /// The severity that a call gives to its code.
  ///
  /// `YAMLFailure`, `invalid` (ShapeReader) and `report` (TaskSpecChecks) hand their code on to an
  /// error, `RunRefusal` to the error that PipelineRunResolver makes of it.
  private static func severity(
    of call: String, _ arguments: String, code: String
  ) -> Diagnostic.Severity? {
    switch call {
    case "error", "YAMLFailure", "invalid", "report", "RunRefusal": .error
    case "warning": .warning
    case "note": .note
    case "Diagnostic", "Finding", "tell":
      Diagnostic.Severity.allCases.first { arguments.contains(".\($0.rawValue),") }
    case "FindingKind": FindingKind(code, "", "", remedy: "").severity
    default: nil
    }
  }
}
