/// The texts of the inputs that were read, to show the lines that findings are about.
public struct SourceTexts: Sendable {
  /// The names of the inputs in the order they were read.
  public private(set) var files: [String] = []
  private var texts: [String: String] = [:]

  /// Makes an empty collection.
  public init() {}

  /// Keeps the text of an input; a name that is known already gets the new text.
  public mutating func add(_ text: String, file: String) {
    if texts.updateValue(text, forKey: file) == nil { files.append(file) }
  }

  /// Adds the texts of another collection.
  public mutating func merge(_ other: SourceTexts) {
    for file in other.files {
      if let text = other.texts[file] { add(text, file: file) }
    }
  }

  /// The whole text of an input.
  public func text(of file: String) -> String? { texts[file] }

  /// A line, counted from 1, without its end; nil when there is none.
  /// - Complexity: O(length of the text); take `lines(of:)` for many lines.
  public func line(_ number: Int, of file: String) -> String? { lines(of: file)?[number] }

  /// The lines of an input, prepared for many look-ups.
  public func lines(of file: String) -> SourceLines? { texts[file].map { SourceLines($0) } }
}

/// The lines of a text; they end with LF, CR or both.
public struct SourceLines: Sendable {
  private let text: String
  private let starts: [String.Index]

  /// Finds the lines.
  /// - Complexity: O(length of the text).
  public init(_ text: String) {
    self.text = text
    var starts = [text.startIndex]
    let bytes = text.utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index = bytes.index(after: index)
      guard byte == 0x0A || byte == 0x0D else { continue }
      if byte == 0x0D, index < bytes.endIndex, bytes[index] == 0x0A {
        index = bytes.index(after: index)
      }
      starts.append(index)
    }
    self.starts = starts
  }

  /// A line, counted from 1, without its end; nil when there is none.
  public subscript(number: Int) -> String? {
    guard number > 0, number <= starts.count else { return nil }
    let start = starts[number - 1]
    let end = text.utf8[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.endIndex
    return String(text[start..<end])
  }
}
