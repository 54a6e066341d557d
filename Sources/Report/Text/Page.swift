internal import GantryModel

/// What a piece of text means; colours follow from it.
enum Ink: Hashable {
  case plain
  case strong
  case faint
  case good
  case bad
  case caution
  case kind(TimeKind)

  /// The SGR parameters of ANSI terminals (ECMA-48, section 8.3.117).
  var parameters: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .faint: "2"
    case .good: "32"
    case .bad: "1;31"
    case .caution: "33"
    case .kind(.queue): "2"
    case .kind(.volume): "36"
    case .kind(.image): "34"
    case .kind(.cpu): "32"
    case .kind(.read): "33"
    case .kind(.write): "35"
    case .kind(.overhead): "37"
    }
  }
}

extension String {
  /// With plain spaces for no-break spaces.
  var plainSpaces: String {
    utf8.contains(0xC2) ? String(map { $0 == "\u{A0}" ? " " : $0 }) : self
  }
}

/// Lines of text of limited width that a report fills from top to bottom.
struct Page {
  let options: ReportOptions
  private(set) var lines: [String] = []
  /// What the sections that follow are of, put behind their titles; nil where that needs no word.
  var scope: String?

  init(_ options: ReportOptions) { self.options = options }

  var width: Int { options.width }
  var ellipsis: String { options.unicode ? "…" : "..." }
  var arrow: String { options.unicode ? "→" : "->" }
  var times: String { options.unicode ? "×" : "x" }
  var dash: String { options.unicode ? "–" : "-" }
  var plusMinus: String { options.unicode ? "±" : "+/-" }

  /// The page as text that ends with a line break.
  var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

  /// The text in the colour of its meaning, if colours are wanted.
  func painted(_ text: String, _ ink: Ink) -> String {
    guard options.colour, let parameters = ink.parameters, !text.isEmpty else { return text }
    return "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
  }

  /// Adds an empty line, but not two.
  mutating func gap() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  /// Adds a finished line, painted already.
  mutating func raw(_ line: String) { lines.append(line) }

  /// Adds a title after an empty line.
  mutating func title(_ text: String) {
    gap()
    let whole = text + (scope.map { " (\($0))" } ?? "")
    for line in whole.oneLine.wrapped(to: width) {
      lines.append(painted(line.plainSpaces, .strong))
    }
  }

  /// Adds text, wrapped; further lines are indented by `hanging` more.
  mutating func paragraph(
    _ text: String, _ ink: Ink = .plain, indent: Int = 0, hanging: Int = 2
  ) {
    let all = text.oneLine.wrapped(to: width - indent - hanging)
    for (index, line) in all.enumerated() {
      let margin = String(repeating: " ", count: indent + (index == 0 ? 0 : hanging))
      let signs =
        options.unicode ? line : line.replacing("±", with: "+/-").replacing("≈", with: "~")
      lines.append(margin + painted(signs.plainSpaces, ink))
    }
  }

  /// Adds a table.
  mutating func table(_ table: TextTable, indent: Int = 2) {
    lines += table.lines(on: self, indent: indent)
    guard !table.hidden.isEmpty else { return }
    paragraph(
      "no room here for \(table.hidden.joined(separator: ", "))", .faint, indent: max(indent, 2))
  }
}
