internal import GantryModel

/// The timeouts of a run, worked out as Tekton does.
///
/// `.none` is no limit of its own; Tekton writes that as `0`.
struct RunTimeouts {
  var pipeline: Double?
  var tasks: Double?
  var finally: Double?
  /// What Tekton gives a TaskRun of the graph, or of the finally tasks, that names no timeout.
  private var taskDefault: Double?
  private var finallyDefault: Double?

  init(_ run: PipelineRun, configuration: TektonConfiguration) {
    let written = run.pipelineTimeout.flatMap { DurationText.seconds($0.value) }
    let tasksWritten = run.tasksTimeout.flatMap { DurationText.seconds($0.value) }
    let finallyWritten = run.finallyTimeout.flatMap { DurationText.seconds($0.value) }
    pipeline = RunTimeouts.limit(written ?? configuration.defaultTimeout ?? 0)
    let usual = configuration.defaultTimeout ?? 0
    // The webhook has written the default for the whole run before the rest is worked out.
    let whole = written ?? usual
    tasks = RunTimeouts.limit(
      tasksWritten ?? RunTimeouts.difference(whole, finallyWritten) ?? 0)
    finally = RunTimeouts.limit(
      finallyWritten ?? RunTimeouts.difference(whole, tasksWritten) ?? 0)
    taskDefault = RunTimeouts.limit(
      RunTimeouts.taskTimeout(tasksWritten, usual: usual, version: configuration.version))
    finallyDefault = RunTimeouts.limit(
      RunTimeouts.taskTimeout(finallyWritten, usual: usual, version: configuration.version))
  }

  /// The limit of a TaskRun: the pipeline task's own, the run's for it, or the default.
  func taskRunLimit(
    task: Located<String>?, override: Located<String>?, isFinally: Bool
  ) -> Double? {
    for written in [task, override] {
      if let text = written?.value, let seconds = DurationText.seconds(text) {
        return RunTimeouts.limit(seconds)
      }
    }
    return isFinally ? finallyDefault : taskDefault
  }

  /// Seconds as a limit: zero is none.
  static func limit(_ seconds: Double) -> Double? { seconds == 0 ? nil : seconds }

  private static func difference(_ whole: Double, _ part: Double?) -> Double? {
    guard let part, whole != 0, part != 0 else { return nil }
    return whole - part
  }

  /// Since v1 a longer (or no) limit of the run's part holds for its TaskRuns too.
  private static func taskTimeout(
    _ part: Double?, usual: Double, version: TektonVersion
  ) -> Double {
    guard version >= .v1_15, let part, part == 0 || part > usual else { return usual }
    return part
  }
}
