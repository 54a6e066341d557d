internal import GRDB
internal import GantryModel

extension RecordReader {
  /// The PipelineRuns of a simulation with everything below them.
  func runs(of id: Int64) throws -> [RunRecord] {
    var runs: [RunRecord] = []
    var positions: [Int64: Int] = [:]
    let sql = "SELECT * FROM pipeline_run WHERE simulation_id = ? ORDER BY position"
    let cursor = try Row.fetchCursor(db, sql: sql, arguments: [id])
    while let row = try cursor.next() {
      positions[row["id"]] = runs.count
      runs.append(try run(row))
    }
    let activities = try activities(of: id)
    try addTasks(to: &runs, at: positions, of: id, activities)
    try addSkippedTasks(to: &runs, at: positions, of: id)
    try addCriticalPaths(to: &runs, at: positions, of: id, activities)
    return runs
  }

  private func run(_ row: Row) throws -> RunRecord {
    RunRecord(
      name: row["name"], pipeline: row["pipeline"],
      status: try named(row["status"], in: "status"), reason: row["reason"],
      message: row["message"], createdSeconds: row["created_s"],
      completionSeconds: row["completion_s"],
      cost: Cost.RunCost(usedUSD: row["used_usd"], idleShareUSD: row["idle_share_usd"]),
      taskRuns: [], skippedTasks: [], criticalPath: [])
  }

  /// The rows of a table below the PipelineRuns of a simulation, in order.
  private func belowRuns(
    _ table: String, of id: Int64, _ use: (Row) throws -> Void
  ) throws {
    let sql = """
      SELECT x.* FROM pipeline_run p JOIN \(table) x ON x.pipeline_run_id = p.id
      WHERE p.simulation_id = ? ORDER BY x.pipeline_run_id, x.position
      """
    let cursor = try Row.fetchCursor(db, sql: sql, arguments: [id])
    while let row = try cursor.next() { try use(row) }
  }

  private func addTasks(
    to runs: inout [RunRecord], at positions: [Int64: Int], of id: Int64,
    _ activities: [Int64: Activity]
  ) throws {
    var tasks: [TaskRunRecord] = []
    var owners: [Int] = []
    var taskPositions: [Int64: Int] = [:]
    try belowRuns("task_run", of: id) { row in
      guard let owner = positions[row["pipeline_run_id"]] else { return }
      taskPositions[row["id"]] = tasks.count
      owners.append(owner)
      tasks.append(try task(row))
    }
    try belowTasks("step", of: id) { row in
      guard let position = taskPositions[row["task_run_id"]] else { return }
      tasks[position].steps.append(
        StepRecord(
          name: row["name"], startSeconds: row["start_s"], endSeconds: row["end_s"],
          failed: row["failed"]))
    }
    try belowTasks("segment_time", of: id) { row in
      guard let position = taskPositions[row["task_run_id"]] else { return }
      tasks[position].segments.append(segment(row, try activity(row, among: activities)))
    }
    for (owner, task) in zip(owners, tasks) { runs[owner].taskRuns.append(task) }
  }

  private func belowTasks(
    _ table: String, of id: Int64, _ use: (Row) throws -> Void
  ) throws {
    let sql = """
      SELECT x.* FROM pipeline_run p JOIN task_run t ON t.pipeline_run_id = p.id
        JOIN \(table) x ON x.task_run_id = t.id
      WHERE p.simulation_id = ? ORDER BY x.task_run_id, x.position
      """
    let cursor = try Row.fetchCursor(db, sql: sql, arguments: [id])
    while let row = try cursor.next() { try use(row) }
  }

  private func task(_ row: Row) throws -> TaskRunRecord {
    var breakdown: [TimeKind: Double] = [:]
    for kind in TimeKind.allCases { breakdown[kind] = row["\(kind.name)_s"] as Double? }
    let architecture: Architecture? = try (row["architecture"] as String?).map {
      try named($0, in: "architecture")
    }
    return TaskRunRecord(
      name: row["name"], pipelineTask: row["pipeline_task"],
      status: try named(row["status"], in: "status"), reason: row["reason"],
      message: row["message"], node: row["node"], instanceType: row["instance_type"],
      architecture: architecture, readySeconds: row["ready_s"], startSeconds: row["start_s"],
      completionSeconds: row["completion_s"], waitSeconds: row["wait_s"],
      attempts: row["attempts"], breakdown: breakdown, steps: [], segments: [])
  }

  private func segment(_ row: Row, _ activity: Activity) -> SegmentRecord {
    SegmentRecord(
      kind: activity.kind, startSeconds: row["start_s"], endSeconds: row["end_s"],
      label: activity.label)
  }

  private func activity(
    _ row: Row, among activities: [Int64: Activity]
  ) throws -> Activity {
    let id: Int64 = row["activity_id"]
    guard let activity = activities[id] else {
      throw StoreError(.corrupt, path: path, detail: "no activity \(id)")
    }
    return activity
  }

  /// The activities of a simulation by their positions.
  private func activities(of id: Int64) throws -> [Int64: Activity] {
    var activities: [Int64: Activity] = [:]
    let sql = "SELECT * FROM activity WHERE simulation_id = ?"
    let rows = try Row.fetchCursor(db, sql: sql, arguments: [id])
    while let row = try rows.next() {
      activities[row["id"]] = Activity(
        pipelineTask: row["pipeline_task"], kind: try kind(row["kind"]), label: row["label"])
    }
    let uses = """
      SELECT u.* FROM activity a JOIN activity_assumption u ON u.activity_id = a.id
      WHERE a.simulation_id = ? ORDER BY u.activity_id, u.position
      """
    let assumptions = try Row.fetchCursor(db, sql: uses, arguments: [id])
    while let row = try assumptions.next() {
      activities[row["activity_id"]]?.assumptions.append(row["assumption_id"])
    }
    return activities
  }

  /// The kind of time that a text names.
  func kind(_ name: String) throws -> TimeKind {
    guard let kind = TimeKind.allCases.first(where: { $0.name == name }) else {
      throw StoreError(.corrupt, path: path, detail: "kind is '\(name)'")
    }
    return kind
  }

  private func addSkippedTasks(
    to runs: inout [RunRecord], at positions: [Int64: Int], of id: Int64
  ) throws {
    try belowRuns("skipped_task", of: id) { row in
      guard let owner = positions[row["pipeline_run_id"]] else { return }
      runs[owner].skippedTasks.append(.init(name: row["name"], reason: row["reason"]))
    }
  }

  private func addCriticalPaths(
    to runs: inout [RunRecord], at positions: [Int64: Int], of id: Int64,
    _ activities: [Int64: Activity]
  ) throws {
    try belowRuns("critical_path_time", of: id) { row in
      guard let owner = positions[row["pipeline_run_id"]] else { return }
      let activity = try activity(row, among: activities)
      runs[owner].criticalPath.append(
        PathRecord(
          pipelineTask: activity.pipelineTask, segment: segment(row, activity),
          assumptions: activity.assumptions))
    }
  }
}
