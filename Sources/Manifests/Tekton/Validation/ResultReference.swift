/// A reference to a result of a pipeline task, such as `tasks.build.results.digest`.
public struct ResultReference: Hashable, Sendable {
  /// `tasks` or `finally`.
  public var section: String
  /// The pipeline task.
  public var task: String
  /// The result's name without an index.
  public var result: String
  /// The key of an object result.
  public var key: String?
  /// The index of an array result as written between brackets (`*` for all).
  public var index: String?

  /// Reads what stands between `$(` and `)`; nil when it is no reference to a result.
  public init?(_ expression: String) {
    let parts = expression.split(separator: ".", omittingEmptySubsequences: false)
    guard ResultReference.looksLikeOne(expression), parts.count <= 5 else { return nil }
    section = String(parts[0])
    task = String(parts[1])
    key = parts.count == 5 ? String(parts[4]) : nil
    result = VariableReferences.withoutIndex(String(parts[3]))
    index = nil
    if let open = parts[3].firstIndex(of: "["), parts[3].last == "]", parts.count == 4 {
      index = String(parts[3][parts[3].index(after: open)...].dropLast())
    }
  }

  /// Whether an expression has the first parts of a reference to a result.
  public static func looksLikeOne(_ expression: String) -> Bool {
    let parts = expression.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count >= 4 && (parts[0] == "tasks" || parts[0] == "finally")
      && parts[2] == "results"
  }

  /// The references in a text.
  public static func all(in text: String) -> [ResultReference] {
    VariableReferences.expressions(in: text).compactMap { ResultReference($0) }
  }
}
