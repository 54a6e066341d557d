import GantryCloud
public import GantryModel
import GantryUnits

/// Turns a scenario, its manifests and the catalogue into a plan.
public struct ScenarioCompiler {
  private let input: CompilerInput
  private let sink: DiagnosticSink

  /// Prepares a compilation; findings go to `sink`.
  public init(_ input: CompilerInput, sink: DiagnosticSink) {
    self.input = input
    self.sink = sink
  }

  /// The plan; nil when errors were found, all of which are in the sink then.
  public func compile() -> Compilation? {
    guard let region = region() else { return nil }
    let overrides = assumptionValues()
    var work = WorkConfiguration()
    work.profiles = input.scenario.profiles
    let profiles = ProfileCheck(input: input, sink: sink)
    work.processors = profiles.processors()
    work.images = input.scenario.images
    work.assumptions = overrides
    work.source = input.source
    var reader = WorkReader(configuration: work)

    var cluster = ClusterCompiler(
      input: input, region: region, figures: reader.tables.assumptions, sink: sink)
    var plan = Plan()
    plan.nodes = cluster.nodes()
    reader.tables.assumptions = cluster.figures
    let registry = RegistryCompiler(
      settings: input.scenario.registry.internal, nodes: plan.nodes, sink: sink)
    reader.tables.services.places = ServicePlaces(
      region: region, registry: registry.place(), catalog: input.catalog)
    let limits = ControllerLimits(input, sink: sink)
    plan.control = ControlFigure.timings(in: &reader.tables.assumptions, limits: limits)

    let tekton = TektonCompiler(input: input, isDefaultCluster: cluster.isDefault, sink: sink)
    plan.tekton = tekton.configuration()
    plan.kubernetesMinor = kubernetesMinor()
    var runs = RunCompiler(
      storage: StorageCompiler(
        input: input, region: region, zones: workersFirst(plan.nodes).map(\.zone),
        isDefaultCluster: cluster.isDefault, sink: sink),
      reader: reader, sink: sink)
    let resolved = tekton.runs(plan.tekton)
    profiles.check(resolved)
    plan.templates = resolved.map { runs.plan($0) }
    plan.fileSystems = runs.storage.fileSystems
    plan.images = runs.reader.tables.images.all
    plan.services = runs.reader.tables.services.all
    plan.assumptions = runs.reader.tables.assumptions.all
    plan.workload = WorkloadCompiler(
      scenario: input.scenario, templates: plan.templates, csvTimes: input.arrivalTimes, sink: sink
    ).streams()
    setRuns(&plan)
    checkOverrides(runs.reader.tables.assumptions)
    checkDurations(plan.templates)
    guard !sink.hasErrors else { return nil }
    let services = ServicesCompiler(input: input, nodes: plan.nodes, groups: cluster.groups)
      .services(region: region, sink: sink)
    guard !sink.hasErrors else { return nil }
    let filled = ScenarioDefaults(
      scenario: input.scenario, name: input.name, region: region, plan: plan,
      groups: cluster.groups, services: services, limits: limits
    ).filled()
    return Compilation(
      plan: plan, scenario: filled, services: services, region: region,
      clusterOrigin: cluster.origin + assistant(plan.tekton), runs: resolved,
      accesses: runs.accesses, storageClasses: runs.storage.classes,
      defaultStorageClass: runs.storage.defaultClass)
  }

  private func workersFirst(_ nodes: [PlannedNode]) -> [PlannedNode] {
    nodes.filter { !$0.isControlPlane } + nodes.filter(\.isControlPlane)
  }

  private func region() -> String? {
    let written =
      input.scenario.region ?? input.cluster.installConfigs.first?.region
      ?? input.cluster.machineSets.compactMap { set in
        set.region.map { Located($0, at: set.location) }
      }.first ?? dumpedRegion()
    guard let written else { return DefaultCluster.region }
    do {
      _ = try input.catalog.zones(in: written.value)
      return written.value
    } catch {
      sink.error("E0300", error.description, at: written.location)
      return nil
    }
  }

  /// How Tekton keeps pods together: part of what a default cluster has to name.
  private func assistant(_ tekton: TektonConfiguration) -> String {
    tekton.coschedule == .disabled
      ? ", affinity assistant disabled" : ", affinity assistant on (\(tekton.coschedule.rawValue))"
  }

