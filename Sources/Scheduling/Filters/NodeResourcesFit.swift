/// What a node has too little of.
struct ResourceShortage: Hashable, Sendable {
  var pods = false
  var cpu = false
  var memory = false
  var ephemeralStorage = false
  /// Other resources, in the order of their names.
  var extended: [Int32] = []

  var isEmpty: Bool { !pods && !cpu && !memory && !ephemeralStorage && extended.isEmpty }

  func reasons(_ symbols: Symbols) -> [String] {
    var reasons: [String] = []
    if pods { reasons.append("Too many pods") }
    if cpu { reasons.append("Insufficient cpu") }
    if memory { reasons.append("Insufficient memory") }
    if ephemeralStorage { reasons.append("Insufficient ephemeral-storage") }
    return reasons + extended.map { "Insufficient " + symbols[$0] }
  }
}

/// Refuses nodes that have too little left of what the pod requests.
enum NodeResourcesFit {
  static func refusal(_ attempt: Attempt, node: Int, in state: ClusterState) -> Refusal? {
    // Containers that keep running beside the main ones came with 1.29; before, such pods wait.
    if attempt.shape.hasSidecar, attempt.minor <= 28 { return .sidecarUnsupported }
    let requests = attempt.shape.requests
    if isRoomy(requests, state.usage[node]), requests.extended.isEmpty { return nil }
    let shortage = shortage(of: requests, node: node, in: state)
    return shortage.isEmpty ? nil : .resources(shortage)
  }

  /// Whether the native resources suffice.
  @inline(__always)
  static func isRoomy(_ requests: PodRequests, _ usage: NodeUsage) -> Bool {
    usage.podCount < usage.allowedPods
      && (requests.cpu <= 0 || requests.cpu <= usage.allocatableCPU &- usage.cpu)
      && (requests.memory <= 0 || requests.memory <= usage.allocatableMemory &- usage.memory)
      && (requests.ephemeralStorage <= 0
        || requests.ephemeralStorage <= usage.allocatableEphemeral &- usage.ephemeral)
  }

  static func shortage(
    of requests: PodRequests, node: Int, in state: ClusterState
  ) -> ResourceShortage {
    let usage = state.usage[node]
    var shortage = ResourceShortage()
    shortage.pods = usage.podCount + 1 > usage.allowedPods
    // A pod that requests nothing fits on a node whose requests are exhausted.
    guard !requests.isNothing else { return shortage }
    shortage.cpu = requests.cpu > 0 && requests.cpu > usage.allocatableCPU &- usage.cpu
    shortage.memory =
      requests.memory > 0 && requests.memory > usage.allocatableMemory &- usage.memory
    shortage.ephemeralStorage =
      requests.ephemeralStorage > 0
      && requests.ephemeralStorage > usage.allocatableEphemeral &- usage.ephemeral
    for each in requests.extended {
      let free =
        (state.nodes[node].extendedAllocatable[each.name] ?? 0)
        &- (state.nodes[node].extendedUsed[each.name] ?? 0)
      if each.amount > free { shortage.extended.append(each.name) }
    }
    return shortage
  }
}
