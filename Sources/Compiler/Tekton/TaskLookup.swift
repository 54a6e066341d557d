internal import GantryModel

/// Finds tasks, step actions and pipelines by name: the manifests' first, then built-in ones.
struct TaskLookup {
  private var byKind: [String: [String: Task]] = [:]
  private var pipelines: [String: Pipeline] = [:]
  private let builtIn: (String, String) -> Task?
  private let builtInNames: [String]

  init(_ input: ResolverInput) {
    for task in input.manifests.tasks { byKind[task.kind, default: [:]][task.name.value] = task }
    for pipeline in input.manifests.pipelines { pipelines[pipeline.name.value] = pipeline }
    builtIn = input.builtInTask
    builtInNames = input.builtInNames
  }

  /// A Task or ClusterTask.
  func task(_ name: String, kind: String) -> Task? {
    if let task = byKind[kind]?[name] { return task }
    guard var task = builtIn(name, kind) else { return nil }
    task.isBuiltIn = true
    return task
  }

  /// The task that a resolver would find by name: one of the manifests, else a built-in one, that of
  /// the namespace before that of the catalogue.
  func resolvedTask(_ name: String, namespace: String?) -> Task? {
    let kinds = ["Task", "ClusterTask"]
    if let own = kinds.lazy.compactMap({ byKind[$0]?[name] }).first { return own }
    if let namespace, let task = task("\(namespace)/\(name)", kind: "Task") { return task }
    return kinds.lazy.compactMap { task(name, kind: $0) }.first
  }

  /// A StepAction.
  func stepAction(_ name: String) -> Task? { byKind["StepAction"]?[name] }

  /// A Pipeline.
  func pipeline(_ name: String) -> Pipeline? { pipelines[name] }

  /// Names that a task reference of a kind could mean.
  func taskNames(kind: String) -> [String] {
    (byKind[kind].map { Array($0.keys) } ?? []).sorted() + builtInNames.sorted()
  }

  /// Names of all pipelines.
  var pipelineNames: [String] { pipelines.keys.sorted() }

  /// Names of all step actions.
  var stepActionNames: [String] { (byKind["StepAction"]?.keys.sorted()) ?? [] }
}
