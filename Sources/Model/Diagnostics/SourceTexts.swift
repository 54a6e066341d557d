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
  /// - Complexity: O(length of the text).
  public func line(_ number: Int, of file: String) -> String? {
    guard number > 0, let text = texts[file] else { return nil }
    let bytes = text.utf8
    var start = bytes.startIndex
    var left = number - 1
    while left > 0 {
      guard let end = bytes[start...].firstIndex(where: Self.isLineEnd) else { return nil }
      start = Self.afterLineEnd(bytes, end)
      left -= 1
    }
    let end = bytes[start...].firstIndex(where: Self.isLineEnd) ?? bytes.endIndex
    return String(text[start..<end])
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private static func afterLineEnd(
    _ bytes: String.UTF8View, _ index: String.UTF8View.Index
  ) -> String.UTF8View.Index {
    let next = bytes.index(after: index)
    let isPair = bytes[index] == 0x0D && next < bytes.endIndex && bytes[next] == 0x0A
    return isPair ? bytes.index(after: next) : next
  }
}
