import GantryModel

/// Checks of the time limits of a PipelineRun.
struct PipelineRunTimeoutChecks {
  let run: PipelineRun
  let subject: String
  let context: ValidationContext

  init(_ run: PipelineRun, subject: String, _ context: ValidationContext) {
    self.run = run
    self.subject = subject
    self.context = context
  }

  /// Signs, limits within limits, and their sum.
  func check() {
    if run.places["timeout"] != nil, let place = run.places["timeouts"] {
      context.error(
        "E0128", "\(subject): must not set the field(s): timeout, timeouts", at: place,
        notes: [.init("timeout is written here", at: run.places["timeout"])])
    }
    let limits = [
      ("tasks", run.tasksTimeout), ("finally", run.finallyTimeout),
      ("pipeline", run.pipelineTimeout),
    ]
    for (name, written) in limits {
      guard let limit = duration(written), limit.nanoseconds < 0 else { continue }
      context.error(
        "E0128", "\(subject): invalid value: \(limit) should be >= 0: timeouts.\(name)",
        at: written?.location)
    }
    guard run.places["timeouts"] != nil else { return }
    let whole =
      duration(run.pipelineTimeout)
      ?? GoDuration(minutes: context.features.defaultTimeoutMinutes)
    check("tasks", run.tasksTimeout, within: whole)
    check("finally", run.finallyTimeout, within: whole)
    checkSum(within: whole)
    checkTaskRunSpecs(whole)
  }

  private func duration(_ written: Located<String>?) -> GoDuration? {
    written.flatMap { GoDuration($0.value) }
  }

  private var origin: String {
    run.pipelineTimeout == nil ? "default timeout duration" : "pipeline duration"
  }

  private func check(_ name: String, _ written: Located<String>?, within whole: GoDuration) {
    guard let limit = duration(written), whole.nanoseconds != 0 else { return }
    if limit > whole {
      context.error(
        "E0128", "\(subject): invalid value: \(limit) should be <= \(origin): timeouts.\(name)",
        at: written?.location)
    } else if limit.nanoseconds == 0 {
      context.error(
        "E0128",
        "\(subject): invalid value: 0s (no timeout) should be <= \(origin): timeouts.\(name)",
        at: written?.location)
    }
  }

  /// The sum is compared even where the whole is unlimited, as Tekton does.
  private func checkSum(within whole: GoDuration) {
    guard let tasks = duration(run.tasksTimeout), let final = duration(run.finallyTimeout) else {
      return
    }
    let (sum, overflow) = tasks.nanoseconds.addingReportingOverflow(final.nanoseconds)
    guard overflow || sum > whole.nanoseconds else { return }
    context.error(
      "E0128",
      "\(subject): invalid value: \(tasks) + \(final) should be <= \(origin): timeouts.finally,"
        + " timeouts.tasks",
      at: run.tasksTimeout?.location)
  }

  private func checkTaskRunSpecs(_ whole: GoDuration) {
    guard context.version >= .v1_15 else { return }
    let limit = duration(run.tasksTimeout) ?? whole
    guard limit.nanoseconds != 0 else { return }
    for spec in run.taskRunSpecs {
      guard let own = duration(spec.timeout), own > limit else { continue }
      context.error(
        "E0128",
        "\(subject): taskRunSpecs of '\(spec.pipelineTaskName.value)': invalid value: \(own) should"
          + " be <= \(run.tasksTimeout == nil ? origin : "pipeline tasks duration") \(limit)",
        at: spec.timeout?.location)
    }
  }
}
