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
  public func render(_ inputs: [CheckedInput]) -> String {
    JSONValue.members([
      "schemaVersion": .count(Self.schemaVersion),
      "inputs": .array(
        inputs.map { input in
          .members([
            "name": .string(input.name), "valid": .bool(input.isValid),
            "findings": .array(input.findings.map(Self.diagnostic)),
          ])
        }),
    ]).prettyText
  }
}
