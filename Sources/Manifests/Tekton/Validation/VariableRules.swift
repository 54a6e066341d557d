import GantryModel

/// What a text may refer to; each rule gives the complaint or nil.
enum VariableRules {
  /// Every reference must name a known variable.
  static func unknown(in text: String, prefix: String, known: Set<String>) -> String? {
    let references = VariableReferences(in: text, prefix: prefix).all
    if references.contains(where: \.hasTooManyParts) { return tooManyParts(text, prefix) }
    let isUnknown = references.contains {
      !known.contains(VariableReferences.withoutIndex($0.name))
    }
    return isUnknown ? "non-existent variable in \"\(shown(text))\"" : nil
  }

  /// The name that is unknown, for a suggestion.
  static func unknownName(in text: String, prefix: String, known: Set<String>) -> String? {
    VariableReferences(in: text, prefix: prefix).all
      .map { VariableReferences.withoutIndex($0.name) }
      .first { !known.contains($0) }
  }

  /// No reference may name one of the variables, except an element by its index.
  static func prohibited(in text: String, prefix: String, names: Set<String>) -> String? {
    let references = VariableReferences(in: text, prefix: prefix).all
    if references.contains(where: \.hasTooManyParts) { return tooManyParts(text, prefix) }
    return references.contains { names.contains(VariableReferences.withoutStar($0.name)) }
      ? "variable type invalid in \"\(shown(text))\"" : nil
  }

  /// No reference may stand for one of the variables as a whole.
  static func prohibitedWhole(in text: String, prefix: String, names: Set<String>) -> String? {
    VariableReferences(in: text, prefix: prefix).all
      .contains { names.contains(VariableReferences.withoutStar($0.whole)) }
      ? "variable type invalid in \"\(shown(text))\"" : nil
  }

  /// A reference to one of the variables must be the whole text.
  static func notIsolated(in text: String, prefix: String, names: Set<String>) -> String? {
    let references = VariableReferences(in: text, prefix: prefix).all
    if references.contains(where: \.hasTooManyParts) { return tooManyParts(text, prefix) }
    guard let first = references.first, first.length != text.utf8.count else { return nil }
    return references.contains { names.contains(VariableReferences.withoutStar($0.name)) }
      ? "variable is not properly isolated in \"\(shown(text))\"" : nil
  }

  /// Whether a text is one reference to all elements of an array or object (`$(params.x[*])`).
  static func isWholeReference(_ text: String, prefix: String) -> Bool {
    let references = VariableReferences(in: text, prefix: prefix).all
    guard references.count == 1, references[0].length == text.utf8.count,
      references[0].whole.hasSuffix("[*]")
    else { return false }
    return references[0].whole.dropLast(3).unicodeScalars.allSatisfy {
      "_.-".unicodeScalars.contains($0) || ($0.isASCII && $0.properties.isAlphabetic)
        || ("0"..."9").contains($0)
    }
  }

  private static func tooManyParts(_ text: String, _ prefix: String) -> String {
    "invalid referencing of parameters in \"\(shown(text))\": only two dot-separated components"
      + " after the prefix \"\(prefix)\" are allowed"
  }

  /// A text short enough for a message: its first line, cut.
  static func shown(_ text: String) -> String {
    let reference = text.split(separator: "\n").first { $0.contains("$(") } ?? Substring(text)
    return reference.count > 80 ? reference.prefix(77) + "..." : String(reference)
  }
}
