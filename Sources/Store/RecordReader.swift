internal import Foundation
internal import GRDB
internal import GantryModel

/// Reads one record back, equal to what was written in every field.
struct RecordReader {
  let db: Database
  let path: String

  /// The record at a position; nil when there is none.
  func read(_ id: Int64) throws -> SimulationRecord? {
    let sql =
      "SELECT s.*, i.content FROM simulation s JOIN input i ON i.id = input_id WHERE s.id = ?"
    guard let row = try Row.fetchOne(db, sql: sql, arguments: [id]) else { return nil }
    var record = SimulationRecord(
      scenario: row["scenario"], label: row["label"], programVersion: row["program_version"],
      catalogVersion: row["catalog_version"], region: row["region"],
      seed: UInt64(bitPattern: row["seed"]), replicationCount: row["replication_count"],
      inputs: row["content"], inputHash: row["input_hash"],
      clusterOrigin: row["cluster_origin"])
    record.id = id
    record.createdAt = row["created_at"]
    record.makespanSeconds = row["makespan_s"]
    record.nodes = try nodes(of: id)
    record.nodeEvents = try nodeEvents(of: id)
    record.runs = try runs(of: id)
    record.tally = try tally(of: id, furtherNodeEvents: row["further_node_events"])
    record.cost = try cost(of: id)
    record.assumptions = try assumptions(of: id)
    record.diagnostics = try diagnostics(of: id)
    record.replications = try replications(of: id)
    return record
  }

  /// All rows of a table that belong to a simulation, in order, each made into a value.
  func rows<T>(_ table: String, of id: Int64, _ make: (Row) throws -> T) throws -> [T] {
    let sql = "SELECT * FROM \(table) WHERE simulation_id = ? ORDER BY position"
    let cursor = try Row.fetchCursor(db, sql: sql, arguments: [id])
    var all: [T] = []
    while let row = try cursor.next() { all.append(try make(row)) }
    return all
  }

  private func nodes(of id: Int64) throws -> [NodeRecord] {
    try rows("node", of: id) { row in
      var node = NodeRecord(
        name: row["name"], pool: row["pool"], instanceType: row["instance_type"],
        architecture: try named(row["architecture"], in: "architecture"), zone: row["zone"],
        isControlPlane: row["is_control_plane"], vcpu: row["vcpu"], memoryGiB: row["memory_gib"],
        cpuUtilisation: row["cpu_utilisation"], peakPods: row["peak_pods"],
        bytesIn: row["bytes_in"], bytesOut: row["bytes_out"], imageBytes: row["image_bytes"])
      node.peakMemoryBytes = row["peak_memory_bytes"]
      node.peakDiskBytes = row["peak_disk_bytes"]
      node.diskBytes = row["disk_bytes"]
      return node
    }
  }

  private func nodeEvents(of id: Int64) throws -> [NodeEventRecord] {
    try rows("node_event", of: id) { row in
      NodeEventRecord(
        kind: try named(row["kind"], in: "kind"),
        resource: try named(row["resource"], in: "resource"), node: row["node"],
        seconds: row["at_s"], pipelineRun: row["pipeline_run"], taskRun: row["task_run"],
        usedBytes: row["used_bytes"], limitBytes: row["limit_bytes"], message: row["message"])
    }
  }

  private func cost(of id: Int64) throws -> Cost {
    func line(_ row: Row) -> CostLine {
      CostLine(
        service: row["service"], item: row["item"], quantity: row["quantity"],
        unit: row["unit"], rateUSD: row["rate_usd"], amountUSD: row["amount_usd"] as Double,
        source: row["source"], isFixed: row["is_fixed"])
    }
    var cost = Cost()
    cost.lines = try rows("cost_line", of: id, line)
    cost.monthlyLines = try rows("cost_month_line", of: id, line)
    cost.runs = try rows("run_cost", of: id) { row in
      Cost.RunCost(usedUSD: row["used_usd"], idleShareUSD: row["idle_share_usd"])
    }
    return cost
  }

  private func assumptions(of id: Int64) throws -> [AssumptionUse] {
    try rows("assumption_use", of: id) { row in
      AssumptionUse(
        assumption: Assumption(
          id: row["assumption_id"], text: row["text"], value: row["value"], unit: row["unit"],
          confidence: try named(row["confidence"], in: "confidence"), source: row["source"]),
        criticalPathSeconds: row["critical_path_s"],
        criticalPathShare: row["critical_path_share"])
    }
  }

  private func diagnostics(of id: Int64) throws -> [Diagnostic] {
    var findings = try rows("diagnostic", of: id) { row in
      Diagnostic(
        try named(row["severity"], in: "severity"), row["code"], row["message"],
        at: location(row), suggestion: row["suggestion"])
    }
    let sql = """
      SELECT * FROM diagnostic_note WHERE simulation_id = ? ORDER BY diagnostic_position, position
      """
    for row in try Row.fetchAll(db, sql: sql, arguments: [id]) {
      findings[row["diagnostic_position"]].notes.append(
        Diagnostic.Note(row["message"], at: location(row)))
    }
    return findings
  }

  private func location(_ row: Row) -> SourceLocation? {
    guard let file = row["file"] as String? else { return nil }
    return SourceLocation(file: file, line: row["line"], column: row["column"])
  }

  private func replications(of id: Int64) throws -> [ReplicationSummary] {
    try rows("replication", of: id) { row in
      var summary = ReplicationSummary(
        replication: row["replication"], makespanSeconds: row["makespan_s"],
        meanRunSeconds: row["mean_run_s"], p95RunSeconds: row["p95_run_s"],
        failedRuns: row["failed_runs"], totalUSD: row["total_usd"])
      summary.endedRuns = row["ended_runs"]
      summary.times = try runTimes(row)
      return summary
    }
  }

  /// Nil where no run ended, or a version that did not keep run times wrote the row.
  private func runTimes(_ row: Row) throws -> PointSample.RunTimes? {
    guard let p50 = row["p50_run_s"] as Double? else { return nil }
    guard let all = RunTimesBlob.values(row["run_times"] as Data? ?? Data()) else {
      throw StoreError(.corrupt, path: path, detail: "run_times are no numbers")
    }
    return PointSample.RunTimes(
      mean: row["mean_run_s"], p50: p50, p95: row["p95_run_s"], p99: row["p99_run_s"],
      halves: (row["early_run_s"], row["late_run_s"]), all: all)
  }

  /// The case of an enumeration that a text names.
  func named<T: RawRepresentable<String>>(_ text: String, in column: String) throws -> T {
    guard let value = T(rawValue: text) else {
      throw StoreError(.corrupt, path: path, detail: "\(column) is '\(text)'")
    }
    return value
  }
}
