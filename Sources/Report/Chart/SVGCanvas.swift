/// A drawing as SVG 1.1, in the order in which it is drawn; lengths are in CSS pixels.
struct SVGCanvas {
  enum Anchor: String {
    case start, middle, end
  }

  /// Width of a character of the drawing's fonts, in font sizes: wide enough for common sans-serifs.
  static let characterWidth = 0.56

  private var elements: [String] = []

  /// A filled rectangle; nothing for one without an area.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: String, title: String? = nil
  ) {
    guard width > 0, height > 0 else { return }
    let shape =
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
      + "height=\"\(Self.number(height))\" fill=\"\(fill)\""
    elements.append(
      title.map { "\(shape)><title>\(Self.escaped($0))</title></rect>" } ?? shape + "/>")
  }

  mutating func line(
    fromX x1: Double, y y1: Double, toX x2: Double, y y2: Double, stroke: String
  ) {
    elements.append(
      "<line x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" "
        + "y2=\"\(Self.number(y2))\" stroke=\"\(stroke)\"/>")
  }

  /// A line of text whose base line starts, has its middle or ends at a point.
  mutating func text(
    _ text: String, x: Double, y: Double, size: Double = 12, fill: String, anchor: Anchor = .start,
    isBold: Bool = false
  ) {
    elements.append(
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\" "
        + "fill=\"\(fill)\" text-anchor=\"\(anchor.rawValue)\""
        + (isBold ? " font-weight=\"bold\"" : "") + ">\(Self.escaped(text))</text>")
  }

  /// The document, on a background of its own so that it reads alike on light and dark pages.
  func document(width: Double, height: Double, title: String, background: String) -> String {
    let size = "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    let head = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) "
        + "viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" role=\"img\" "
        + "font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\">",
      "<title>\(Self.escaped(title))</title>",
      "<rect \(size) fill=\"\(background)\"/>",
    ]
    return (head + elements + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private static func number(_ value: Double) -> String {
    let text = Figures.fixed(value, 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Text as XML has it; control characters, which XML 1.0 does not have, become spaces.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.plainSpaces.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case _ where character.value < 0x20 || character.value == 0x7F: escaped += " "
      case _ where (0xFFFE...0xFFFF).contains(character.value): escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
