internal import GantryModel

/// The rows that a record's runs are in the tables of a store.
struct RowCounts: CustomStringConvertible {
  private var counts: [(table: String, rows: Int)]

  /// Rows of `pipeline_run`, `task_run`, `step`, `segment` and `critical_path`.
  var rows: Int { counts.reduce(0) { $0 + $1.rows } }
  /// Rows of `critical_path_assumption`, in which the same few sets come again and again.
  let assumptions: Int

  /// Counts what a record has.
  init(_ record: SimulationRecord) {
    let tasks = record.runs.flatMap(\.taskRuns)
    let path = record.runs.flatMap(\.criticalPath)
    counts = [
      ("pipeline_run", record.runs.count), ("task_run", tasks.count),
      ("step", tasks.reduce(0) { $0 + $1.steps.count }),
      ("segment", tasks.reduce(0) { $0 + $1.segments.count }), ("critical_path", path.count),
    ]
    assumptions = path.reduce(0) { $0 + $1.assumptions.count }
  }

  var description: String {
    (counts + [("critical_path_assumption", assumptions)])
      .map { "\($0.table): \($0.rows)" }.joined(separator: ", ")
  }
}
