import GantryModel

/// Checks of a PipelineRun.
struct PipelineRunChecks {
  let run: PipelineRun
  let context: ValidationContext
  private let subject: String

  init(_ run: PipelineRun, _ context: ValidationContext) {
    self.run = run
    self.context = context
    subject = "pipelinerun '\(run.name.value)'"
  }

  /// Everything.
  func check() {
    RunChoice.check(
      "pipelineRef", run.places["pipelineRef"], "pipelineSpec", run.places["pipelineSpec"],
      subject: subject, at: run.location, context)
    if let reference = run.pipelineRef {
      ReferenceChecks(subject: "\(subject): pipelineRef", context).check(reference)
    }
    if let spec = run.pipelineSpec {
      PipelineChecks(spec, subject: subject, context).check()
      checkInlineParameters(spec)
    }
    if let place = run.places["resources"] {
      context.error(
        "E0132",
        "\(subject): must not set the field(s): resources (PipelineResources were removed)",
        at: place)
    }
    checkParameters()
    for spec in run.taskRunSpecs { check(spec) }
    PipelineRunTimeoutChecks(run, subject: subject, context).check()
    checkStatus()
    WorkspaceBindingChecks(subject: subject, context).check(run.workspaces, ignoringCase: false)
  }

  private func checkParameters() {
    context.unique(run.params.map(\.name), ignoringCase: true) {
      "\(subject): expected exactly one, got both: parameter '\($0)' is given twice"
    }
    for parameter in run.params {
      let references = parameter.value.value.texts.flatMap(ResultReference.all)
      guard !references.isEmpty else { continue }
      context.error(
        "E0129",
        "\(subject): cannot use result expressions as PipelineRun parameter values (parameter"
          + " '\(parameter.name.value)')",
        at: parameter.value.location)
    }
  }

  /// Parameters of the run reach into embedded tasks, so that only all together can be checked.
  private func checkInlineParameters(_ spec: PipelineSpec) {
    var inline = InlineParameters()
    inline.add(given: run.params)
    inline.add(declared: spec.params)
    for task in spec.tasks {
      inline.add(givenByTask: task.params)
      inline.add(declared: task.taskSpec?.params ?? [])
    }
    for name in inline.withoutProperties {
      context.error(
        "E0122", "\(subject): missing field(s): \(name.value).properties", at: name.location)
    }
    let pipeline = PipelineChecks(spec, subject: subject, context)
    for task in spec.tasks {
      guard let embedded = task.taskSpec, !embedded.steps.isEmpty else { continue }
      let checks = TaskSpecChecks(embedded, subject: pipeline.label(task), context)
      checks.checkUse(of: inline.specs)
      checks.checkDeclaredParametersOnly(inline.specs)
    }
    pipeline.checkParameters(inline.specs, tasks: spec.tasks)
    pipeline.checkParameterUse(spec.tasks, declared: DeclaredParameters(inline.specs))
  }

  private func check(_ spec: TaskRunSpecOverride) {
    let label = "\(subject): taskRunSpecs of '\(spec.pipelineTaskName.value)'"
    OverrideChecks(subject: label, context).check(
      steps: spec.stepSpecs, sidecars: spec.sidecarSpecs, places: spec.places)
    if let timeout = spec.timeout, let duration = GoDuration(timeout.value),
      duration.nanoseconds < 0
    {
      context.error(
        "E0128", "\(label): invalid value: \(duration) should be >= 0", at: timeout.location)
    }
  }

  private func checkStatus() {
    let known = [
      "PipelineRunPending", "Cancelled", "CancelledRunFinally", "StoppedRunFinally",
    ]
    guard let status = run.requestedStatus, !known.contains(status) else { return }
    context.error(
      "E0134",
      "\(subject): invalid value: \(status) should be Cancelled, CancelledRunFinally,"
        + " StoppedRunFinally or PipelineRunPending",
      at: run.places["status"],
      suggestion: nearestName(to: status, in: known).map { "did you mean '\($0)'?" })
  }
}

/// The choice between a reference and an embedded specification.
enum RunChoice {
  /// Reports both and neither.
  static func check(
    _ reference: String, _ referencePlace: SourceLocation?, _ spec: String,
    _ specPlace: SourceLocation?, subject: String, at location: SourceLocation,
    _ context: ValidationContext
  ) {
    switch (referencePlace, specPlace) {
    case (let first?, let second?):
      context.error(
        "E0112", "\(subject): expected exactly one, got both: \(reference), \(spec)", at: second,
        notes: [.init("the other is written here", at: first)])
    case (nil, nil):
      context.error(
        "E0112", "\(subject): expected exactly one, got neither: \(reference), \(spec)",
        at: location)
    default: break
    }
  }
}
