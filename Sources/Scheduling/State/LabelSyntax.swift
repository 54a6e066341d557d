import GantryModel

/// What the real scheduler accepts as a comparison of labels; a node selector term with another
/// one never matches.
///
/// Source: Kubernetes 1.28, apimachinery labels.NewRequirement and util/validation, as known on 2026-11-25.
enum LabelSyntax {
  /// The longest label value, and the longest name part of a label key.
  private static let longestName = 63
  /// The longest prefix of a label key.
  private static let longestPrefix = 253

  static func isRequirement(_ requirement: NodeSelectorRequirement) -> Bool {
    guard isKey(requirement.key), requirement.values.allSatisfy(isValue) else { return false }
    switch requirement.operator {
    case .in, .notIn: return !requirement.values.isEmpty
    case .exists, .doesNotExist: return requirement.values.isEmpty
    // A sign is not allowed in a label value, so a negative bound is none.
    case .greaterThan, .lessThan:
      return requirement.values.count == 1 && Int64(requirement.values[0]) != nil
    }
  }

  /// Whether a text may be a label's value; the empty one may.
  static func isValue(_ text: String) -> Bool { text.isEmpty || isName(text) }

  /// Whether a text may be a label's key: a name, or a domain and a name with a slash between.
  static func isKey(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return isName(text)
    case 2: return isDomain(parts[0]) && isName(String(parts[1]))
    default: return false
    }
  }

  private static func isName(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= longestName else {
      return false
    }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && bytes.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
  }

  private static func isDomain(_ text: Substring) -> Bool {
    guard text.utf8.count <= longestPrefix else { return false }
    return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.utf8.first, let last = part.utf8.last else { return false }
      return isLowercase(first) && isLowercase(last)
        && part.utf8.allSatisfy { isLowercase($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isLowercase(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLowercase(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
