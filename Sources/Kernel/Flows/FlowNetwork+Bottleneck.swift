extension FlowNetwork {
  /// The resource that keeps a running flow from going faster, and how many flows are on it.
  ///
  /// nil when the flow goes as fast as its own cap allows, or does not run.
  ///
  /// By the definition of the solution, a flow below its cap has a full resource on its path on
  /// which no flow has a higher level. Of several full ones it is the one whose highest level is
  /// lowest.
  /// - Complexity: O(classes on the full resources of the flow's path).
  public mutating func bottleneck(of flow: FlowID) -> (resource: ResourceID, flows: Int)? {
    guard isPending(flow), flows.base[Int(flow.index)].stage == .running else { return nil }
    resolve()
    let own = classes.base[Int(flows.base[Int(flow.index)].flowClass)]
    if let cap = own.cap, own.rate >= cap { return nil }
    var found: (resource: ResourceID, flows: Int)?
    var lowest = 0.0
    for offset in 0..<own.linkCount {
      let index = links.base[own.firstLink + offset].resource
      let resource = resources.base[Int(index)]
      guard resource.isSaturated else { continue }
      var highest = 0.0
      var count = 0
      for position in 0..<resource.active.count {
        let other = classes.base[Int(links.base[Int(resource.active.base[position])].flowClass)]
        highest = max(highest, other.rate / other.weight)
        count += other.marks.count
      }
      if found == nil || highest < lowest {
        found = (ResourceID(index: index), count)
        lowest = highest
      }
    }
    return found
  }
}
