public import GantryModel

extension JSONReport {
  /// What a check of one input came to.
  public struct CheckedInput: Sendable {
    var name: String
    var isValid: Bool
    var findings: [Diagnostic]

    /// Joins an input's name, whether it can be simulated, and its findings.
    public init(name: String, isValid: Bool, findings: [Diagnostic]) {
      self.name = name
      self.isValid = isValid
      self.findings = findings
    }
  }

  /// The findings of several inputs as one JSON object.
  ///
  /// Each finding has the explanation and the remedy of its kind; null when its code is not among
  /// the kinds.
  public func render(_ inputs: [CheckedInput], kinds: [FindingKind]) -> String {
    let known = Dictionary(kinds.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    return JSONValue.members([
      "schemaVersion": .count(Self.schemaVersion),
      "inputs": .array(
        inputs.map { input in
          .members([
            "name": .string(input.name), "valid": .bool(input.isValid),
            "findings": .array(input.findings.map { Self.explained($0, known[$0.code]) }),
          ])
        }),
    ]).prettyText
  }

  private static func explained(_ finding: Diagnostic, _ kind: FindingKind?) -> JSONValue {
    .object(
      diagnosticMembers(finding) + [
        .init(name: "explanation", value: .text(kind?.explanation)),
        .init(name: "remedy", value: .text(kind?.remedy)),
      ])
  }
}
