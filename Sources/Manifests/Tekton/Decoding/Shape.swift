/// What a value may be, as the API types declare it.
///
/// The admission webhook decodes strictly: an unknown field or a value of the wrong type refuses the
/// document. A shape says so as data, so that reading afterwards needs no checks.
indirect enum Shape: Sendable {
  /// Anything at all (raw extensions, `status` of live objects).
  case any
  case string
  case integer
  case boolean
  /// A resource quantity, text or number.
  case quantity
  /// A Go duration in text.
  case duration
  /// A whole number or text.
  case integerOrString
  /// A parameter's value, which takes any JSON.
  case parameterValue
  /// Texts by free keys.
  case stringMap
  case list(Shape)
  case map(Shape)
  case object([String: Shape])
  /// A shape that contains itself.
  case deferred(@Sendable () -> Shape)

  /// An object whose fields are listed by type, names separated by blanks.
  static func fields(
    strings: String = "", integers: String = "", booleans: String = "", stringLists: String = "",
    _ others: [String: Shape] = [:]
  ) -> Shape {
    var fields = others
    for (names, shape) in [
      (strings, Shape.string), (integers, .integer), (booleans, .boolean),
      (stringLists, .list(.string)),
    ] {
      for name in names.split(separator: " ") { fields[String(name)] = shape }
    }
    return .object(fields)
  }

  /// The same object with more fields, which win over fields of the same name.
  func adding(_ other: Shape) -> Shape {
    guard case .object(let mine) = self, case .object(let theirs) = other else { return self }
    return .object(mine.merging(theirs) { $1 })
  }

  /// The same object without some fields, names separated by blanks.
  func removing(_ names: String) -> Shape {
    guard case .object(var fields) = self else { return self }
    for name in names.split(separator: " ") { fields[String(name)] = nil }
    return .object(fields)
  }
}
