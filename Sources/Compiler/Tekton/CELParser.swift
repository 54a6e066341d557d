/// Evaluates an expression while reading it; every rule returns nil when it cannot.
struct CELParser {
  let tokens: [CELToken]
  private var position = 0
  /// Nested parentheses and lists; bounded so that a hostile text cannot exhaust the stack.
  private var depth = 0

  init(tokens: [CELToken]) { self.tokens = tokens }

  var isAtEnd: Bool { position == tokens.count }

  /// A conditional: `a ? b : c`.
  mutating func conditional() -> CELValue? {
    guard depth < 64 else { return nil }
    depth += 1
    defer { depth -= 1 }
    guard let condition = disjunction() else { return nil }
    guard take("?") else { return condition }
    guard case .bool(let isTrue) = condition, let yes = conditional(), take(":"),
      let no = conditional()
    else { return nil }
    return isTrue ? yes : no
  }

  private mutating func disjunction() -> CELValue? {
    guard var left = conjunction() else { return nil }
    while take("||") {
      guard case .bool(let a) = left, case .bool(let b)? = conjunction() else { return nil }
      left = .bool(a || b)
    }
    return left
  }

  private mutating func conjunction() -> CELValue? {
    guard var left = relation() else { return nil }
    while take("&&") {
      guard case .bool(let a) = left, case .bool(let b)? = relation() else { return nil }
      left = .bool(a && b)
    }
    return left
  }

  private mutating func relation() -> CELValue? {
    guard let left = sum() else { return nil }
    if case .name("in")? = peek {
      position += 1
      guard case .list(let items)? = sum() else { return nil }
      return .bool(items.contains(left))
    }
    for mark in ["==", "!=", "<=", ">=", "<", ">"] where take(mark) {
      guard let right = sum() else { return nil }
      return compare(left, mark, right)
    }
    return left
  }

  private mutating func sum() -> CELValue? {
    guard var left = unary() else { return nil }
    while case .mark(let mark)? = peek, mark == "+" || mark == "-" {
      position += 1
      guard let right = unary() else { return nil }
      switch (left, mark, right) {
      case (.string(let a), "+", .string(let b)): left = .string(a + b)
      case (.int(let a), "+", .int(let b)):
        let (value, overflow) = a.addingReportingOverflow(b)
        if overflow { return nil }
        left = .int(value)
      case (.int(let a), "-", .int(let b)):
        let (value, overflow) = a.subtractingReportingOverflow(b)
        if overflow { return nil }
        left = .int(value)
      default: return nil
      }
    }
    return left
  }

  private mutating func unary() -> CELValue? {
    var negations = 0
    while take("!") { negations += 1 }
    if negations > 0 {
      guard case .bool(let value)? = call() else { return nil }
      return .bool(negations.isMultiple(of: 2) ? value : !value)
    }
    if take("-") {
      switch call() {
      case .int(let value): return .int(-value)
      case .double(let value): return .double(-value)
      default: return nil
      }
    }
    return call()
  }

  private mutating func call() -> CELValue? {
    guard var value = primary() else { return nil }
    while take(".") {
      guard case .name(let name)? = next(), take("("), case .string(let text) = value else {
        return nil
      }
      if name == "size" {
        guard take(")") else { return nil }
        value = .int(text.unicodeScalars.count)
        continue
      }
      guard case .string(let argument)? = conditional(), take(")") else { return nil }
      switch name {
      case "startsWith": value = .bool(text.hasPrefix(argument))
      case "endsWith": value = .bool(text.hasSuffix(argument))
      case "contains":
        value = .bool(argument.isEmpty || text[...].range(ofText: argument) != nil)
      case "matches":
        guard let pattern = try? Regex(argument) else { return nil }
        value = .bool(text.firstMatch(of: pattern) != nil)
      default: return nil
      }
    }
    return value
  }

  private mutating func primary() -> CELValue? {
    switch next() {
    case .string(let text): return .string(text)
    case .int(let value): return .int(value)
    case .double(let value): return .double(value)
    case .name("true"): return .bool(true)
    case .name("false"): return .bool(false)
    case .name("size"): return size()
    case .mark("("):
      guard let value = conditional(), take(")") else { return nil }
      return value
    case .mark("["): return list()
    default: return nil
    }
  }

  private mutating func size() -> CELValue? {
    guard take("("), let value = conditional(), take(")") else { return nil }
    switch value {
    case .string(let text): return .int(text.unicodeScalars.count)
    case .list(let items): return .int(items.count)
    default: return nil
    }
  }

  private mutating func list() -> CELValue? {
    var items: [CELValue] = []
    if take("]") { return .list(items) }
    repeat {
      guard let item = conditional() else { return nil }
      items.append(item)
    } while take(",")
    return take("]") ? .list(items) : nil
  }

  private func compare(_ a: CELValue, _ mark: String, _ b: CELValue) -> CELValue? {
    if mark == "==" { return .bool(a == b) }
    if mark == "!=" { return .bool(a != b) }
    let order: Int
    switch (a, b) {
    case (.int(let x), .int(let y)): order = x < y ? -1 : (x > y ? 1 : 0)
    case (.double(let x), .double(let y)): order = x < y ? -1 : (x > y ? 1 : 0)
    case (.string(let x), .string(let y)): order = x < y ? -1 : (x > y ? 1 : 0)
    default: return nil
    }
    switch mark {
    case "<": return .bool(order < 0)
    case "<=": return .bool(order <= 0)
    case ">": return .bool(order > 0)
    default: return .bool(order >= 0)
    }
  }

  private var peek: CELToken? { position < tokens.count ? tokens[position] : nil }

  private mutating func next() -> CELToken? {
    guard position < tokens.count else { return nil }
    position += 1
    return tokens[position - 1]
  }

  private mutating func take(_ mark: String) -> Bool {
    guard case .mark(mark)? = peek else { return false }
    position += 1
    return true
  }
}
