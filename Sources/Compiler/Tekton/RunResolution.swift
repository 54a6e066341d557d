internal import GantryModel

/// The resolution of one PipelineRun, step by step in the order of Tekton's reconciler.
struct RunResolution {
  let resolver: PipelineRunResolver
  let run: PipelineRun
  var resolved: ResolvedPipelineRun
  /// Values of parameters, context variables and workspaces that the pipeline's tasks may use.
  var values = Replacements()
  /// How many combinations the matrices have, as parameters refer to it.
  var matrixLengths = Replacements()
  var timeouts: RunTimeouts
  /// Positions of all pipeline tasks by name.
  var positions: [String: Int] = [:]
  /// Positions in the claims by workspace of the run.
  var claimPositions: [String: Int] = [:]

  init(resolver: PipelineRunResolver, run: PipelineRun, resolved: ResolvedPipelineRun) {
    self.resolver = resolver
    self.run = run
    self.resolved = resolved
    timeouts = RunTimeouts(run, configuration: resolver.input.configuration)
  }

  var input: ResolverInput { resolver.input }
  var version: TektonVersion { resolver.version }
  /// The run and its pipeline as Tekton's messages name them.
  var runPath: String { "\(resolved.namespace)/\(run.name.value)" }
  var pipelinePath: String { "\(resolved.namespace)/\(resolved.pipelineName)" }

  mutating func resolve() throws(RunRefusal) {
    fillHeader()
    let pipeline = try pipelineSpec()
    let graph = PipelineGraph(pipeline.tasks)
    for (index, task) in (pipeline.tasks + pipeline.finally).enumerated() {
      positions[task.name.value] = index
    }
    try checkGraph(graph)
    try checkSpec(pipeline)
    try checkParameters(pipeline)
    try checkWorkspaces(pipeline)
    try checkTaskRunSpecs(pipeline)
    try checkDefaults(pipeline)
    addClaims()
    collectValues(pipeline)
    try resolveTasks(pipeline, graph: graph)
  }

  private mutating func fillHeader() {
    resolved.pipelineTimeout = timeouts.pipeline
    resolved.tasksTimeout = timeouts.tasks
    resolved.finallyTimeout = timeouts.finally
    resolved.serviceAccountName =
      run.serviceAccountName ?? input.configuration.defaultServiceAccount
    resolved.podTemplate = (run.podTemplate ?? PodTemplate()).over(
      input.defaultPodTemplate)
    if let request = RunRequest(status: run.requestedStatus) {
      resolved.request = request
      resolved.isPending = request == .pending
    }
  }

  /// The pipeline, embedded or referred to.
  private func pipelineSpec() throws(RunRefusal) -> PipelineSpec {
    if let spec = run.pipelineSpec { return spec }
    guard let reference = run.pipelineRef else {
      throw RunRefusal(
        "CouldntGetPipeline",
        "Error retrieving pipeline for pipelinerun \(runPath): neither pipelineRef nor pipelineSpec",
        code: "E0401", summary: "the run names no pipeline", at: run.location)
    }
    if let name = localName(of: reference), let pipeline = resolver.tasks.pipeline(name) {
      return pipeline.spec
    }
    if let resolverName = reference.resolver {
      throw RunRefusal(
        "CouldntGetPipeline",
        "Error retrieving pipeline for pipelinerun \(runPath): resolver \(resolverName)",
        code: "E0402",
        summary: "the pipeline is fetched by the remote resolver '\(resolverName)', which is not "
          + "simulated: add the Pipeline itself to the manifests",
        at: reference.location)
    }
    let name = reference.name?.value ?? ""
    throw RunRefusal(
      "CouldntGetPipeline",
      "Error retrieving pipeline for pipelinerun \(runPath): error when listing pipelines for "
        + "pipelineRun \(run.name.value): pipelines.tekton.dev \"\(name)\" not found",
      code: "E0401", summary: "couldn't find pipeline '\(name)'",
      at: reference.name?.location ?? reference.location,
      suggestion: suggestion(for: name, among: resolver.tasks.pipelineNames))
  }

  private func checkGraph(_ graph: PipelineGraph) throws(RunRefusal) {
    guard let failure = graph.failure else { return }
    throw RunRefusal(
      "PipelineInvalidGraph",
      "[User error] PipelineRun \(runPath)'s Pipeline DAG is invalid: \(failure.message)",
      code: "E0403", summary: failure.message, at: failure.location)
  }

  /// The claims that the run's workspaces bind, each once.
  private mutating func addClaims() {
    var byName: [String: Int] = [:]
    for workspace in run.workspaces {
      switch workspace.source {
      case .persistentVolumeClaim(let name):
        let position = byName[name] ?? resolved.claims.count
        if byName[name] == nil {
          resolved.claims.append(
            ResolvedClaim(workspace: workspace.name.value, claimName: name, template: nil))
          byName[name] = position
        }
        claimPositions[workspace.name.value] = position
      case .volumeClaimTemplate(let name, let spec):
        claimPositions[workspace.name.value] = resolved.claims.count
        resolved.claims.append(
          ResolvedClaim(
            workspace: workspace.name.value, claimName: name ?? "pvc", template: spec))
      case .emptyDir, .secret, .configMap, .projected, .csi: break
      }
    }
  }

  func localName(of reference: Reference) -> String? { resolver.localName(of: reference) }

  func suggestion(for name: String, among known: [String]) -> String? {
    if let near = nearestName(to: name, in: known) { return "did you mean '\(near)'?" }
    guard !known.isEmpty else { return nil }
    let shown = known.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    return "known: \(shown)" + (known.count > 8 ? ", …" : "")
  }
}
