/// Files that cannot be read: an I/O error, not bad input.
public struct InputReadError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One path and what went wrong.
  public struct Failure: Sendable, Hashable {
    /// The path as the user gave it.
    public var path: String
    /// What went wrong, in words.
    public var reason: String

    /// Joins path and reason.
    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  /// All failures; at least one.
  public var failures: [Failure]

  /// Makes the error.
  public init(_ failures: [Failure]) { self.failures = failures }

  /// One line for each failure.
  public var description: String {
    failures.map { "\($0.path): \($0.reason)" }.joined(separator: "\n")
  }
}
