// A PipelineRun after references, defaults and substitution: what the compiler turns into a plan.

/// A PipelineRun with everything it refers to put in place.
public struct ResolvedPipelineRun: Sendable {
  /// The run's name, without the random suffix of a generated one.
  public var name: Located<String>
  public var isGenerated: Bool
  public var pipelineName: String
  public var namespace: String
  /// The tasks of the graph in the order written, then the finally tasks.
  public var tasks: [ResolvedPipelineTask] = []
  /// The results of the pipeline.
  public var results: [PlannedResult] = []
  /// The claims its workspaces bind, each once, in the order of the run's workspaces.
  public var claims: [ResolvedClaim] = []
  /// Whole-run limit in seconds; nil is unlimited.
  public var pipelineTimeout: Double?
  /// Limit of the graph's tasks in seconds; nil is not limited apart.
  public var tasksTimeout: Double?
  /// Limit of the finally tasks in seconds; nil is not limited apart.
  public var finallyTimeout: Double?
  public var serviceAccountName: String = "default"
  /// The run waits for someone to start it (`PipelineRunPending`).
  public var isPending: Bool = false
  /// What `spec.status` asks when the run is created.
  public var request: RunRequest = .run
  /// The run was made up for a Pipeline that no run refers to.
  public var isMadeUp: Bool = false
  /// Settings for all pods (`taskRunTemplate.podTemplate`); already merged into each task's pod.
  public var podTemplate = PodTemplate()
  /// Set when the run is refused before any task starts: Tekton's reason and message.
  public var failure: RunFailure?
  public var location: SourceLocation

  /// Why a run fails before its first task.
  public struct RunFailure: Sendable, Hashable {
    /// Tekton's reason, such as `ParameterMissing`.
    public var reason: String
    public var message: String

    /// Joins reason and message.
    public init(reason: String, message: String) {
      self.reason = reason
      self.message = message
    }
  }

  /// Makes an empty run.
  public init(
    name: Located<String>, isGenerated: Bool, pipelineName: String, namespace: String,
    location: SourceLocation
  ) {
    self.name = name
    self.isGenerated = isGenerated
    self.pipelineName = pipelineName
    self.namespace = namespace
    self.location = location
  }
}

/// A claim that a run uses.
public struct ResolvedClaim: Sendable, Hashable {
  /// The workspace that binds it.
  public var workspace: String
  /// The claim's name as pods see it; for a template the name Tekton would derive, without hash.
  public var claimName: String
  /// The specification when the run makes the claim itself; nil for a claim that exists already.
  public var template: PersistentVolumeClaimSpec?

  /// Makes a claim.
  public init(workspace: String, claimName: String, template: PersistentVolumeClaimSpec?) {
    self.workspace = workspace
    self.claimName = claimName
    self.template = template
  }
}

/// A `when` expression after substitution; results of other tasks stay as `$(tasks.…)`.
public struct ResolvedWhen: Sendable, Hashable {
  public var input: String
  /// Whether the input must be among the values (`in`) or not (`notin`).
  public var isNegated: Bool
  public var values: [String]
  /// A CEL expression instead.
  public var cel: String?
  /// Whether it holds; nil when that is not known before the run, or taken to be so.
  public var holds: Bool?
  /// Where it is written.
  public var location: SourceLocation?

  /// Makes an expression.
  public init(input: String, isNegated: Bool, values: [String], cel: String? = nil) {
    self.input = input
    self.isNegated = isNegated
    self.values = values
    self.cel = cel
  }
}

/// One pipeline task with its place in the graph.
public struct ResolvedPipelineTask: Sendable {
  public var name: String
  public var location: SourceLocation
  /// The referenced task's name, or the pipeline task's own for an embedded one.
  public var taskName: String
  public var isBuiltIn: Bool = false
  public var isFinally: Bool = false
  /// Positions (in the run's tasks) of all tasks that must be done or skipped before.
  public var dependencies: [Int] = []
  /// The part of `dependencies` whose results this task reads.
  public var resultDependencies: [Int] = []
  public var when: [ResolvedWhen] = []
  /// Whether the expressions that are known before the run hold.
  public var whenHolds: Bool = true
  /// Uses of other tasks' results, in the order Tekton looks at them (params, matrix, when).
  public var resultReferences: [ResultUse] = []
  /// `when` expressions over the outcome of other tasks; they count besides `whenHolds`.
  public var statusConditions: [StatusCondition] = []
  /// Whether a matrix parameter is an empty list, so that the task is skipped.
  public var hasEmptyMatrix: Bool = false
  /// Seconds that the caller gave for a task that cannot be read (`--assume`).
  public var assumedDuration: Double?
  public var retries: Int = 0
  /// In seconds; nil is unlimited.
  public var timeout: Double?
  public var continuesOnError: Bool = false
  public var isMatrix: Bool = false
  /// One TaskRun, or one per matrix combination.
  public var taskRuns: [ResolvedTaskRun] = []
  /// What cannot be simulated (a custom task, a remote resolver), in words; nil when nothing.
  public var unsupported: String?
  /// Whether another controller runs it, without a pod that Tekton makes.
  public var isCustom: Bool = false

