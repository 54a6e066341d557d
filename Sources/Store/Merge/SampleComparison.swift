internal import GRDB

/// Compares what the database `main` and the attached one, `other`, both have of sweeps.
///
/// Simulations are exact: the same design and replication give the same figures to the last bit, on
/// whatever machine and however often.
struct SampleComparison {
  let db: Database

  /// The first point or sample that the two have and that differs.
  func contradiction() throws -> Contradiction? { try point() ?? sample() }

  // MARK: Points

  /// A point of a sweep that stands for another design over there.
  private func point() throws -> Contradiction? {
    let sql = """
      SELECT w.hash, t.position, design.hash AS theirs, own_design.hash AS own
      FROM other.sweep_point t
        JOIN other.sweep w ON w.id = t.sweep_id
        JOIN other.sweep_design design ON design.id = t.design_id
        JOIN main.sweep own_sweep ON own_sweep.hash = w.hash
        JOIN main.sweep_point own ON own.sweep_id = own_sweep.id AND own.position = t.position
        JOIN main.sweep_design own_design ON own_design.id = own.design_id
      WHERE design.hash <> own_design.hash ORDER BY w.id, t.position LIMIT 1
      """
    guard let row = try Row.fetchOne(db, sql: sql) else { return nil }
    let theirs: String = row["theirs"]
    return Contradiction(
      subject: .point(sweep: row["hash"], position: row["position"]),
      place: try place(ofDesign: theirs), figure: "the hash of its inputs", own: row["own"],
      theirs: theirs)
  }

  // MARK: Samples

  private static let columns = [
    "runs", "failed_runs", "open_runs", "warm_up_runs", "is_settled", "makespan_s", "mean_run_s",
    "p50_run_s", "p95_run_s", "p99_run_s", "early_run_s", "late_run_s", "run_times", "wait_share",
    "run_usd", "month_usd",
  ]

  /// The pools of a sample in one text, with figures to the last bit.
  private static func pools(_ schema: String, _ sample: String) -> String {
    """
    (SELECT group_concat(part, ', ') FROM (
      SELECT pool || ' ' || quote(cpu_utilisation) AS part FROM \(schema).sweep_pool_sample p
      WHERE p.design_id = \(sample).design_id AND p.replication = \(sample).replication
        AND p.batch = \(sample).batch ORDER BY p.position))
    """
  }

  private static let question: String = {
    let figures =
      columns.map { ($0, "t.\($0)", "own.\($0)") }
      + [("cpu_utilisation", pools("other", "t"), pools("main", "own"))]
    let values = figures.enumerated().map { "\($1.1) AS theirs_\($0), \($1.2) AS own_\($0)" }
    let theirs = figures.map(\.1).joined(separator: ", ")
    let own = figures.map(\.2).joined(separator: ", ")
    return """
      SELECT theirs.hash, t.replication, t.batch, \(values.joined(separator: ", "))
      FROM other.sweep_sample t \(SweepMerge.design)
        JOIN main.sweep_sample own
          ON own.design_id = mine.id AND own.replication = t.replication AND own.batch = t.batch
      WHERE (\(theirs)) IS NOT (\(own))
      ORDER BY theirs.id, t.replication, t.batch LIMIT 1
      """
  }()

  private func sample() throws -> Contradiction? {
    guard let row = try Row.fetchOne(db, sql: Self.question) else { return nil }
    let names = Self.columns + ["cpu_utilisation"]
    func value(_ side: String, _ index: Int) -> DatabaseValue {
      row["\(side)_\(index)"] as DatabaseValue? ?? .null
    }
    let index = names.indices.first { value("theirs", $0) != value("own", $0) } ?? 0
    let design: String = row["hash"]
    let replication: Int = row["replication"]
    let batch: Int = row["batch"]
    return Contradiction(
      subject: .sample(design: design, replication: replication, batch: batch),
      place: try place(ofDesign: design) + ", replication \(replication)"
        + (batch > 0 ? ", batch \(batch)" : ""),
      figure: names[index], own: Self.text(value("own", index)),
      theirs: Self.text(value("theirs", index)))
  }

  private static func text(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null: "nothing"
    case .int64(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): text
    case .blob(let bytes): "of \(bytes.count) bytes"
    }
  }

  // MARK: Words

  /// The first point over there that has a design: its number, its sweep and its values.
  private func place(ofDesign hash: String) throws -> String {
    let sql = """
      SELECT p.sweep_id, p.position, coalesce(w.label, w.scenario) AS name
      FROM other.sweep_point p JOIN other.sweep w ON w.id = p.sweep_id
        JOIN other.sweep_design d ON d.id = p.design_id
      WHERE d.hash = ? ORDER BY w.id, p.position LIMIT 1
      """
    guard let row = try Row.fetchOne(db, sql: sql, arguments: [hash]) else {
      return "inputs \(hash.prefix(12))"
    }
    let position: Int = row["position"]
    let name: String = row["name"]
    let values = try String.fetchAll(
      db,
      sql: """
        SELECT a.path || '=' || v.value FROM other.sweep_value v
          JOIN other.sweep_axis a ON a.sweep_id = v.sweep_id AND a.position = v.axis
        WHERE v.sweep_id = ? AND v.point = ? ORDER BY v.axis
        """, arguments: [row["sweep_id"] as Int64, position])
    let settings = values.isEmpty ? "" : " (\(values.joined(separator: ", ")))"
    return "point \(position + 1) of sweep '\(name)'\(settings)"
  }

  // MARK: Origin

  /// Whether `other` has what a contradiction is of.
  func isKnown(_ subject: Contradiction.Subject) throws -> Bool {
    let (condition, arguments): (String, StatementArguments) =
      switch subject {
      case .sample(let design, let replication, let batch):
        (
          """
          other.sweep_sample s JOIN other.sweep_design d ON d.id = s.design_id
            WHERE d.hash = ? AND s.replication = ? AND s.batch = ?
          """, [design, replication, batch]
        )
      case .simulation(let hash): ("other.simulation WHERE input_hash = ?", [hash])
      case .point(let sweep, let position):
        (
          """
          other.sweep_point p JOIN other.sweep w ON w.id = p.sweep_id
            WHERE w.hash = ? AND p.position = ?
          """, [sweep, position]
        )
      }
    return try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM \(condition))", arguments: arguments) ?? false
  }
}
