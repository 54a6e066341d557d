import GantryModel

/// What checks need to know and where they report.
struct ValidationContext {
  let level: TektonAPILevel
  let version: TektonVersion
  let features: TektonFeatures
  let sink: DiagnosticSink

  /// Adds an error.
  func error(
    _ code: String, _ message: String, at location: SourceLocation?,
    notes: [Diagnostic.Note] = [], suggestion: String? = nil
  ) {
    sink.error(code, message, at: location, notes: notes, suggestion: suggestion)
  }

  /// Reports a feature that is less mature than the cluster allows.
  func require(_ minimum: TektonAPILevel, for feature: String, at location: SourceLocation?) {
    guard level < minimum else { return }
    let allowed = minimum == .beta ? "\"alpha\" or \"beta\"" : "\"alpha\""
    error(
      "E0115",
      "\(feature) requires \"enable-api-fields\" feature gate to be \(allowed) but it is"
        + " \"\(level.rawValue)\"",
      at: location)
  }

  /// Reports names that occur twice.
  func unique(
    _ names: some Sequence<Located<String>>, ignoringCase: Bool = false,
    message: (String) -> String
  ) {
    var seen: [String: SourceLocation] = [:]
    for name in names {
      let key = ignoringCase ? name.value.lowercased() : name.value
      if let first = seen[key] {
        error(
          "E0111", message(name.value), at: name.location,
          notes: [.init("first written here", at: first)])
      } else {
        seen[key] = name.location
      }
    }
  }
}

/// The forms that names must have.
enum NameRules {
  private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }

  private static func isLowerAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "0"..."9": true
    default: false
    }
  }

  /// A DNS-1123 label: lower-case letters, digits and `-` inside, at most 63.
  static func isLabel(_ name: String) -> Bool {
    let scalars = name.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, scalars.count <= 63 else {
      return false
    }
    return isLowerAlphanumeric(first) && isLowerAlphanumeric(last)
      && scalars.allSatisfy { isLowerAlphanumeric($0) || $0 == "-" }
  }

  /// A DNS-1123 subdomain: labels joined by dots, at most 253.
  static func isSubdomain(_ name: String) -> Bool {
    guard name.unicodeScalars.count <= 253 else { return false }
    return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.unicodeScalars.first, let last = part.unicodeScalars.last else {
        return false
      }
      return isLowerAlphanumeric(first) && isLowerAlphanumeric(last)
        && part.unicodeScalars.allSatisfy { isLowerAlphanumeric($0) || $0 == "-" }
    }
  }

  /// A qualified name: up to 63 letters, digits, `-`, `_` and `.`, after an optional subdomain and
  /// a slash.
  static func isQualified(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard let local = parts.last, parts.count <= 2 else { return false }
    if parts.count == 2, !isSubdomain(String(parts[0])) { return false }
    return local.unicodeScalars.count <= 63 && isResultName(String(local))
  }

  /// Letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit.
  static func isResultName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, let last = name.unicodeScalars.last else {
      return false
    }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && name.unicodeScalars.allSatisfy { isAlphanumeric($0) || "-_.".unicodeScalars.contains($0) }
  }

  /// A parameter's name; object parameters and their keys may not have dots.
  static func isParameterName(_ name: String, allowsDots: Bool) -> Bool {
    guard let first = name.unicodeScalars.first,
      first == "_" || (isAlphanumeric(first) && !("0"..."9").contains(first))
    else { return false }
    return name.unicodeScalars.allSatisfy {
      isAlphanumeric($0) || $0 == "_" || $0 == "-" || (allowsDots && $0 == ".")
    }
  }

  /// Whether a reference's name is an address, which only the concise resolver syntax takes.
  static func isAddress(_ name: String) -> Bool {
    guard let colon = name.range(ofFirst: ":/") else { return false }
    guard let before = name[..<colon].unicodeScalars.last else { return false }
    return isAlphanumeric(before) || before == "_" || before == "-"
  }
}

extension String {
  /// Where a short text first occurs.
  fileprivate func range(ofFirst text: String) -> String.Index? {
    indices.first { self[$0...].hasPrefix(text) }
  }
}
