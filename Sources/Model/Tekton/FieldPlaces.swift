/// Where the fields of an object are written, by their path from the object (`onError`,
/// `args[2]`, `volumeMounts[0].mountPath`).
///
/// A path is present exactly when the field is, so that checks can ask for fields whose value does
/// not matter to a simulation.
public struct FieldPlaces: Sendable {
  private var byPath: [String: SourceLocation] = [:]

  /// Makes an empty table.
  public init() {}

  /// The place of a field's value; nil when it is not written.
  public subscript(path: String) -> SourceLocation? {
    get { byPath[path] }
    set { byPath[path] = newValue }
  }

  /// Whether nothing is written.
  public var isEmpty: Bool { byPath.isEmpty }
}
