internal import GRDB
public import GantryModel

extension Store {
  /// Stores a record in one transaction and gives its position.
  ///
  /// - Throws: `rejected` when a figure is not a number; `diskFull`, `locked`, `readOnly`, ….
  @discardableResult
  public func save(_ record: SimulationRecord) throws(StoreError) -> Int64 {
    try write { db in try RecordWriter(db).write(record) }
  }

  /// Stores several records in one transaction: all of them or none.
  @discardableResult
  public func save(contentsOf records: [SimulationRecord]) throws(StoreError) -> [Int64] {
    try write { db in
      let writer = RecordWriter(db)
      return try records.map(writer.write)
    }
  }

  /// The newest record of the same inputs, catalogue, program, seed and replications.
  ///
  /// A record with the label asked for comes before a newer one with another.
  public func find(
    inputHash: String, label: String? = nil
  ) throws(StoreError) -> SimulationRecord? {
    try read { db in
      let sql = """
        SELECT id FROM simulation WHERE input_hash = ?1
        ORDER BY label IS ?2 DESC, id DESC LIMIT 1
        """
      let id = try Int64.fetchOne(db, sql: sql, arguments: [inputHash, label])
      return try id.flatMap { try RecordReader(db: db, path: path).read($0) }
    }
  }

  /// The record at a position.
  ///
  /// - Throws: `notFound`.
  public func load(id: Int64) throws(StoreError) -> SimulationRecord {
    try read { db in
      guard let record = try RecordReader(db: db, path: path).read(id) else {
        throw StoreError(.notFound, path: path, detail: "\(id)")
      }
      return record
    }
  }

  /// The record a user means: a label (its newest record), `scenario:label`, a position, a scenario's
  /// name (its newest record) or the start of an input hash, tried in this order.
  ///
  /// - Throws: `notFound`, or `ambiguous` when a hash prefix fits different inputs.
  public func load(_ reference: String) throws(StoreError) -> SimulationRecord {
    try load(id: position(of: reference))
  }

  /// The position of the record a user means, as `load(_:)` finds it.
  public func position(of reference: String) throws(StoreError) -> Int64 {
    try read { db in
      func newest(_ condition: String) throws -> Int64? {
        try db.newest(of: "simulation", where: condition, reference)
      }
      if let id = try newest("label = ?") { return id }
      if let id = try newest("scenario || ':' || label = ?") { return id }
      if let id = Int64(reference), try newest("id = ?") != nil { return id }
      // A scenario's name alone means the result that nobody gave a name of its own.
      if let id = try newest("scenario = ? AND label IS NULL") { return id }
      if let id = try newest("scenario = ?") { return id }
      return try position(ofHashPrefix: reference, in: db)
    }
  }

  /// The scenarios with a result of a label, that of the newest first: only it is meant by the label
  /// alone.
  public func scenarios(labelled label: String) throws(StoreError) -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql:
          "SELECT scenario FROM simulation WHERE label = ? GROUP BY scenario ORDER BY max(id) DESC",
        arguments: [label])
    }
  }

  private func position(ofHashPrefix prefix: String, in db: Database) throws -> Int64 {
    // A shorter prefix is more often a mistyped name than a hash.
    let shortest = 4
    guard prefix.count >= shortest, prefix.allSatisfy({ $0.isHexDigit }) else {
      throw StoreError(.notFound, path: path, detail: prefix)
    }
    let sql = """
      SELECT input_hash, max(id) AS id FROM simulation
      WHERE substr(input_hash, 1, length(?1)) = lower(?1) GROUP BY input_hash ORDER BY id
      """
    let rows = try Row.fetchAll(db, sql: sql, arguments: [prefix])
    if rows.count > 1 {
      let hashes = rows.map { String(($0["input_hash"] as String).prefix(12)) }
      throw StoreError(
        .ambiguous, path: path, detail: "'\(prefix)': \(hashes.joined(separator: ", "))")
    }
    guard let row = rows.first else { throw StoreError(.notFound, path: path, detail: prefix) }
    return row["id"]
  }

  /// Deletes records with everything that belongs to them; gives how many there were.
  @discardableResult
  public func delete(_ ids: [Int64]) throws(StoreError) -> Int {
    try write { db in
      var count = 0
      for id in ids {
        try db.execute(sql: "DELETE FROM simulation WHERE id = ?", arguments: [id])
        count += db.changesCount
      }
      try db.execute(
        sql: "DELETE FROM input WHERE id NOT IN (SELECT input_id FROM simulation)")
      return count
    }
  }
}

extension Database {
  /// The highest position in a table among rows that fit a condition with one argument.
  func newest(of table: String, where condition: String, _ argument: String) throws -> Int64? {
    try Int64.fetchOne(
      self, sql: "SELECT max(id) FROM \(table) WHERE \(condition)", arguments: [argument])
  }
}
