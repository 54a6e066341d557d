public import GantryModel

/// Feature flags that change what is valid, apart from the maturity level.
public struct TektonFeatures: Hashable, Sendable {
  /// `enable-cel-in-whenexpression`.
  public var allowsCEL: Bool
  /// `enable-param-enum`.
  public var allowsEnum: Bool
  /// `enable-step-actions`, which v0.59 has off by default.
  public var allowsStepActions: Bool
  /// `default-max-matrix-combinations-count`; 256 by default.
  public var maxMatrixCombinations: Int
  /// `default-timeout-minutes`; 60 by default.
  public var defaultTimeoutMinutes: Int64

  /// The flags of a configuration.
  public init(_ configuration: TektonConfiguration) {
    self.init(
      allowsCEL: configuration.enablesCEL, allowsEnum: configuration.enablesParamEnum,
      allowsStepActions: configuration.enablesStepActions,
      maxMatrixCombinations: configuration.maxMatrixCombinations,
      defaultTimeoutMinutes: Int64((configuration.defaultTimeout ?? 0) / 60))
  }

  /// Makes a set of flags with Tekton's defaults for what is not given.
  public init(
    allowsCEL: Bool = false, allowsEnum: Bool = false, allowsStepActions: Bool = false,
    maxMatrixCombinations: Int = 256,
    defaultTimeoutMinutes: Int64 = 60
  ) {
    self.allowsCEL = allowsCEL
    self.allowsEnum = allowsEnum
    self.allowsStepActions = allowsStepActions
    self.maxMatrixCombinations = maxMatrixCombinations
    self.defaultTimeoutMinutes = defaultTimeoutMinutes
  }
}

/// Checks Tekton objects as the admission webhook does: each by itself, without its references.
public enum TektonValidator {
  /// Reports everything that the webhook of a version would refuse.
  public static func validate(
    _ set: ManifestSet, level: TektonAPILevel = .beta, version: TektonVersion,
    features: TektonFeatures = TektonFeatures(), sink: DiagnosticSink
  ) {
    let findings = DiagnosticSink()
    let context = ValidationContext(
      level: level, version: version, features: features, sink: findings)
    checkAll(set, context)
    // Some rules see the same text twice, once with a run's parameters.
    var seen: Set<Diagnostic> = []
    for finding in findings.diagnostics where seen.insert(finding).inserted { sink.add(finding) }
  }

  private static func checkAll(_ set: ManifestSet, _ context: ValidationContext) {
    for task in set.tasks where !task.isBuiltIn { validate(task, context) }
    for pipeline in set.pipelines {
      checkObjectName(pipeline.name, kind: "Pipeline", context)
      PipelineChecks(pipeline.spec, subject: "pipeline '\(pipeline.name.value)'", context)
        .checkStandAlone()
    }
    for run in set.pipelineRuns {
      checkObjectName(run.name, kind: "PipelineRun", isGenerated: run.isGenerated, context)
      PipelineRunChecks(run, context).check()
    }
    for run in set.taskRuns {
      checkObjectName(run.name, kind: "TaskRun", isGenerated: run.isGenerated, context)
      TaskRunChecks(run, context).check()
    }
  }

  private static func validate(_ task: Task, _ context: ValidationContext) {
    checkObjectName(task.name, kind: task.kind, context)
    let checks = TaskSpecChecks(
      task.spec, subject: "\(task.kind) '\(task.name.value)'", context)
    if task.kind == "StepAction" {
      checks.checkStepAction()
      return
    }
    if task.kind == "ClusterTask", context.version >= .v1_15 {
      context.error(
        "E0137", "ClusterTask '\(task.name.value)': the kind was removed in Tekton 1.0",
        at: task.name.location, suggestion: "write kind: Task, or choose tektonVersion 0.59")
    }
    checks.check()
    checks.checkDeclaredParametersOnly()
  }

  private static func checkObjectName(
    _ name: Located<String>, kind: String, isGenerated: Bool = false, _ context: ValidationContext
  ) {
    if name.value.isEmpty {
      context.error(
        "E0113", "the \(kind) has no metadata.name", at: name.location,
        suggestion: kind.hasSuffix("Run") ? "write a name or a generateName" : nil)
    } else if isGenerated {
      // The API server adds five characters to a prefix, which may end with a dash.
      if !NameRules.isSubdomain(name.value + "x") {
        context.error(
          "E0110", "invalid resource name '\(name.value)': must be a valid DNS label",
          at: name.location)
      }
    } else if !NameRules.isSubdomain(name.value) {
      context.error(
        "E0110", "invalid resource name '\(name.value)': must be a valid DNS label",
        at: name.location,
        suggestion: "use lower-case letters, digits and dashes")
    } else if name.value.count > 63 {
      context.error(
        "E0110", "invalid resource name '\(name.value)': no more than 63 characters",
        at: name.location)
    }
  }
}
