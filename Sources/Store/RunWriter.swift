internal import GRDB
internal import GantryModel

/// Writes the runs of a record with everything below them.
struct RunWriter {
  private let db: Database
  private let insertRun: Insertion
  private let insertTask: Insertion
  private let insertStep: Insertion
  private let insertSegment: Insertion
  private let insertSkipped: Insertion
  private let insertPath: Insertion

  init(_ db: Database) {
    self.db = db
    insertRun = Insertion(into: "pipeline_run", columns: 11, numbersItself: true, db)
    insertTask = Insertion(into: "task_run", columns: 22, numbersItself: true, db)
    insertStep = Insertion(into: "step", columns: 6, db)
    insertSegment = Insertion(into: "segment_time", columns: 5, db)
    insertSkipped = Insertion(into: "skipped_task", columns: 4, db)
    insertPath = Insertion(into: "critical_path_time", columns: 5, db)
  }

  /// Writes the runs of the simulation at a position.
  func write(_ runs: [RunRecord], of simulation: Int64) throws {
    var activities = ActivityWriter(db, simulation: simulation)
    for (position, run) in runs.enumerated() {
      try write(run, at: position, of: simulation, &activities)
    }
  }

  private func write(
    _ run: RunRecord, at position: Int, of simulation: Int64, _ activities: inout ActivityWriter
  ) throws {
    try insertRun.insert(
      simulation, position, run.name, run.pipeline, run.status.rawValue, run.reason, run.message,
      run.createdSeconds, run.completionSeconds, run.cost.usedUSD, run.cost.idleShareUSD)
    let id = db.lastInsertedRowID
    for (position, task) in run.taskRuns.enumerated() {
      try write(task, at: position, of: id, &activities)
    }
    try insertSkipped.insert(run.skippedTasks) { position, task in
      (id, position, task.name, task.reason)
    }
    try insertPath.insert(run.criticalPath) { position, path in
      (
        id, position, try activities.position(of: Activity(path)), path.segment.startSeconds,
        path.segment.endSeconds
      )
    }
  }

  private func write(
    _ task: TaskRunRecord, at position: Int, of run: Int64, _ activities: inout ActivityWriter
  ) throws {
    let times = task.breakdown
    try insertTask.insert(
      run, position, task.name, task.pipelineTask, task.status.rawValue, task.reason,
      task.message, task.node, task.instanceType, task.architecture?.rawValue,
      task.readySeconds, task.startSeconds, task.completionSeconds, task.waitSeconds,
      task.attempts, times[.queue], times[.volume], times[.image], times[.cpu], times[.read],
      times[.write], times[.overhead])
    let id = db.lastInsertedRowID
    try insertStep.insert(task.steps) { position, step in
      (id, position, step.name, step.startSeconds, step.endSeconds, step.failed)
    }
    try insertSegment.insert(task.segments) { position, segment in
      (
        id, position, try activities.position(of: Activity(segment)), segment.startSeconds,
        segment.endSeconds
      )
    }
  }
}
