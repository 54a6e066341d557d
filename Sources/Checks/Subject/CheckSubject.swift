public import GantryCloud
public import GantryCompiler
import GantryEngine
public import GantryModel

/// A compiled scenario as the rules see it, with what trial simulations of it came to.
public struct CheckSubject: Sendable {
  /// The scenario, compiled.
  public let compilation: Compilation
  /// Tasks, pipelines and runs.
  public let manifests: ManifestSet
  /// Machines, classes and switches; may be the same set.
  public let cluster: ManifestSet
  /// Prices and limits.
  public let catalog: Catalog
  /// All TaskRuns that may start.
  let units: [TaskRunUnit]
  /// The simulations.
  let trial: Trial

  /// Asks the scheduler about every pod, and plays out every run.
  public init(
    compilation: Compilation, manifests: ManifestSet, cluster: ManifestSet, catalog: Catalog
  ) {
    self.compilation = compilation
    self.manifests = manifests
    self.cluster = cluster
    self.catalog = catalog
    units = TaskRunUnit.all(of: compilation)
    trial = Trial(compilation.plan)
  }

  var plan: Plan { compilation.plan }
  var runs: [ResolvedPipelineRun] { compilation.runs }

  /// The TaskRuns of one run.
  func units(of run: Int) -> [TaskRunUnit] { units.filter { $0.run == run } }

  /// The PipelineRun that a resolved run was made from; nil for a TaskRun or one that was made up.
  func written(_ run: ResolvedPipelineRun) -> PipelineRun? {
    manifests.pipelineRuns.first { $0.location == run.location && !run.isMadeUp }
  }

  /// The pipeline task that a resolved one was made from.
  func written(_ task: ResolvedPipelineTask) -> PipelineTask? {
    let specs =
      manifests.pipelines.map(\.spec) + manifests.pipelineRuns.compactMap(\.pipelineSpec)
    return specs.lazy.flatMap { $0.tasks + $0.finally }.first {
      $0.location == task.location && $0.name.value == task.name
    }
  }

  /// Where a claim of a run is written: the run's workspace that binds it.
  func location(of claim: Int, in run: ResolvedPipelineRun) -> SourceLocation {
    let workspace = run.claims[claim].workspace
    return written(run)?.workspaces.first { $0.name.value == workspace }?.location ?? run.location
  }

  /// The StorageClass of a claim of a run, if it is known.
  func storageClass(of claim: ResolvedClaim) -> StorageClass? {
    let all = manifests.persistentVolumeClaims + cluster.persistentVolumeClaims
    let spec = claim.template ?? all.first { $0.name.value == claim.claimName }?.spec
    guard let spec else { return nil }
    return compilation.storageClasses[
      spec.storageClassName ?? compilation.defaultStorageClass]
  }
}
