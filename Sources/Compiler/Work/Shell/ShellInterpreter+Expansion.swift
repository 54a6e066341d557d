extension ShellInterpreter {
  /// Assigns values.
  mutating func assign(_ assignment: ShellAssignment) {
    var fields: [ShellField]
    // A list that grows from nothing, as in `all="$all $one"`, starts empty.
    if variables[assignment.name] == nil { variables[assignment.name] = [ShellField(text: "")] }
    if assignment.isArray {
      fields = assignment.values.flatMap { expand($0) }
    } else {
      fields = assignment.values.prefix(1).map { joined($0) }
    }
    let old = variables[assignment.name] ?? []
    if assignment.isAppended {
      if assignment.isArray {
        fields = old + fields
      } else if let first = old.first, let added = fields.first {
        fields = [limited(first.text + added.text, isKnown: first.isKnown && added.isKnown)]
      }
    }
    variables[assignment.name] = Array(fields.prefix(Self.listLimit))
  }

  /// A word as one text, as in an assignment.
  mutating func joined(_ word: ShellWord) -> ShellField {
    var text = ""
    var isKnown = true
    for part in word.parts {
      let values = fields(of: part)
      text += values.map(\.text).joined(separator: " ")
      isKnown = isKnown && values.allSatisfy(\.isKnown)
    }
    return limited(text, isKnown: isKnown)
  }

  /// A word as the fields that a command gets: lists spread, unquoted blanks split.
  mutating func expand(_ word: ShellWord) -> [ShellField] {
    if let literal = word.bare {
      if literal.contains("{"), literal.contains(",") { return ShellPattern.braces(literal) }
      if literal.hasPrefix("~") {
        return [ShellField(text: (variables["HOME"]?.first?.text ?? "/root") + literal.dropFirst())]
      }
      return [ShellField(text: literal)]
    }
    var done: [ShellField] = []
    var current: ShellField?
    for part in word.parts {
      append(part, &done, &current)
      if done.count > Self.listLimit { break }
    }
    if let current { done.append(limited(current.text, isKnown: current.isKnown)) }
    return done
  }

  private mutating func append(
    _ part: ShellWord.Part, _ done: inout [ShellField], _ current: inout ShellField?
  ) {
    let values = fields(of: part)
    if case .text(let text, _) = part {
      current =
        current.map { ShellField(text: $0.text + text, isKnown: $0.isKnown) }
        ?? ShellField(text: text)
      return
    }
    let pieces = isQuoted(part) ? values : values.flatMap { split($0) }
    if pieces.isEmpty {
      if isQuoted(part), !isList(part) { current = current ?? ShellField(text: "") }
      return
    }
    for (index, piece) in pieces.enumerated() {
      if index > 0, let finished = current {
        done.append(finished)
        current = nil
      }
      current =
        current.map {
          ShellField(text: $0.text + piece.text, isKnown: $0.isKnown && piece.isKnown)
        } ?? piece
    }
  }

  private func split(_ field: ShellField) -> [ShellField] {
    guard field.isKnown else { return [field] }
    return field.text.split(whereSeparator: \.isWhitespace).map { ShellField(text: String($0)) }
  }

  private func isQuoted(_ part: ShellWord.Part) -> Bool {
    switch part {
    case .text(_, let quoted), .variable(_, let quoted), .command(_, let quoted): quoted
    case .arithmetic: true
    }
  }

  private func isList(_ part: ShellWord.Part) -> Bool {
    guard case .variable(let variable, _) = part else { return false }
    return variable.name == "@" || variable.index == "@"
  }

  private mutating func fields(of part: ShellWord.Part) -> [ShellField] {
    switch part {
    case .text(let text, _): return [ShellField(text: text)]
    case .arithmetic: return [ShellField(text: "", isKnown: false)]
    case .variable(let variable, _): return value(of: variable)
    case .command(let script, _):
      var inner = self
      let result = inner.run(script: script)
      if let reason = result.failure { substitutionFailure = reason }
      let output = result.output
      return [output.map { limited($0, isKnown: true) } ?? ShellField(text: "", isKnown: false)]
    }
  }

  private mutating func value(of variable: ShellVariable) -> [ShellField] {
    var values = stored(variable)
    if variable.isLength {
      return [ShellField(text: values.map { "\($0.count)" } ?? "0", isKnown: values != nil)]
    }
    let isEmpty = values?.allSatisfy { $0.isKnown && $0.text.isEmpty } ?? true
    switch variable.operation {
    case "": break
    case ":-", "-", ":=", "=":
      if isEmpty { values = [joined(ShellWordReader.document(variable.argument))] }
    case ":+", "+":
      values = isEmpty ? [] : [joined(ShellWordReader.document(variable.argument))]
    case ":?", "?": break
    default:
      let argument = joined(ShellWordReader.document(variable.argument)).text
      values = values?.map {
        guard $0.isKnown, let text = ShellPattern.apply(variable.operation, argument, to: $0.text)
        else { return ShellField(text: $0.text, isKnown: false) }
        return ShellField(text: text)
      }
    }
    guard let values else {
      // A variable nobody set: empty where it is a list, else not known.
      return variable.name == "@" || variable.name == "*" || variable.index == "@"
        ? [] : [ShellField(text: "", isKnown: false)]
    }
    if variable.name == "*" || variable.index == "*" {
      return [
        ShellField(
          text: values.map(\.text).joined(separator: " "), isKnown: values.allSatisfy(\.isKnown))
      ]
    }
    return values
  }

  private func stored(_ variable: ShellVariable) -> [ShellField]? {
    switch variable.name {
    case "@", "*": return positional
    case "#": return [ShellField(text: "\(positional.count)")]
    case "0": return [ShellField(text: scriptName)]
    case "PWD": return [ShellField(text: "/" + PathSpace.normalized(directory))]
    case "RANDOM", "$", "!", "?", "SECONDS", "HOSTNAME": return nil
    default: break
    }
    if let position = Int(variable.name) {
      return position >= 1 && position <= positional.count ? [positional[position - 1]] : []
    }
    guard let values = variables[variable.name] else { return nil }
    switch variable.index {
    case "@", "*": return values
    case nil: return Array(values.prefix(1))
    case let index?:
      guard let position = Int(index), position >= 0, position < values.count else { return nil }
      return [values[position]]
    }
  }

  private func limited(_ text: String, isKnown: Bool) -> ShellField {
    text.utf8.count <= Self.valueLimit
      ? ShellField(text: text, isKnown: isKnown) : ShellField(text: "", isKnown: false)
  }
}
