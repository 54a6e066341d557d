public import GantryUnits

extension ClusterState {
  /// Puts a pod on a node, whether or not the filters would allow it.
  ///
  /// A pod without a start counts as started just now in preemption.
  @discardableResult
  public mutating func place(
    _ shape: PodShapeID, claims used: [ClaimID] = [], on node: NodeID, start: Instant? = nil
  ) -> PlacedPodID {
    let pod = PlacedPod(
      shape: shape.index, claims: used, node: node.index,
      position: nodes[node.index].pods.count, start: start)
    let id: PlacedPodID
    if let free = freePods.popLast() {
      id = PlacedPodID(index: free)
      pods[free] = pod
    } else {
      id = PlacedPodID(index: pods.count)
      pods.append(pod)
    }
    nodes[node.index].pods.append(id)
    count(pod, times: 1)
    return id
  }

  /// Takes a pod off its node: it ended, was deleted or evicted.
  public mutating func remove(_ id: PlacedPodID) {
    let pod = pods[id.index]
    precondition(pod.isPresent, "pod \(id.index) was removed before")
    let last = nodes[pod.node].pods.count - 1
    let moved = nodes[pod.node].pods[last]
    // The real scheduler fills the gap with the last pod, and victims are tried in list order.
    nodes[pod.node].pods[pod.position] = moved
    pods[moved.index].position = pod.position
    nodes[pod.node].pods.removeLast()
    count(pod, times: -1)
    pods[id.index].isPresent = false
    freePods.append(id.index)
  }

  /// Notes that a pod was asked to end, so that it no longer counts for topology spread.
  ///
  /// While one that was evicted for a waiting pod still ends, that pod evicts no more.
  public mutating func markTerminating(_ id: PlacedPodID, byPreemption: Bool = false) {
    if byPreemption { pods[id.index].isPreempted = true }
    guard !pods[id.index].isTerminating else { return }
    pods[id.index].isTerminating = true
    spread.count(shape: pods[id.index].shape, on: pods[id.index].node, times: -1)
    touch(pods[id.index].node)
  }

  /// Notes when a pod started.
  public mutating func setStart(_ start: Instant, of id: PlacedPodID) {
    pods[id.index].start = start
  }

  private mutating func count(_ pod: PlacedPod, times sign: Int) {
    let node = pod.node
    usage[node].add(shapes[pod.shape].requests, times: Int64(sign))
    for each in shapes[pod.shape].requests.extended {
      nodes[node].extendedUsed[each.name, default: 0] &+= Int64(sign) &* each.amount
    }
    for port in shapes[pod.shape].hostPorts {
      if sign > 0 { nodes[node].ports.insert(port) } else { nodes[node].ports.remove(port) }
    }
    for claim in pod.claims {
      claims[claim.index].users += sign
      let users = (nodes[node].claims[claim] ?? 0) + sign
      nodes[node].claims[claim] = users > 0 ? users : nil
    }
    affinity.count(shape: pod.shape, on: node, times: Int32(sign), columns)
    if !pod.isTerminating { spread.count(shape: pod.shape, on: node, times: Int32(sign)) }
    touch(node)
  }
}
