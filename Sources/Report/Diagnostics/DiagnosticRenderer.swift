public import GantryModel

/// Writes findings as text: place, message, the source line with a caret, notes and help.
public struct DiagnosticRenderer: Sendable {
  /// The texts that findings are about.
  public var texts: SourceTexts
  /// Whether severity, place and caret are coloured with terminal sequences.
  public var isColored: Bool
  /// The widest source line shown; longer ones are cut around the caret.
  public var width: Int
  /// How many findings are shown; the others are only counted.
  public var maximumShown = 200

  /// Makes a renderer; plain unless colours are asked for.
  public init(texts: SourceTexts, isColored: Bool = false, width: Int = 120) {
    self.texts = texts
    self.isColored = isColored
    self.width = max(20, width)
  }

  /// All findings, each once, in the order of files and lines, and their number in the last line.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    let sorted = sort(diagnostics)
    var cache = LineCache(texts: texts)
    var output = ""
    for diagnostic in sorted.prefix(maximumShown) { output += render(diagnostic, &cache) }
    if sorted.count > maximumShown {
      output += "… and \(sorted.count - maximumShown) more that are not shown\n"
    }
    if let count = Self.countLine(sorted) { output += count + "\n" }
    return output
  }

  /// One finding.
  public func render(_ diagnostic: Diagnostic) -> String {
    var cache = LineCache(texts: texts)
    return render(diagnostic, &cache)
  }

  /// Lines of the files that findings are about, each file taken apart once.
  private struct LineCache {
    let texts: SourceTexts
    var lines: [String: SourceLines] = [:]

    mutating func line(at location: SourceLocation) -> String? {
      if lines[location.file] == nil { lines[location.file] = texts.lines(of: location.file) }
      return lines[location.file]?[location.line]
    }
  }

  private func render(_ diagnostic: Diagnostic, _ cache: inout LineCache) -> String {
    let severity = paint(diagnostic.severity.rawValue + ":", Self.style(diagnostic.severity))
    var output = prefix(diagnostic.location)
    output += "\(severity) \(paint(clean(diagnostic.message), .bold)) [\(diagnostic.code)]\n"
    output += snippet(diagnostic.location, &cache)
    for note in diagnostic.notes {
      output +=
        "\(prefix(note.location))\(paint("note:", .cyan)) \(clean(note.message))\n"
        + snippet(note.location, &cache)
    }
    if let suggestion = diagnostic.suggestion {
      output += "\(paint("help:", .green)) \(clean(suggestion))\n"
    }
    return output
  }

  /// "3 errors, 1 warning"; nil when there is neither.
  public static func countLine(_ diagnostics: [Diagnostic]) -> String? {
    let parts = [(Diagnostic.Severity.error, "error"), (.warning, "warning")].compactMap {
      severity, noun -> String? in
      let count = diagnostics.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Each finding once, by file in the order read, then by place; those without a place come last.
  public func sort(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let order = Dictionary(
      texts.files.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<Diagnostic> = []
    let unique = diagnostics.filter { seen.insert($0).inserted }
    let keyed = unique.enumerated().map { index, diagnostic in
      let file = diagnostic.location.map { order[$0.file] ?? texts.files.count }
      return (file ?? texts.files.count + 1, index, diagnostic)
    }
    return keyed.sorted { a, b in
      if a.0 != b.0 { return a.0 < b.0 }
      if let first = a.2.location, let second = b.2.location, first != second {
        return first < second
      }
      return a.1 < b.1
    }.map(\.2)
  }

  private func prefix(_ location: SourceLocation?) -> String {
    guard let location else { return "" }
    return paint(clean("\(location.file):\(location.line):\(location.column):"), .bold) + " "
  }

  private func snippet(_ location: SourceLocation?, _ cache: inout LineCache) -> String {
    guard let location, let line = cache.line(at: location) else { return "" }
    let excerpt = SourceExcerpt(line: line, column: location.column, width: width)
    return "\(excerpt.text)\n\(excerpt.indentation)\(paint("^", .green))\n"
  }

  /// Text from inputs must not send commands to the terminal.
  private func clean(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map(SourceExcerpt.visible)))
  }

  private enum Style: String {
    case bold = "1"
    case red = "1;31"
    case yellow = "1;33"
    case cyan = "1;36"
    case green = "1;32"
  }

  private static func style(_ severity: Diagnostic.Severity) -> Style {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .note: .cyan
    }
  }

  private func paint(_ text: String, _ style: Style) -> String {
    isColored ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
