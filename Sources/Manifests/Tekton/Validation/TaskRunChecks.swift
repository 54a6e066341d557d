import GantryModel

/// Checks of a stand-alone TaskRun.
struct TaskRunChecks {
  let run: TaskRun
  let context: ValidationContext
  private let subject: String

  init(_ run: TaskRun, _ context: ValidationContext) {
    self.run = run
    self.context = context
    subject = "taskrun '\(run.name.value)'"
  }

  /// Everything.
  func check() {
    RunChoice.check(
      "taskRef", run.places["taskRef"], "taskSpec", run.places["taskSpec"], subject: subject,
      at: run.location, context)
    if let reference = run.taskRef {
      ReferenceChecks(subject: "\(subject): taskRef", context).check(reference)
    }
    if let spec = run.taskSpec { checkSpec(spec) }
    if let place = run.places["resources"] {
      context.error(
        "E0132",
        "\(subject): must not set the field(s): resources (PipelineResources were removed)",
        at: place)
    }
    context.unique(run.params.map(\.name), ignoringCase: true) {
      "\(subject): expected exactly one, got both: parameter '\($0)' is given twice"
    }
    WorkspaceBindingChecks(subject: subject, context).check(run.workspaces, ignoringCase: true)
    if let place = run.places["debug"] { context.require(.alpha, for: "debug", at: place) }
    OverrideChecks(subject: subject, context).check(
      steps: run.stepSpecs, sidecars: run.sidecarSpecs, places: run.places)
    checkSettings()
  }

  private func checkSpec(_ spec: TaskSpec) {
    let checks = TaskSpecChecks(spec, subject: subject, context)
    checks.check()
    var inline = InlineParameters()
    inline.add(given: run.params)
    inline.add(declared: spec.params)
    for name in inline.withoutProperties {
      context.error(
        "E0122", "\(subject): missing field(s): \(name.value).properties", at: name.location)
    }
    guard !spec.steps.isEmpty else { return }
    ParameterChecks(subject: subject, context).checkTypes(inline.specs)
    checks.checkUse(of: inline.specs)
    checks.checkDeclaredParametersOnly(inline.specs)
  }

  private func checkSettings() {
    if let status = run.requestedStatus, status != "TaskRunCancelled" {
      context.error(
        "E0134", "\(subject): invalid value: \(status) should be TaskRunCancelled",
        at: run.places["status"])
    }
    if run.requestedStatus == nil, let place = run.places["statusMessage"] {
      context.error(
        "E0134", "\(subject): statusMessage should not be set if status is not set", at: place)
    }
    if run.retries < 0 {
      context.error(
        "E0127", "\(subject): invalid value: \(run.retries) should be >= 0",
        at: run.places["retries"])
    }
    if let timeout = run.timeout, let duration = GoDuration(timeout.value),
      duration.nanoseconds < 0
    {
      context.error(
        "E0128", "\(subject): invalid value: \(duration) should be >= 0", at: timeout.location)
    }
  }
}
