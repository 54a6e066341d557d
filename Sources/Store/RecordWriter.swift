internal import GRDB
internal import GantryModel

/// Writes one record; its statements are prepared once per transaction.
struct RecordWriter {
  let db: Database
  private let runs: RunWriter

  init(_ db: Database) {
    self.db = db
    runs = RunWriter(db)
  }

  /// Writes everything of a record and gives its position.
  func write(_ record: SimulationRecord) throws -> Int64 {
    let id = try writeSimulation(record)
    try writeNodes(record.nodes, of: id)
    try writeNodeEvents(record.nodeEvents, of: id)
    try runs.write(record.runs, of: id)
    try writeTally(record.tally, of: id)
    try writeCost(record.cost, of: id)
    try writeAssumptions(record.assumptions, of: id)
    try writeDiagnostics(record.diagnostics, of: id)
    try writeReplications(record.replications, of: id)
    return id
  }

  private func writeSimulation(_ record: SimulationRecord) throws -> Int64 {
    let input = try inputID(of: record.inputs)
    try db.insertion("simulation", columns: 13, after: "NULL").insert([
      input, record.scenario, record.label, record.createdAt, record.programVersion,
      record.catalogVersion, record.region, Int64(bitPattern: record.seed),
      record.replicationCount, record.inputHash, record.clusterOrigin, record.makespanSeconds,
      record.tally?.furtherNodeEvents ?? 0,
    ])
    return db.lastInsertedRowID
  }

  /// The row that holds this content, made when there is none yet.
  private func inputID(of content: String) throws -> Int64 {
    let digest = Int64(bitPattern: fowlerNollVo(content))
    let known = try Int64.fetchOne(
      db, sql: "SELECT id FROM input WHERE digest = ? AND content = ?",
      arguments: [digest, content])
    if let known { return known }
    try db.insertion("input", columns: 2, after: "NULL").insert([digest, content])
    return db.lastInsertedRowID
  }

  private func writeNodes(_ nodes: [NodeRecord], of id: Int64) throws {
    let statement = try db.insertion("node", columns: 18)
    for (position, node) in nodes.enumerated() {
      try statement.insert([
        id, position, node.name, node.pool, node.instanceType, node.architecture.rawValue,
        node.zone, node.isControlPlane, node.vcpu, node.memoryGiB, node.cpuUtilisation,
        node.peakPods, node.bytesIn, node.bytesOut, node.imageBytes, node.peakMemoryBytes,
        node.peakDiskBytes, node.diskBytes,
      ])
    }
  }

  private func writeNodeEvents(_ events: [NodeEventRecord], of id: Int64) throws {
    let statement = try db.insertion("node_event", columns: 11)
    for (position, event) in events.enumerated() {
      try statement.insert([
        id, position, event.kind.rawValue, event.resource.rawValue, event.node, event.seconds,
        event.pipelineRun, event.taskRun, event.usedBytes, event.limitBytes, event.message,
      ])
    }
  }

  private func writeCost(_ cost: Cost, of id: Int64) throws {
    for (table, lines) in [("cost_line", cost.lines), ("cost_month_line", cost.monthlyLines)] {
      let statement = try db.insertion(table, columns: 10)
      for (position, line) in lines.enumerated() {
        try statement.insert([
          id, position, line.service, line.item, line.quantity, line.unit, line.rateUSD,
          line.amountUSD, line.source, line.isFixed,
        ])
      }
    }
    let statement = try db.insertion("run_cost", columns: 4)
    for (position, run) in cost.runs.enumerated() {
      try statement.insert([id, position, run.usedUSD, run.idleShareUSD])
    }
  }

  private func writeAssumptions(_ uses: [AssumptionUse], of id: Int64) throws {
    let statement = try db.insertion("assumption_use", columns: 10)
    for (position, use) in uses.enumerated() {
      let known = use.assumption
      try statement.insert([
        id, position, known.id, known.text, known.value, known.unit, known.confidence.rawValue,
        known.source, use.criticalPathSeconds, use.criticalPathShare,
      ])
    }
  }

  private func writeDiagnostics(_ diagnostics: [Diagnostic], of id: Int64) throws {
    let statement = try db.insertion("diagnostic", columns: 9)
    let notes = try db.insertion("diagnostic_note", columns: 7)
    for (position, finding) in diagnostics.enumerated() {
      let place = finding.location
      try statement.insert([
        id, position, finding.severity.rawValue, finding.code, finding.message, place?.file,
        place?.line, place?.column, finding.suggestion,
      ])
      for (index, note) in finding.notes.enumerated() {
        try notes.insert([
          id, position, index, note.message, note.location?.file, note.location?.line,
          note.location?.column,
        ])
      }
    }
  }

  private func writeReplications(_ all: [ReplicationSummary], of id: Int64) throws {
    let statement = try db.insertion("replication", columns: 14)
    for (position, one) in all.enumerated() {
      try statement.insert([
        id, position, one.replication, one.makespanSeconds, one.meanRunSeconds,
        one.p95RunSeconds, one.failedRuns, one.totalUSD, one.endedRuns, one.times?.p50,
        one.times?.p99, one.times?.earlyMean, one.times?.lateMean,
        one.times.map { RunTimesBlob.data($0.all) },
      ])
    }
  }
}

extension Database {
  /// A prepared statement that fills all columns of a table, the first with `after` if given.
  func insertion(
    _ table: String, columns: Int, after first: String? = nil
  ) throws -> Statement {
    let values = (first.map { [$0] } ?? []) + Array(repeating: "?", count: columns)
    return try cachedStatement(
      sql: "INSERT INTO \(table) VALUES (\(values.joined(separator: ", ")))")
  }
}

extension Statement {
  /// Runs an insertion with its values in the table's order.
  func insert(_ values: [(any DatabaseValueConvertible)?]) throws {
    try execute(arguments: StatementArguments(values))
  }
}

/// The 64-bit FNV-1a digest of a text; finds equal inputs, which are then compared in full.
///
/// Source: The FNV Non-Cryptographic Hash Algorithm, IETF draft-eastlake-fnv, section 5.
func fowlerNollVo(_ text: String) -> UInt64 {
  var digest: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return digest
}
