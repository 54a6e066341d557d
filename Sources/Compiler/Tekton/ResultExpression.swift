/// A `tasks.<task>.results.<result>` reference, taken apart.
struct ResultExpression: Hashable {
  var task: String
  var result: String
  /// What follows the result's name: `[*]`, `[0]`, `.key` or nothing.
  var rest: String

  /// Takes the text between `$(` and `)` apart; nil when it names no task's result.
  init?(_ key: String) {
    guard key.hasPrefix("tasks.") else { return nil }
    let path = key.dropFirst("tasks.".count)
    guard let split = path.range(ofText: ".results") else { return nil }
    task = String(path[..<split.lowerBound])
    var tail = path[split.upperBound...]
    guard !task.isEmpty, let mark = tail.first else { return nil }
    if mark == "[" {
      guard let end = tail.firstIndex(of: "]") else { return nil }
      let name = tail[tail.index(after: tail.startIndex)..<end]
      guard let quote = name.first, quote == "'" || quote == "\"", name.last == quote,
        name.count > 2
      else { return nil }
      result = String(name.dropFirst().dropLast())
      rest = String(tail[tail.index(after: end)...])
      return
    }
    guard mark == "." else { return nil }
    tail = tail.dropFirst()
    let end = tail.firstIndex { $0 == "." || $0 == "[" } ?? tail.endIndex
    guard end > tail.startIndex else { return nil }
    result = String(tail[..<end])
    rest = String(tail[end...])
  }

  /// All result references of a text, in order.
  static func all(in text: String) -> [ResultExpression] {
    references(in: text).compactMap { ResultExpression($0) }
  }
}

extension Substring {
  /// The first place where a text occurs.
  func range(ofText text: String) -> Range<Substring.Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(text) {
        return index..<self.index(index, offsetBy: text.count)
      }
      index = self.index(after: index)
    }
    return nil
  }
}

/// A reference to the outcome of other tasks, allowed in finally tasks.
enum StatusExpression: Hashable {
  case aggregate
  case status(task: String)
  case reason(task: String)

  /// Takes the text between `$(` and `)` apart; nil when it is something else.
  init?(_ key: String) {
    if key == "tasks.status" {
      self = .aggregate
      return
    }
    guard key.hasPrefix("tasks.") else { return nil }
    let path = key.dropFirst("tasks.".count)
    if path.hasSuffix(".status") {
      self = .status(task: String(path.dropLast(".status".count)))
    } else if path.hasSuffix(".reason") {
      self = .reason(task: String(path.dropLast(".reason".count)))
    } else {
      return nil
    }
  }
}
