public import GantryModel

/// Findings as SARIF 2.1.0, which code hosts and editors show beside the lines.
///
/// Source of the form: OASIS SARIF version 2.1.0, sections 3.13 to 3.30, read 2026-11-25. Columns count
/// characters (Unicode code points), as everywhere in gantry. A finding about no file has no place.
public struct SARIFReport: Sendable {
  /// The version of the program, for the log.
  public var programVersion: String
  /// What the codes stand for; a code that is not among them is described by its first finding.
  public var kinds: [FindingKind]

  /// Makes a report.
  public init(programVersion: String, kinds: [FindingKind]) {
    self.programVersion = programVersion
    self.kinds = kinds
  }

  /// One log with one run that holds all findings, each once.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    var seen: Set<Diagnostic> = []
    let findings = diagnostics.filter { seen.insert($0).inserted }
    let codes = Set(findings.map(\.code)).sorted()
    let known = Dictionary(kinds.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    let rules = codes.map { code in
      Self.rule(
        code, known[code], severity: findings.first { $0.code == code }?.severity ?? .note)
    }
    let results = findings.map { finding in
      Self.result(finding, index: codes.firstIndex(of: finding.code) ?? 0)
    }
    let driver = JSONValue.members([
      "name": "gantry", "version": .string(programVersion), "rules": .array(rules),
    ])
    let run = JSONValue.members([
      "tool": .members(["driver": driver]), "columnKind": "unicodeCodePoints",
      "results": .array(results),
    ])
    return JSONValue.members([
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": .array([run]),
    ]).prettyText
  }

  private static func rule(
    _ code: String, _ kind: FindingKind?, severity: Diagnostic.Severity
  ) -> JSONValue {
    var members: [JSONValue.Member] = [.init(name: "id", value: .string(code))]
    if let kind {
      members += [
        .init(name: "shortDescription", value: text(kind.title)),
        .init(name: "fullDescription", value: text(kind.explanation)),
        .init(name: "help", value: text(kind.remedy)),
      ]
    }
    members.append(
      .init(name: "defaultConfiguration", value: .members(["level": .string(severity.rawValue)])))
    return .object(members)
  }

  private static func result(_ finding: Diagnostic, index: Int) -> JSONValue {
    let words = finding.message + (finding.suggestion.map { " (\($0))" } ?? "")
    var members: [JSONValue.Member] = [
      .init(name: "ruleId", value: .string(finding.code)),
      .init(name: "ruleIndex", value: .count(index)),
      .init(name: "level", value: .string(finding.severity.rawValue)),
      .init(name: "message", value: text(words)),
    ]
    if let place = finding.location.flatMap({ location($0) }) {
      members.append(.init(name: "locations", value: .array([place])))
    }
    let related = finding.notes.compactMap { note in
      note.location.flatMap { location($0, message: note.message) }
    }
    if !related.isEmpty {
      members.append(.init(name: "relatedLocations", value: .array(related)))
    }
    return .object(members)
  }

  /// A place in a file; nil for options and built-in defaults, which are no files.
  private static func location(_ place: SourceLocation, message: String? = nil) -> JSONValue? {
    guard !place.file.hasPrefix("<"), !place.file.hasPrefix("--") else { return nil }
    let physical = JSONValue.members([
      "artifactLocation": .members(["uri": .string(uri(place.file))]),
      "region": .members([
        "startLine": .count(max(1, place.line)), "startColumn": .count(max(1, place.column)),
      ]),
    ])
    var members: [JSONValue.Member] = [.init(name: "physicalLocation", value: physical)]
    if let message { members.append(.init(name: "message", value: text(message))) }
    return .object(members)
  }

  /// A path as a URI reference: relative ones stay relative, absolute ones get the file scheme.
  static func uri(_ path: String) -> String {
    let allowed = Set(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    var text = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      if allowed.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        text += "%" + (hex.count == 1 ? "0" + hex : hex)
      }
    }
    return text
  }

  private static func text(_ text: String) -> JSONValue { .members(["text": .string(text)]) }
}