  /// Makes a task without TaskRuns.
  public init(name: String, taskName: String, location: SourceLocation) {
    self.name = name
    self.taskName = taskName
    self.location = location
  }
}

/// A TaskRun: its steps and the pod they run in.
public struct ResolvedTaskRun: Sendable {
  /// The matrix combination, or the parameters given; for display.
  public var parameters: [ParameterEntry] = []
  public var steps: [ResolvedStep] = []
  public var sidecars: [ResolvedStep] = []
  public var volumes: [Volume] = []
  public var workspaces: [ResolvedWorkspace] = []
  public var podTemplate = PodTemplate()
  public var serviceAccountName: String = "default"
  /// The pod's requests by the Kubernetes rule (sum of containers, or largest init container).
  public var effectiveRequests: ResourceList = [:]
  /// Names of the init containers Tekton adds (`prepare`, `place-scripts`, …), in order.
  public var initContainers: [String] = []
  /// Whether the first step waits for the annotation that says all containers run.
  public var waitsForReady: Bool = true
  /// Why Tekton refuses this TaskRun when it is reached (two claims under the affinity assistant).
  public var rejection: ResolvedPipelineRun.RunFailure?

  /// A parameter with its value as text.
  public struct ParameterEntry: Sendable, Hashable {
    public var name: String
    public var value: ParameterValue

    /// Joins name and value.
    public init(name: String, value: ParameterValue) {
      self.name = name
      self.value = value
    }
  }

  /// Makes an empty TaskRun.
  public init() {}
}

/// A step or sidecar after substitution.
public struct ResolvedStep: Sendable {
  public var name: String
  public var image: String
  public var script: String?
  public var command: [String] = []
  public var args: [String] = []
  public var environment: [EnvironmentVariable] = []
  public var workingDir: String?
  public var resources = ResourceRequirements()
  /// In seconds; nil is unlimited.
  public var timeout: Double?
  public var continuesOnError: Bool = false
  public var volumeMounts: [VolumeMount] = []
  public var location: SourceLocation

  /// Makes an empty step.
  public init(name: String, image: String, location: SourceLocation) {
    self.name = name
    self.image = image
    self.location = location
  }
}

/// A workspace as one TaskRun sees it.
public struct ResolvedWorkspace: Sendable, Hashable {
  /// What backs it.
  public enum Binding: Hashable, Sendable {
    /// The position of the claim in the run's claims.
    case claim(Int)
    case emptyDir(inMemory: Bool)
    case secret
    case configMap
    case projected
    case csi(driver: String)
    /// An optional workspace that nothing was given for.
    case unbound
  }

  public var name: String
  public var mountPath: String
  public var binding: Binding
  public var subPath: String?
  public var readOnly: Bool = false

  /// Makes a workspace.
  public init(name: String, mountPath: String, binding: Binding, subPath: String? = nil) {
    self.name = name
    self.mountPath = mountPath
    self.binding = binding
    self.subPath = subPath
  }
}

/// How Tekton keeps the pods of a run together (its affinity assistant).
public enum CoscheduleMode: String, Sendable, Hashable, Codable, CaseIterable {
  /// One assistant per claim: all pods of a claim on one node, one claim per TaskRun.
  case workspaces
  /// One assistant per run: all its pods on one node.
  case pipelineRuns = "pipelineruns"
  /// One assistant per run, and one run per node.
  case isolatePipelineRun = "isolate-pipelinerun"
  /// No assistant.
  case disabled
}

/// The Tekton release whose rules apply.
public enum TektonVersion: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Pipelines v0.59 (OpenShift Pipelines 1.14 and 1.15): ClusterTask and the legacy flag exist.
  case v0_59 = "0.59"
  /// Pipelines v1.15.
  case v1_15 = "1.15"

  public static func < (a: Self, b: Self) -> Bool { a == .v0_59 && b == .v1_15 }
}

/// The switches of Tekton's `feature-flags` and `config-defaults` that matter.
public struct TektonConfiguration: Sendable, Hashable {
  public var version: TektonVersion
  public var coschedule: CoscheduleMode
  /// `default-timeout-minutes`, in seconds; nil is unlimited.
  public var defaultTimeout: Double? = 3600
  /// `running-in-environment-with-injected-sidecars`: the first step waits for an annotation.
  public var waitsForReadyAnnotation: Bool = true
  /// `await-sidecar-readiness`: pods with sidecars wait for them, and no pod waits without it.
  public var awaitsSidecars: Bool = true
  public var enablesCEL: Bool = false
  /// `enable-api-fields`: how mature a feature must be to be allowed.
  public var apiLevel: TektonAPILevel = .beta
  /// `enable-param-enum`.
  public var enablesParamEnum: Bool = false
  /// `enable-step-actions`, which v0.59 has off by default.
  public var enablesStepActions: Bool = false
  public var maxMatrixCombinations: Int = 256
  public var defaultServiceAccount: String = "default"
  /// `default-container-resource-requirements`: resources of containers that name none, by
  /// container name; `default` holds for all others, `prefix-<text>` for names that begin so.
  public var containerRequirements: [String: ResourceRequirements] = [:]

  /// Makes a configuration with Tekton's defaults for the rest.
  public init(version: TektonVersion, coschedule: CoscheduleMode) {
    self.version = version
    self.coschedule = coschedule
  }
}
