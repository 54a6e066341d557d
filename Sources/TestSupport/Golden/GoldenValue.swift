/// A JSON value of any shape.
public enum GoldenValue: Codable, Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([GoldenValue])
  case object([String: GoldenValue])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([GoldenValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: GoldenValue].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value):
      if let whole = Int(exactly: value) {
        try container.encode(whole)
      } else {
        try container.encode(value)
      }
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// The value under a key; null where there is none.
  public subscript(key: String) -> GoldenValue {
    if case .object(let entries) = self { return entries[key] ?? .null }
    return .null
  }

  /// The items of a list.
  public var items: [GoldenValue] { if case .array(let items) = self { items } else { [] } }
  /// The entries of an object.
  public var entries: [String: GoldenValue] {
    if case .object(let entries) = self { entries } else { [:] }
  }
  /// The text of a string.
  public var text: String? { if case .string(let text) = self { text } else { nil } }
  /// The value of a number.
  public var number: Double? { if case .number(let value) = self { value } else { nil } }
  /// Whether it is `true`.
  public var truth: Bool { self == .bool(true) }
  /// Whether it is null or absent.
  public var isNull: Bool { self == .null }

  /// An object with some of its keys only; absent and null ones are left out.
  public func keeping(_ keys: [String]) -> GoldenValue {
    var kept: [String: GoldenValue] = [:]
    for key in keys where !self[key].isNull { kept[key] = self[key] }
    return .object(kept)
  }

  /// An object with the items of one of its lists changed.
  public func mapping(_ key: String, _ change: (GoldenValue) -> GoldenValue) -> GoldenValue {
    guard case .object(var entries) = self, case .array(let items)? = entries[key] else {
      return self
    }
    entries[key] = .array(items.map(change))
    return .object(entries)
  }
}
