/// What a code stands for: the same for every finding that has it.
public struct FindingKind: Hashable, Sendable {
  /// Severity letter (`E`, `W`, `N`) and four digits; never given to another kind.
  public var code: String
  /// The rule in a few words, such as `task reads files that nothing orders`.
  public var title: String
  /// Why it matters, in a sentence or two.
  public var explanation: String
  /// What to write instead.
  public var remedy: String

  /// Describes a kind of finding.
  public init(_ code: String, _ title: String, _ explanation: String, remedy: String) {
    self.code = code
    self.title = title
    self.explanation = explanation
    self.remedy = remedy
  }

  /// How grave findings of this kind are.
  public var severity: Diagnostic.Severity {
    switch code.first {
    case "E": .error
    case "W": .warning
    default: .note
    }
  }

  /// A finding of this kind; the help is the kind's remedy unless given.
  public func finding(
    _ message: String, at location: SourceLocation?, notes: [Diagnostic.Note] = [],
    suggestion: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      severity, code, message, at: location, notes: notes, suggestion: suggestion ?? remedy)
  }
}
