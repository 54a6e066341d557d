/// Finds where quoted and bracketed pieces of a script end, without recursion.
enum ShellScan {
  private enum Context { case double, parenthesis, brace }

  /// Whether a byte ends an unquoted word.
  static func isBreak(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
      UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
      true
    default: false
    }
  }

  /// The position behind the word that starts at `start`.
  static func endOfWord(_ bytes: [UInt8], from start: Int, line: Int) throws(ShellError) -> Int {
    var stack: [Context] = []
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if stack.isEmpty, isBreak(byte) { break }
      position = try step(bytes, position, &stack, line: line)
    }
    if let open = stack.last {
      throw ShellError(message: unterminated(open), line: line)
    }
    return position
  }

  /// The position of the bracket that closes the piece whose inside starts at `start`.
  static func endOfInside(
    _ bytes: [UInt8], from start: Int, isBrace: Bool, line: Int
  ) throws(ShellError) -> Int {
    var stack: [Context] = [isBrace ? .brace : .parenthesis]
    var position = start
    while position < bytes.count {
      position = try step(bytes, position, &stack, line: line)
      if stack.isEmpty { return position - 1 }
    }
    throw ShellError(message: unterminated(isBrace ? .brace : .parenthesis), line: line)
  }

  /// The position behind `))`; nil when there is none near on the same line.
  static func endOfArithmetic(_ bytes: [UInt8], from start: Int) -> Int? {
    var depth = 2
    var position = start
    let limit = min(bytes.count, start + 256)
    while position < limit {
      if bytes[position] == UInt8(ascii: "(") { depth += 1 }
      if bytes[position] == UInt8(ascii: ")") { depth -= 1 }
      position += 1
      if depth == 0 { return bytes[position - 2] == UInt8(ascii: ")") ? position : nil }
      if bytes[position - 1] == UInt8(ascii: "\n") { return nil }
    }
    return nil
  }

  private static func unterminated(_ context: Context) -> String {
    switch context {
    case .double: "a double quote has no end"
    case .parenthesis: "a '$(' has no end"
    case .brace: "a '${' has no end"
    }
  }

  private static func step(
    _ bytes: [UInt8], _ position: Int, _ stack: inout [Context], line: Int
  ) throws(ShellError) -> Int {
    let byte = bytes[position]
    let next = position + 1 < bytes.count ? bytes[position + 1] : 0
    switch byte {
    case UInt8(ascii: "\\"): return min(position + 2, bytes.count)
    case UInt8(ascii: "'") where stack.last != .double:
      return try endOfQuote(bytes, from: position + 1, byte, line: line)
    case UInt8(ascii: "`"):
      return try endOfQuote(bytes, from: position + 1, byte, line: line)
    case UInt8(ascii: "\""):
      if stack.last == .double { stack.removeLast() } else { stack.append(.double) }
    case UInt8(ascii: "$") where next == UInt8(ascii: "("):
      stack.append(.parenthesis)
      return position + 2
    case UInt8(ascii: "$") where next == UInt8(ascii: "{"):
      stack.append(.brace)
      return position + 2
    case UInt8(ascii: "(") where stack.last == .parenthesis: stack.append(.parenthesis)
    case UInt8(ascii: ")") where stack.last == .parenthesis: stack.removeLast()
    case UInt8(ascii: "}") where stack.last == .brace: stack.removeLast()
    default: break
    }
    return position + 1
  }

  private static func endOfQuote(
    _ bytes: [UInt8], from start: Int, _ quote: UInt8, line: Int
  ) throws(ShellError) -> Int {
    guard let end = bytes[min(start, bytes.count)...].firstIndex(of: quote) else {
      throw ShellError(message: "a quote has no end", line: line)
    }
    return end + 1
  }
}
