internal import GRDB
internal import GRDBSQLite

/// Insertions into a table, with values that go to SQLite as they are.
///
/// GRDB takes the arguments of a statement as an array of boxed values and looks before and after each
/// execution for observers. For tables with rows for every step and stretch of time that took most
/// of the time of storing a result. Errors are GRDB's.
final class Insertion {
  /// The most rows of one execution: to start a statement takes SQLite as long as a short row.
  private static let mostRows = 32

  private let db: Database
  private let table: String
  private let row: String
  /// By the number of their rows.
  private var statements: [Statement?]

  /// Insertions into all columns of a table, the first of which numbers itself if `numbersItself`.
  init(into table: String, columns: Int, numbersItself: Bool = false, _ db: Database) {
    let values = (numbersItself ? ["NULL"] : []) + Array(repeating: "?", count: columns)
    self.db = db
    self.table = table
    row = "(\(values.joined(separator: ", ")))"
    statements = Array(repeating: nil, count: Self.mostRows + 1)
  }

  /// Inserts a row with its values in the table's order.
  ///
  /// - Throws: `DatabaseError`.
  func insert<each Value: DirectlyBound>(_ values: repeat each Value) throws {
    var binding = Binding(try statement(ofRows: 1))
    repeat binding.add(each values)
    try execute(binding)
  }

  /// Inserts a row for each element, made of it and its position.
  ///
  /// - Throws: `DatabaseError`, and what `values` throws.
  func insert<Element, each Value: DirectlyBound>(
    _ elements: [Element], _ values: (Int, Element) throws -> (repeat each Value)
  ) throws {
    var position = 0
    while position < elements.count {
      let end = min(position + Self.mostRows, elements.count)
      var binding = Binding(try statement(ofRows: end - position))
      while position < end {
        let row = try values(position, elements[position])
        repeat binding.add(each row)
        position += 1
      }
      try execute(binding)
    }
  }

  private func statement(ofRows count: Int) throws -> Statement {
    if let known = statements[count] { return known }
    let rows = Array(repeating: row, count: count).joined(separator: ", ")
    let statement = try db.makeStatement(sql: "INSERT INTO \(table) VALUES \(rows)")
    statements[count] = statement
    return statement
  }

  private func execute(_ binding: Binding) throws {
    let pointer = binding.statement.sqliteStatement
    precondition(
      binding.count == sqlite3_bind_parameter_count(pointer),
      "\(binding.count) values for \(binding.statement.sql)")
    let code = binding.failure ?? sqlite3_step(pointer)
    defer { sqlite3_reset(pointer) }
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage,
        sql: binding.statement.sql)
    }
  }
}

/// The values of a statement as they are put into it.
private struct Binding {
  let statement: Statement
  private(set) var count: Int32 = 0
  /// The result code of a value that SQLite did not take.
  private(set) var failure: Int32?

  init(_ statement: Statement) { self.statement = statement }

  mutating func add(_ value: some DirectlyBound) {
    count += 1
    let code = value.bind(to: statement.sqliteStatement, at: count)
    if code != SQLITE_OK { failure = code }
  }
}

/// A value that SQLite takes without a detour.
protocol DirectlyBound {
  /// Binds the value to a parameter, counted from 1, and gives SQLite's result code.
  func bind(to statement: OpaquePointer, at parameter: Int32) -> Int32
}

extension Int64: DirectlyBound {
  func bind(to statement: OpaquePointer, at parameter: Int32) -> Int32 {
    sqlite3_bind_int64(statement, parameter, self)
  }
}

extension Int: DirectlyBound {
  func bind(to statement: OpaquePointer, at parameter: Int32) -> Int32 {
    sqlite3_bind_int64(statement, parameter, Int64(self))
  }
}

extension Bool: DirectlyBound {
  func bind(to statement: OpaquePointer, at parameter: Int32) -> Int32 {
    sqlite3_bind_int64(statement, parameter, self ? 1 : 0)
  }
}

extension Double: DirectlyBound {
  func bind(to statement: OpaquePointer, at parameter: Int32) -> Int32 {
    sqlite3_bind_double(statement, parameter, self)
  }
}

extension String: DirectlyBound {
  func bind(to statement: OpaquePointer, at parameter: Int32) -> Int32 {
    // SQLite's SQLITE_TRANSIENT: it copies the text, whose place is not ours for long.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    var text = self
    return text.withUTF8 { bytes in
      // Without an address, as which an empty text may come, it would be NULL.
      guard let address = bytes.baseAddress else {
        return sqlite3_bind_text(statement, parameter, "", 0, transient)
      }
      return address.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        sqlite3_bind_text64(
          statement, parameter, $0, UInt64(bytes.count), transient, UInt8(SQLITE_UTF8))
      }
    }
  }
}

extension Optional: DirectlyBound where Wrapped: DirectlyBound {
  func bind(to statement: OpaquePointer, at parameter: Int32) -> Int32 {
    guard let self else { return sqlite3_bind_null(statement, parameter) }
    return self.bind(to: statement, at: parameter)
  }
}
