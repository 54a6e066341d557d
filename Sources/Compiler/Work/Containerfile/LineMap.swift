import GantryModel

/// The text of an instruction, its lines joined, and where each of them is written.
struct LineMap: Hashable, Sendable {
  /// A stretch of the text that lies on one line of the file.
  struct Piece: Hashable, Sendable {
    /// Where it begins in the text, in bytes.
    var offset: Int
    /// From 1, in the file.
    var line: Int
    /// From 1, in characters.
    var column: Int
  }

  var text = ""
  private(set) var pieces: [Piece] = []

  /// Adds a part of a line.
  mutating func append(_ part: some StringProtocol, line: Int, column: Int) {
    pieces.append(Piece(offset: text.utf8.count, line: line, column: column))
    text += part
  }

  /// The line and column of a byte of the text.
  func place(at offset: Int) -> (line: Int, column: Int) {
    guard let piece = pieces.last(where: { $0.offset <= offset }) ?? pieces.first else {
      return (1, 1)
    }
    let bytes = text.utf8.dropFirst(piece.offset).prefix(max(0, offset - piece.offset))
    // Bytes that continue a character are none of their own.
    let characters = bytes.count { $0 & 0xC0 != 0x80 }
    return (piece.line, piece.column + characters)
  }

  /// The text from a byte on, with its places.
  func dropFirst(_ count: Int) -> LineMap {
    var rest = LineMap()
    guard count < text.utf8.count else { return rest }
    let start = place(at: count)
    rest.text = String(decoding: text.utf8.dropFirst(count), as: UTF8.self)
    rest.pieces = [Piece(offset: 0, line: start.line, column: start.column)]
    rest.pieces += pieces.filter { $0.offset > count }.map {
      Piece(offset: $0.offset - count, line: $0.line, column: $0.column)
    }
    return rest
  }
}

/// What of a Containerfile is being played, for findings.
struct FindingOrigin {
  /// The file as the user knows it; nil for one that a script wrote.
  var file: String?
  /// How messages call it when it has no such name.
  var name: String
  /// The instruction.
  var map: LineMap
  /// The byte of its text that the command under way begins at.
  var offset = 0
  /// How deep the script of the instruction is nested in others; deeper ones have other texts.
  var depth = 0

  /// Where the command under way is written.
  var location: SourceLocation? {
    guard let file else { return nil }
    let place = map.place(at: offset)
    return SourceLocation(file: file, line: place.line, column: place.column)
  }

  /// The file's name and the line.
  var text: String { "\(name), line \(map.place(at: offset).line)" }
}
