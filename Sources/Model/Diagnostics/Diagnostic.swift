/// A place in an input: file name as the user gave it, 1-based line and column.
public struct SourceLocation: Hashable, Sendable, Comparable, Codable {
  /// The path as shown to the user, `<stdin>`, or the name of an option such as `--set`.
  public var file: String
  /// The line, counted from 1.
  public var line: Int
  /// The column in characters, counted from 1.
  public var column: Int

  /// Makes a place.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  public static func < (a: Self, b: Self) -> Bool {
    (a.file, a.line, a.column) < (b.file, b.line, b.column)
  }
}

/// A value with the place it was written.
public struct Located<Value> {
  /// The value.
  public var value: Value
  /// Where it was written.
  public var location: SourceLocation

  /// Joins a value and its place.
  public init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
extension Located: Sendable where Value: Sendable {}

/// One finding about an input, as a value; rendering is the report's work.
public struct Diagnostic: Hashable, Sendable {
  /// How grave a finding is.
  public enum Severity: String, Sendable, Codable, CaseIterable {
    /// The input cannot be used.
    case error
    /// The input can be used, but probably not as meant.
    case warning
    /// Something the user should know.
    case note
  }

  /// A further place that matters to a finding.
  public struct Note: Hashable, Sendable {
    /// What is to be seen there.
    public var message: String
    /// Where.
    public var location: SourceLocation?

    /// Makes a note.
    public init(_ message: String, at location: SourceLocation? = nil) {
      self.message = message
      self.location = location
    }
  }

  /// How grave it is.
  public var severity: Severity
  /// A stable identifier such as `E0103`.
  public var code: String
  /// What is wrong and what was expected, in one sentence without a full stop.
  public var message: String
  /// Where; nil when no place in a file is to blame.
  public var location: SourceLocation?
  /// Further places.
  public var notes: [Note]
  /// What to write instead, such as the nearest known name.
  public var suggestion: String?

  /// Makes a finding.
  public init(
    _ severity: Severity, _ code: String, _ message: String, at location: SourceLocation?,
    notes: [Note] = [], suggestion: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.location = location
    self.notes = notes
    self.suggestion = suggestion
  }
}

/// Collects findings while inputs are read, so that all are reported together.
public final class DiagnosticSink {
  /// The findings so far, in the order they were found.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Makes an empty collection.
  public init() {}

  /// Whether any finding is an error.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Adds a finding.
  public func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Adds an error.
  public func error(
    _ code: String, _ message: String, at location: SourceLocation?, notes: [Diagnostic.Note] = [],
    suggestion: String? = nil
  ) {
    add(
      Diagnostic(.error, code, message, at: location, notes: notes, suggestion: suggestion))
  }

  /// Adds a warning.
  public func warning(
    _ code: String, _ message: String, at location: SourceLocation?, notes: [Diagnostic.Note] = [],
    suggestion: String? = nil
  ) {
    add(
      Diagnostic(.warning, code, message, at: location, notes: notes, suggestion: suggestion))
  }

  /// Adds a note.
  public func note(_ code: String, _ message: String, at location: SourceLocation?) {
    add(Diagnostic(.note, code, message, at: location))
  }
}

/// Bad input: every problem that was found.
public struct InputError: Error, Sendable {
  /// All findings; at least one is an error.
  public var diagnostics: [Diagnostic]

  /// Makes the error from all findings.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
