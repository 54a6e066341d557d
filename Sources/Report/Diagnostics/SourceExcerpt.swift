/// The part of a source line around a column, and the blanks that put a caret under it.
struct SourceExcerpt {
  /// What is shown of the line.
  let text: String
  /// What goes before the caret: tabs stay tabs, wide characters take two blanks.
  let indentation: String

  /// Cuts a line so that the column, counted from 1 in characters, is visible.
  init(line: String, column: Int, width: Int) {
    let scalars = line.unicodeScalars.map(Self.visible)
    let caret = min(max(0, column - 1), scalars.count)
    var start = 0
    var end = scalars.count
    if scalars.count > width {
      start = max(0, min(caret - width / 2, scalars.count - width))
      end = start + width
    }
    let lead = start > 0 ? "…" : ""
    let tail = end < scalars.count ? "…" : ""
    text = lead + String(String.UnicodeScalarView(scalars[start..<end])) + tail
    var blanks = start > 0 ? " " : ""
    for scalar in scalars[start..<max(start, min(caret, end))] {
      blanks += scalar == "\t" ? "\t" : String(repeating: " ", count: Self.columns(scalar))
    }
    indentation = blanks
  }

  /// A character as it may be shown: control characters become U+FFFD.
  static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "\t" { return scalar }
    switch scalar.properties.generalCategory {
    // Bidirectional controls are format characters: they could show a line in a false order.
    case .control, .lineSeparator, .paragraphSeparator: return "\u{FFFD}"
    case .format: return scalar == "\u{200D}" ? scalar : "\u{FFFD}"
    default: return scalar
    }
  }

  /// How many terminal columns a character takes.
  ///
  /// Source: Unicode 15, East Asian Width (blocks that are wide throughout) and general category.
  static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if scalar == "\u{200D}" { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
