/// The first thing in a file that shows that it is no text.
struct TextFault {
  var line: Int
  var column: Int
  var message: String

  /// Looks for a byte of zero, which no text has; nil when there is none.
  ///
  /// Bytes that are not UTF-8 are no fault by themselves: comments in old encodings have them.
  init?(in text: String) {
    guard let fault = text.utf8.firstIndex(of: 0) else { return nil }
    let before = text.utf8[..<fault]
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { before.index(after: $0) }
    column = before[(start ?? before.startIndex)...].count { $0 & 0xC0 != 0x80 } + 1
    let isWide = text.utf8.prefix(4).contains(0)
    message =
      "the file is no UTF-8 text: a byte is 0"
      + (isWide ? ", as in UTF-16 and in binary files" : ", as in binary files")
  }
}
