/// A condition on whether a pipeline task runs.
public struct WhenExpression: Sendable {
  public var input: Located<String>
  /// `in` or `notin`.
  public var `operator`: Located<String>
  public var values: [Located<String>]
  /// A CEL expression instead of the three fields above.
  public var cel: Located<String>?
  public var location: SourceLocation

  /// Makes a condition.
  public init(
    input: Located<String>, operator: Located<String>, values: [Located<String>],
    location: SourceLocation
  ) {
    self.input = input
    self.operator = `operator`
    self.values = values
    self.location = location
  }
}

/// The fan-out of a pipeline task.
public struct Matrix: Sendable {
  /// Array parameters; their combinations are run.
  public var params: [Parameter] = []
  /// Extra or refined combinations, each a named list of string parameters.
  public var include: [Include] = []
  public var location: SourceLocation

  /// One explicit combination.
  public struct Include: Sendable {
    public var name: String?
    public var params: [Parameter]

    /// Makes a combination.
    public init(name: String?, params: [Parameter]) {
      self.name = name
      self.params = params
    }
  }

  /// Makes an empty fan-out.
  public init(location: SourceLocation) { self.location = location }
}

/// How a pipeline task maps a workspace of its task to one of the pipeline.
public struct WorkspacePipelineTaskBinding: Sendable {
  /// The task's workspace.
  public var name: Located<String>
  /// The pipeline's workspace; nil is the same name.
  public var workspace: Located<String>?
  public var subPath: String?

  /// Makes a binding.
  public init(name: Located<String>) { self.name = name }
}

/// One task of a pipeline.
public struct PipelineTask: Sendable {
  public var name: Located<String>
  public var taskRef: Reference?
  public var taskSpec: TaskSpec?
  /// An embedded specification of a custom task: its kind; nil for ordinary tasks.
  public var customTaskKind: String?
  /// The apiVersion written in the embedded specification, if any.
  public var customTaskAPIVersion: String?
  public var params: [Parameter] = []
  public var matrix: Matrix?
  public var when: [WhenExpression] = []
  public var runAfter: [Located<String>] = []
  public var retries: Int = 0
  /// As written (a Go duration).
  public var timeout: Located<String>?
  /// `continue` or `stopAndFail`.
  public var onError: String?
  public var workspaces: [WorkspacePipelineTaskBinding] = []
  public var displayName: String?
  /// A nested pipeline (alpha), by reference or embedded: named so that it can be refused.
  public var hasNestedPipeline: Bool = false
  /// Where each field is written.
  public var places = FieldPlaces()
  public var location: SourceLocation

  /// Makes an empty task.
  public init(name: Located<String>, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}

/// A result of a pipeline, made from its tasks' results.
public struct PipelineResult: Sendable {
  public var name: Located<String>
  public var value: Located<ParameterValue>

  /// Joins name and value.
  public init(name: Located<String>, value: Located<ParameterValue>) {
    self.name = name
    self.value = value
  }
}

/// What a pipeline does.
public struct PipelineSpec: Sendable {
  public var params: [ParameterSpec] = []
  public var workspaces: [WorkspaceDeclaration] = []
  public var tasks: [PipelineTask] = []
  public var finally: [PipelineTask] = []
  public var results: [PipelineResult] = []
  /// Where each field is written.
  public var places = FieldPlaces()
  public var location: SourceLocation

  /// Makes an empty specification.
  public init(location: SourceLocation) { self.location = location }
}

/// A Pipeline.
public struct Pipeline: Sendable {
  public var apiVersion: String
  public var name: Located<String>
  public var namespace: String?
  public var spec: PipelineSpec

  /// Makes a pipeline.
  public init(apiVersion: String, name: Located<String>, spec: PipelineSpec) {
    self.apiVersion = apiVersion
    self.name = name
    self.spec = spec
  }
}
