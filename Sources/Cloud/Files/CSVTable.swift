/// A comma-separated table with a header row, kept as bytes; rows are split when asked for.
///
/// Lines that start with `#` before the header are remarks. A field may be quoted; a quoted field
/// does not span lines here.
struct CSVTable: Sendable {
  let name: String
  let columns: [String]
  private let bytes: [UInt8]
  private let body: Int
  private let headerLine: Int

  init(name: String, bytes: [UInt8]) throws(CatalogError) {
    var start = 0
    var line = 1
    while start < bytes.count, bytes[start] == UInt8(ascii: "#") {
      start = CSVTable.lineEnd(bytes, from: start) + 1
      line += 1
    }
    let end = CSVTable.lineEnd(bytes, from: min(start, bytes.count))
    guard start < end else {
      throw .malformed(file: name, line: line, reason: "expected a header row")
    }
    self.name = name
    self.bytes = bytes
    columns = CSVTable.split(bytes[start..<end])
    body = min(end + 1, bytes.count)
    headerLine = line
  }

  /// The first row whose first column is `key`.
  /// - Complexity: O(bytes), without splitting other rows.
  func row(_ key: String) throws(CatalogError) -> CSVRow? {
    try firstRow(startingWith: [key])
  }

  /// The first row whose first columns are `keys`.
  func firstRow(startingWith keys: [String]) throws(CatalogError) -> CSVRow? {
    // A key with a comma would run on into the next column.
    guard !keys.contains(where: { $0.utf8.contains(comma) }) else { return nil }
    let prefix = Array((keys.joined(separator: ",") + ",").utf8)
    guard let start = offset(ofLineStartingWith: prefix) else { return nil }
    return try row(at: start..<CSVTable.lineEnd(bytes, from: start), line: nil)
  }

  /// The rows of the whole table, in order.
  func rows() throws(CatalogError) -> [CSVRow] {
    var result: [CSVRow] = []
    var start = body
    var line = headerLine + 1
    while start < bytes.count {
      let end = CSVTable.lineEnd(bytes, from: start)
      if end > start { result.append(try row(at: start..<end, line: line)) }
      start = end + 1
      line += 1
    }
    return result
  }

  /// The first column of all rows, in order.
  func keys() -> [String] {
    var result: [String] = []
    var start = body
    while start < bytes.count {
      let end = CSVTable.lineEnd(bytes, from: start)
      let stop = bytes[start..<end].firstIndex(of: comma) ?? end
      if end > start { result.append(String(decoding: bytes[start..<stop], as: UTF8.self)) }
      start = end + 1
    }
    return result
  }

  private func offset(ofLineStartingWith prefix: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { text in
      var start = body
      while start + prefix.count <= text.count {
        var matched = 0
        while matched < prefix.count, text[start + matched] == prefix[matched] { matched += 1 }
        if matched == prefix.count { return start }
        start += matched
        while start < text.count, text[start] != newline { start += 1 }
        start += 1
      }
      return nil
    }
  }

  private func row(at range: Range<Int>, line: Int?) throws(CatalogError) -> CSVRow {
    let fields = CSVTable.split(bytes[range])
    let number = line ?? 1 + bytes[..<range.lowerBound].reduce(0) { $0 + ($1 == newline ? 1 : 0) }
    guard fields.count == columns.count else {
      throw .malformed(
        file: name, line: number,
        reason: "expected \(columns.count) fields, found \(fields.count)")
    }
    return CSVRow(table: name, line: number, columns: columns, fields: fields)
  }

  private static func lineEnd(_ bytes: [UInt8], from start: Int) -> Int {
    bytes.withUnsafeBufferPointer { text in
      var end = start
      while end < text.count, text[end] != newline { end += 1 }
      return end
    }
  }

  private static func split(_ line: ArraySlice<UInt8>) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var quoted = false
    var index = line.startIndex
    let end = line.last == UInt8(ascii: "\r") ? line.endIndex - 1 : line.endIndex
    while index < end {
      let byte = line[index]
      if byte == quote {
        if quoted, index + 1 < end, line[index + 1] == quote {
          field.append(quote)
          index += 1
        } else {
          quoted.toggle()
        }
      } else if byte == comma, !quoted {
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
      } else {
        field.append(byte)
      }
      index += 1
    }
    return fields + [String(decoding: field, as: UTF8.self)]
  }
}

private let newline = UInt8(ascii: "\n")
private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")

/// One row of a table; its fields are read by column name.
struct CSVRow: Sendable {
  let table: String
  let line: Int
  let columns: [String]
  let fields: [String]

  /// The field of a column as it is written; empty means not known.
  func text(_ column: String) throws(CatalogError) -> String {
    guard let index = columns.firstIndex(of: column) else {
      throw .malformed(file: table, line: 1, reason: "expected a column '\(column)'")
    }
    return fields[index]
  }

  /// The number of a column; nil when it is empty.
  func optionalNumber(_ column: String) throws(CatalogError) -> Double? {
    let text = try text(column)
    guard !text.isEmpty else { return nil }
    guard let value = Double(text), value.isFinite else {
      throw .malformed(
        file: table, line: line, reason: "expected a number in '\(column)', found '\(text)'")
    }
    return value
  }

  /// The number of a column that must not be empty.
  func number(_ column: String) throws(CatalogError) -> Double {
    guard let value = try optionalNumber(column) else {
      throw .malformed(file: table, line: line, reason: "expected a number in '\(column)'")
    }
    return value
  }

  /// The whole number of a column that must not be empty.
  func integer(_ column: String) throws(CatalogError) -> Int {
    let value = try number(column)
    guard let whole = Int(exactly: value) else {
      throw .malformed(file: table, line: line, reason: "expected a whole number in '\(column)'")
    }
    return whole
  }

  /// The truth value of a column.
  func flag(_ column: String) throws(CatalogError) -> Bool { try text(column) == "true" }
}
