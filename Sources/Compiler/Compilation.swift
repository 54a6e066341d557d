public import GantryCloud
public import GantryModel

/// A scenario with every default put in, and the plan that follows from it.
public struct Compilation: Sendable {
  /// What the engine plays out.
  public var plan: Plan
  /// The scenario with its defaults: what `gantry scenario show` prints.
  public var scenario: ScenarioFile
  /// What the cluster has besides its nodes.
  public var services: ClusterServices
  public var region: String
  /// Where the cluster came from, in words.
  public var clusterOrigin: String
  /// What the plan's templates were made from, in their order.
  public var runs: [ResolvedPipelineRun]
  /// By template, task and TaskRun: what its steps read and change on claims.
  public var accesses: [[[Set<FileAccess>]]]
  /// The StorageClasses of the cluster, OpenShift's own included, by name.
  public var storageClasses: [String: StorageClass]
  /// The class of claims that name none.
  public var defaultStorageClass: String
}

/// What a compilation starts from.
public struct CompilerInput {
  /// The scenario file; an empty one when only manifests were given.
  public var scenario: ScenarioFile
  /// The scenario's name when the file gives none.
  public var name: String
  /// Tasks, pipelines and runs.
  public var manifests: ManifestSet
  /// Machines, classes and switches; may be the same set.
  public var cluster: ManifestSet
  /// Where the cluster's manifests are, as the user named it; nil when none were given.
  public var clusterOrigin: String?
  public var catalog: Catalog
  /// The files behind a Git URL, when they can be seen.
  public var source: @Sendable (_ url: String) -> SourceTree?
  /// The task library of clusters: name and kind to task.
  public var builtInTask: (_ name: String, _ kind: String) -> Task?
  /// Times read from the CSV file of a workload entry, by its path as written.
  public var arrivalTimes: [String: [Double]]
  /// Durations of what cannot be simulated, by pipeline task (`--assume`).
  public var assumedDurations: [String: Double]

  /// The names of files that profiles of the scenario come from.
  public var profileFiles: Set<String> = []
  /// Whether there must be something to run; a check of tasks alone needs nothing.
  public var needsRuns = true

  /// Joins what a compilation starts from.
  public init(
    scenario: ScenarioFile, name: String, manifests: ManifestSet, cluster: ManifestSet,
    clusterOrigin: String?, catalog: Catalog
  ) {
    self.scenario = scenario
    self.name = name
    self.manifests = manifests
    self.cluster = cluster
    self.clusterOrigin = clusterOrigin
    self.catalog = catalog
    source = { _ in nil }
    builtInTask = { _, _ in nil }
    arrivalTimes = [:]
    assumedDurations = [:]
  }
}