  private func dumpedRegion() -> Located<String>? {
    input.cluster.nodes.compactMap { node in
      (node.labels["topology.kubernetes.io/region"]
        ?? node.labels["failure-domain.beta.kubernetes.io/region"])
        .map { Located($0, at: node.location) }
    }.first
  }

  private func assumptionValues() -> [String: Double] {
    var values: [String: Double] = [:]
    for entry in input.scenario.assumptions {
      let most = ControlFigure.most(entry.id.value)
      if !(0...most).contains(entry.value) {
        sink.error(
          "E0350",
          "the assumption '\(entry.id.value)' must be a number from 0 to \(most), not \(entry.value)",
          at: entry.id.location)
        continue
      }
      values[entry.id.value] = entry.value
    }
    return values
  }

  /// A duration for a task that no run has is a typing error.
  private func checkDurations(_ templates: [PlannedRun]) {
    let known = templates.flatMap { $0.tasks.map(\.name) }
    for name in input.assumedDurations.keys.sorted() where !known.contains(name) {
      sink.error(
        "E0356", "--assume names '\(name)', which is no task of any run", at: nil,
        suggestion: nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
          ?? "tasks are \(Set(known).sorted().joined(separator: ", "))")
    }
  }

  /// An override that names nothing is a typing error, unless it can exist in another plan.
  private func checkOverrides(_ table: AssumptionTable) {
    let unknown = table.unknownOverrides()
    let known = Set((ControlFigure.all + AssumptionTable.builtIn + table.all).map(\.id))
    for entry in input.scenario.assumptions
    where unknown.contains(entry.id.value) && !known.contains(entry.id.value) {
      sink.error(
        "E0351", "no assumption is called '\(entry.id.value)'", at: entry.id.location,
        suggestion: nearestName(to: entry.id.value, in: known.sorted()).map {
          "did you mean '\($0)'?"
        })
    }
  }

  private func kubernetesMinor() -> Int {
    guard let written = input.scenario.kubernetesVersion else { return 28 }
    let parts = written.value.split(separator: ".")
    if parts.count >= 2, parts[0] == "1", let minor = Int(parts[1]), (20...60).contains(minor) {
      noteEffects(ofMinor: minor, at: written.location)
      return minor
    }
    sink.error(
      "E0352", "'\(written.value)' is not a Kubernetes version; expected something like 1.28",
      at: written.location)
    return 28
  }

  /// Says what a version other than the reference cluster's changes: rules of the scheduler, and
  /// nothing else.
  private func noteEffects(ofMinor minor: Int, at location: SourceLocation) {
    let reference = 28
    guard minor != reference else { return }
    let effects = [
      (29, "pods with sidecars among their init containers are placed"),
      (29, "volumes with beta labels of zones fit nodes with stable ones"),
      (30, "images of init containers count for where a pod is placed"),
      (33, "pods without requests are not balanced over the nodes"),
    ].filter { $0.0 <= minor }.map { "\($0.1) (since 1.\($0.0))" }
    sink.note(
      "N0740",
      "kubernetesVersion 1.\(minor) changes rules of the scheduler and nothing else; against "
        + "1.\(reference): " + (effects.isEmpty ? "none of them" : effects.joined(separator: ", ")),
      at: location)
  }

  private func setRuns(_ plan: inout Plan) {
    if let seed = input.scenario.seed {
      if seed.value < 0 {
        sink.error("E0353", "the seed must be from 0", at: seed.location)
      }
      plan.seed = UInt64(max(seed.value, 0))
    }
    if let replications = input.scenario.replications {
      if !(1...1_000_000).contains(replications.value) {
        sink.error(
          "E0354", "replications must be from 1 to 1000000, not \(replications.value)",
          at: replications.location)
      }
      plan.replications = max(replications.value, 1)
    }
    if let horizon = input.scenario.horizon {
      let compiler = WorkloadCompiler(
        scenario: input.scenario, templates: [], csvTimes: [:], sink: sink)
      plan.horizon = compiler.seconds(horizon).map { .seconds($0) }
    }
    if plan.templates.isEmpty, input.needsRuns, !sink.hasErrors {
      sink.error(
        "E0355",
        "there is nothing to run in \(input.name): no PipelineRun, TaskRun or Pipeline was found",
        at: nil, suggestion: "name manifests that hold one")
    }
  }
}
