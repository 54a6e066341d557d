import GantryModel

/// What is wrong at a byte of a price list.
struct OfferFailure: Error {
  let offset: Int
  let message: String

  /// The failure with the line and column of its byte, for people.
  func diagnosed(file: String, in bytes: UnsafeBufferPointer<UInt8>) -> InputError {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        // Continuation bytes of UTF-8 are no characters of their own.
        column += 1
      }
    }
    return InputError([
      Diagnostic(
        .error, "E0801", message, at: SourceLocation(file: file, line: line, column: column))
    ])
  }
}
