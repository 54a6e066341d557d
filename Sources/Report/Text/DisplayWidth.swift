extension StringProtocol {
  /// The columns a terminal needs for the text: two for East Asian wide characters and emoji.
  var displayWidth: Int {
    let isASCII = utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    return isASCII ? utf8.count : reduce(0) { $0 + $1.displayWidth }
  }
}

extension Character {
  /// The columns a terminal needs.
  ///
  /// Source: Unicode Standard Annex #11, "East Asian Width", blocks of class W and F.
  var displayWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.value {
    case 0x20...0x7E: return 1
    case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

extension String {
  /// The text on one line and without control characters, so that a name from an input cannot
  /// move the cursor or change colours.
  var oneLine: String {
    let isClean = utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if isClean { return self }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: text.unicodeScalars.append(" ")
      // Controls, and the marks that turn the direction of writing.
      case 0x00..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069:
        text.unicodeScalars.append("\u{FFFD}")
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text in at most `width` columns, cut in the middle where it is longer: names of pods and
  /// tasks differ at both ends.
  func shortened(to width: Int, ellipsis: String) -> String {
    if displayWidth <= width { return self }
    let room = width - ellipsis.displayWidth
    if room <= 0 { return String(ellipsis.prefix(max(0, width))) }
    let head = leading(columns: room - room / 2)
    let tail = String(String(reversed()).leading(columns: room / 2).reversed())
    return head + ellipsis + tail
  }

  /// The longest start of the text that fits in so many columns.
  func leading(columns: Int) -> String {
    var used = 0
    return String(
      prefix { character in
        used += character.displayWidth
        return used <= columns
      })
  }

  /// The text broken at spaces into lines of at most `width` columns; longer words are cut.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      var word = String(word)
      if !line.isEmpty && line.displayWidth + 1 + word.displayWidth > width {
        lines.append(line)
        line = ""
      }
      while word.displayWidth > width {
        let part = word.leading(columns: width)
        if part.isEmpty { break }
        lines.append(part)
        word = String(word.dropFirst(part.count))
      }
      line += line.isEmpty ? word : " " + word
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }
}
