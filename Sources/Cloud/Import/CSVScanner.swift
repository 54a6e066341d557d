/// Splits comma-separated text into records, without building strings for what is skipped.
struct CSVScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// The start of the record after the last one read.
  private(set) var offset: Int
  /// The start of the last record read.
  private(set) var recordStart: Int
  /// The fields of the last record read, without the quotes around them.
  private(set) var fields: [Range<Int>] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    offset = byteOrderMarkLength(bytes)
    recordStart = offset
  }

  /// Reads the next record, passing over empty lines; false at the end.
  mutating func next() throws(OfferFailure) -> Bool {
    while offset < bytes.count, isLineEnd(bytes[offset]) { offset += 1 }
    guard offset < bytes.count else { return false }
    recordStart = offset
    fields.removeAll(keepingCapacity: true)
    while true {
      let isQuoted = offset < bytes.count && bytes[offset] == quote
      fields.append(isQuoted ? try quotedField() : plainField())
      guard offset < bytes.count else { return true }
      if bytes[offset] == comma {
        offset += 1
      } else if isLineEnd(bytes[offset]) {
        return true
      } else {
        throw OfferFailure(offset: offset, message: "expected ',' or the end of the line")
      }
    }
  }

  /// The text of a field of the last record; empty where the record is too short.
  func text(_ index: Int) -> String {
    guard fields.indices.contains(index) else { return "" }
    let content = bytes[fields[index]]
    guard content.contains(quote) else { return String(decoding: content, as: UTF8.self) }
    var plain: [UInt8] = []
    var isSecond = false
    for byte in content {
      isSecond = byte == quote && !isSecond
      if byte != quote || isSecond { plain.append(byte) }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// Whether a field of the last record is exactly this text.
  func field(_ index: Int, is expected: StaticString) -> Bool {
    guard fields.indices.contains(index), fields[index].count == expected.utf8CodeUnitCount else {
      return false
    }
    let text = UnsafeBufferPointer(
      start: expected.utf8Start, count: expected.utf8CodeUnitCount)
    return bytes[fields[index]].elementsEqual(text)
  }

  private mutating func plainField() -> Range<Int> {
    let start = offset
    while offset < bytes.count, bytes[offset] != comma, !isLineEnd(bytes[offset]) { offset += 1 }
    return start..<offset
  }

  private mutating func quotedField() throws(OfferFailure) -> Range<Int> {
    let start = offset + 1
    var index = start
    while index < bytes.count {
      if bytes[index] == quote {
        guard index + 1 < bytes.count, bytes[index + 1] == quote else {
          offset = index + 1
          return start..<index
        }
        index += 1
      }
      index += 1
    }
    throw OfferFailure(offset: offset, message: "the quoted field never ends")
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
