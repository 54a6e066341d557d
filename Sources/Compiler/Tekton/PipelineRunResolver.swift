public import GantryModel

/// Puts everything in place that PipelineRuns and TaskRuns refer to: pipelines, tasks, parameters,
/// workspaces, matrix combinations, and the shape of every pod.
///
/// Rules of Tekton Pipelines v0.59.0 and v1.15.0, read 2026-11-23. A run that Tekton would refuse
/// is returned with `failure` set, and reported at the place to blame.
public struct PipelineRunResolver {
  let input: ResolverInput
  let sink: DiagnosticSink
  let tasks: TaskLookup

  /// Makes a resolver.
  public init(_ input: ResolverInput, sink: DiagnosticSink) {
    self.input = input
    self.sink = sink
    tasks = TaskLookup(input)
  }

  var version: TektonVersion { input.configuration.version }

  /// All runs: PipelineRuns in the order read, stand-alone TaskRuns, and one made up for each
  /// Pipeline when nothing runs it.
  public func resolve() -> [ResolvedPipelineRun] {
    let manifests = input.manifests
    var runs = manifests.pipelineRuns.map { resolve($0) }
    runs += manifests.taskRuns.map { resolve($0) }
    let used = Set(manifests.pipelineRuns.compactMap { $0.pipelineRef?.name?.value })
    let unused = manifests.pipelines.filter { !used.contains($0.name.value) }
    for pipeline in unused {
      let name = pipeline.name.value
      sink.note(
        "N0401",
        "no PipelineRun refers to pipeline '\(name)': one is made up, with 'x-<name>' for "
          + "parameters without default and an emptyDir for each required workspace",
        at: pipeline.name.location)
      var run = MadeUpRun.run(of: pipeline)
      if unused.count > 1 { run.name.value += "-\(name)" }
      runs.append(resolve(run, isMadeUp: true))
    }
    return runs
  }

  /// One PipelineRun.
  public func resolve(_ run: PipelineRun) -> ResolvedPipelineRun {
    resolve(run, isMadeUp: false)
  }

  private func resolve(_ run: PipelineRun, isMadeUp: Bool) -> ResolvedPipelineRun {
    var resolved = ResolvedPipelineRun(
      name: run.name, isGenerated: run.isGenerated,
      pipelineName: run.pipelineRef?.name?.value ?? run.name.value,
      namespace: run.namespace ?? "default", location: run.location)
    resolved.isMadeUp = isMadeUp
    var resolution = RunResolution(resolver: self, run: run, resolved: resolved)
    do throws(RunRefusal) {
      try resolution.resolve()
    } catch {
      resolution.resolved.failure = error.failure
      sink.error(
        error.code, "the run would fail with \(error.failure.reason): \(error.summary)",
        at: error.location, suggestion: error.suggestion)
    }
    return resolution.resolved
  }
}

extension PipelineRunResolver {
  /// The name by which a reference's object may be known here, also through the resolvers that
  /// look objects up by name (cluster, hub, bundles).
  func localName(of reference: Reference) -> String? {
    if let name = reference.name?.value { return name }
    guard let remote = reference.resolver, ["cluster", "hub", "bundles"].contains(remote) else {
      return nil
    }
    return text(of: "name", in: reference)
  }

  /// The task that a reference with a resolver would find, when it is known here.
  func localTask(of reference: Reference) -> Task? {
    guard reference.resolver != nil, let name = localName(of: reference) else { return nil }
    let namespace = reference.resolver == "cluster" ? text(of: "namespace", in: reference) : nil
    return tasks.resolvedTask(name, namespace: namespace)
  }

  private func text(of parameter: String, in reference: Reference) -> String? {
    reference.params.first { $0.name.value == parameter }?.value.value.texts.first
  }
}

/// Why a run is refused before its first task, and the place to blame.
struct RunRefusal: Error {
  var failure: ResolvedPipelineRun.RunFailure
  var code: String
  /// The message without Tekton's frame.
  var summary: String
  var location: SourceLocation
  var suggestion: String?

  init(
    _ reason: String, _ message: String, code: String, summary: String,
    at location: SourceLocation, suggestion: String? = nil
  ) {
    failure = .init(reason: reason, message: message)
    self.code = code
    self.summary = summary
    self.location = location
    self.suggestion = suggestion
  }
}
