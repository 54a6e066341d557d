public import GantryModel

/// A YAML (or JSON) value that knows where it was written.
public struct YAMLNode: Sendable {
  /// What the value is.
  public enum Content: Sendable {
    case null
    case bool(Bool)
    /// A number in the form of the JSON that reaches the API server: `0x10` is `16`, `1.20` is `1.2`.
    case number(String)
    case string(String)
    case sequence([YAMLNode])
    /// Keys in the order written; duplicates are an error of the parser.
    case mapping([Entry])
  }

  /// One key of a mapping.
  public struct Entry: Sendable {
    public var key: Located<String>
    public var value: YAMLNode

    /// Joins key and value.
    public init(key: Located<String>, value: YAMLNode) {
      self.key = key
      self.value = value
    }
  }

  /// The value.
  public var content: Content
  /// Where it starts.
  public var location: SourceLocation

  /// Joins value and place.
  public init(_ content: Content, at location: SourceLocation) {
    self.content = content
    self.location = location
  }

  /// The value under a key of a mapping; nil for other values and unknown keys.
  /// - Complexity: O(number of keys).
  public subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.value == key }?.value
  }

  /// Whether the value is null.
  public var isNull: Bool {
    if case .null = content { return true }
    return false
  }

  /// The kind of value in words, for error messages.
  public var kindName: String {
    switch content {
    case .null: "null"
    case .bool(let value): "the boolean \(value)"
    case .number(let text): "the number \(text)"
    case .string: "a string"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
