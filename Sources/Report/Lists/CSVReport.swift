public import GantryModel

/// Stored results as CSV (RFC 4180: a header, CRLF, quotes where needed).
public struct CSVReport: Sendable {
  /// Makes a report.
  public init() {}

  /// One line per TaskRun with its run and simulation; a run without TaskRuns has one line too.
  public func renderTasks(_ records: [SimulationRecord]) -> String {
    var rows = [
      [
        "simulation_id", "scenario", "label", "seed", "region", "pipeline_run", "pipeline",
        "run_status", "run_created_s", "run_completion_s", "run_cost_usd", "pipeline_task",
        "task_run", "status", "reason", "node", "instance_type", "architecture", "ready_s",
        "start_s", "completion_s", "duration_s", "wait_s", "attempts",
      ] + TimeKind.allCases.map { "\($0.name)_s" }
    ]
    for record in records {
      for run in record.runs {
        let head = Self.head(record, run)
        if run.taskRuns.isEmpty {
          rows.append(head + Array(repeating: "", count: rows[0].count - head.count))
        }
        rows += run.taskRuns.map { head + Self.task($0) }
      }
    }
    return Self.text(rows)
  }

  /// One line per stored simulation.
  public func renderList(_ list: [SimulationSummary]) -> String {
    var rows = [
      [
        "id", "scenario", "label", "created_at", "region", "seed", "replications", "runs",
        "failed_runs", "mean_run_s", "makespan_s", "total_usd", "monthly_usd", "cluster_origin",
        "program_version", "catalog_version", "input_hash",
      ]
    ]
    for one in list {
      rows.append([
        "\(one.id)", one.scenario, one.label ?? "", one.createdAt, one.region, "\(one.seed)",
        "\(one.replicationCount)", "\(one.runCount)", "\(one.failedRunCount)",
        Self.seconds(one.meanRunSeconds), Self.seconds(one.makespanSeconds),
        JSONValue.digits(of: one.totalUSD), JSONValue.digits(of: one.monthlyUSD),
        one.clusterOrigin, one.programVersion, one.catalogVersion, one.inputHash,
      ])
    }
    return Self.text(rows)
  }

  private static func head(_ record: SimulationRecord, _ run: RunRecord) -> [String] {
    [
      record.id.map { "\($0)" } ?? "", record.scenario, record.label ?? "", "\(record.seed)",
      record.region, run.name, run.pipeline, run.status.rawValue, seconds(run.createdSeconds),
      seconds(run.completionSeconds), JSONValue.digits(of: run.cost.totalUSD),
    ]
  }

  private static func task(_ task: TaskRunRecord) -> [String] {
    [
      task.pipelineTask, task.name, task.status.rawValue, task.reason, task.node ?? "",
      task.instanceType ?? "", task.architecture?.rawValue ?? "", seconds(task.readySeconds),
      seconds(task.startSeconds), seconds(task.completionSeconds),
      seconds(task.durationSeconds), seconds(task.waitSeconds), "\(task.attempts)",
    ] + TimeKind.allCases.map { seconds(task.breakdown[$0] ?? 0) }
  }

  private static func seconds(_ value: Double?) -> String {
    value.map { JSONValue.digits(of: ($0 * 1e9).rounded() / 1e9) } ?? ""
  }

  static func text(_ rows: [[String]]) -> String {
    rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A field in quotes where it holds a comma, a quote or a line break.
  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.unicodeScalars.contains { [",", "\"", "\n", "\r"].contains($0) }
    if !needsQuotes { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
