internal import GantryModel
internal import GantryUnits

/// The containers of a TaskRun's pod: requests, limits and the init containers Tekton adds.
///
/// Source: Tekton Pipelines v1.15 pkg/pod and docs/compute-resources.md, read 2026-11-23.
struct PodShape {
  let request: TaskRunRequest
  let configuration: TektonConfiguration
  let limitRange: VirtualLimitRange?

  /// Sets the resources of all containers, the init containers and the pod's requests.
  func apply(to taskRun: inout ResolvedTaskRun) {
    for entry in request.stepSpecs {
      for index in taskRun.steps.indices where taskRun.steps[index].name == entry.name.value {
        taskRun.steps[index].resources = StepMerge.resources(
          entry.resources, over: taskRun.steps[index].resources)
      }
    }
    for entry in request.sidecarSpecs {
      for index in taskRun.sidecars.indices
      where taskRun.sidecars[index].name == entry.name.value {
        taskRun.sidecars[index].resources = StepMerge.resources(
          entry.resources, over: taskRun.sidecars[index].resources)
      }
    }
    if let total = request.computeResources { share(total, among: &taskRun.steps) }
    taskRun.initContainers = initContainers(taskRun)
    let initResources = taskRun.initContainers.map { defaults(of: $0) ?? ResourceRequirements() }
    for index in taskRun.steps.indices {
      fillDefaults(of: "step-\(taskRun.steps[index].name)", &taskRun.steps[index].resources)
    }
    for index in taskRun.sidecars.indices {
      fillDefaults(
        of: "sidecar-\(taskRun.sidecars[index].name)", &taskRun.sidecars[index].resources)
    }
    if let limitRange {
      let requests = limitRange.stepRequests(steps: taskRun.steps.count)
      for index in taskRun.steps.indices {
        taskRun.steps[index].resources.requests.merge(requests) { own, _ in own }
      }
    }
    taskRun.effectiveRequests = PodShape.effective(
      containers: (taskRun.steps + taskRun.sidecars).map(\.resources), initial: initResources)
  }

  /// The pod's requests: per resource the sum of the containers or the largest init container,
  /// whichever is more; a limit without a request counts as one.
  static func effective(
    containers: [ResourceRequirements], initial: [ResourceRequirements]
  ) -> ResourceList {
    var total: ResourceList = [:]
    for container in containers {
      for (name, amount) in requests(of: container) {
        let (sum, overflow) = (total[name]?.milli ?? 0).addingReportingOverflow(amount.milli)
        total[name] = Quantity(milli: overflow ? .max : sum)
      }
    }
    for container in initial {
      total.merge(requests(of: container)) { max($0, $1) }
    }
    return total
  }

  /// A container's requests as the API server completes them.
  static func requests(of container: ResourceRequirements) -> ResourceList {
    container.requests.merging(container.limits) { own, _ in own }
  }

  /// Task-level resources: requests in equal shares, limits in full for every step.
  private func share(_ total: ResourceRequirements, among steps: inout [ResolvedStep]) {
    guard !total.requests.isEmpty || !total.limits.isEmpty else { return }
    let count = steps.count
    let requests = total.requests.reduce(into: ResourceList()) {
      $0[$1.key] = $1.value.divided(by: count, named: $1.key)
    }
    let limits = total.limits.reduce(into: ResourceList()) {
      $0[$1.key] = $1.value.divided(by: count, named: $1.key)
    }
    for index in steps.indices {
      let isUnrequested = steps[index].resources.requests.isEmpty && total.requests.isEmpty
      steps[index].resources.requests = isUnrequested ? limits : requests
      steps[index].resources.limits = total.limits
    }
  }

  private func initContainers(_ taskRun: ResolvedTaskRun) -> [String] {
    var names = ["prepare"]
    if (taskRun.steps + taskRun.sidecars).contains(where: { !($0.script ?? "").isEmpty }) {
      names.append("place-scripts")
    }
    if taskRun.steps.contains(where: { needsDirectory($0.workingDir) }) {
      names.append("working-dir-initializer")
    }
    return names
  }

  /// Whether Tekton makes a working directory: relative ones, and those below `/workspace`.
  private func needsDirectory(_ directory: String?) -> Bool {
    guard let directory, !directory.isEmpty else { return false }
    let path = PathText.clean(directory)
    return !path.hasPrefix("/") || path.hasPrefix("/workspace/")
  }

  private func defaults(of container: String) -> ResourceRequirements? {
    let table = configuration.containerRequirements
    if let own = table[container] { return own }
    let prefix = table.keys.filter { $0.hasPrefix("prefix-") }.sorted()
      .first { container.hasPrefix($0.dropFirst("prefix-".count)) }
    return prefix.flatMap { table[$0] } ?? table["default"]
  }

  private func fillDefaults(of container: String, _ resources: inout ResourceRequirements) {
    guard resources.requests.isEmpty, resources.limits.isEmpty,
      let defaults = defaults(of: container)
    else { return }
    resources = defaults
  }
}
