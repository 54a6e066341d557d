import GantryModel
import GantryUnits

extension ClusterState {
  /// Adds a node; one of the same name is replaced as by `update`.
  @discardableResult
  public mutating func add(_ node: ClusterNode) -> NodeID {
    if let known = nodeIDs[node.name] {
      update(node)
      return known
    }
    let id = NodeID(index: nodes.count)
    nodes.append(
      NodeRecord(node: node, name: symbols.intern(node.name), labels: [:], zone: nil))
    usage.append(NodeUsage())
    nodeIDs[node.name] = id
    apply(node, to: id)
    tree.add(id, zone: nodes[id.index].zone)
    images.add(node.images, of: id)
    return id
  }

  /// Replaces the description of the node of the same name; its pods stay.
  ///
  /// Does nothing when there is no such node.
  public mutating func update(_ node: ClusterNode) {
    guard let id = nodeIDs[node.name] else { return }
    let previous = nodes[id.index]
    images.remove(previous.node.images, of: id)
    images.add(node.images, of: id)
    apply(node, to: id)
    let zone = nodes[id.index].zone
    if zone != previous.zone {
      tree.remove(id, zone: previous.zone)
      tree.add(id, zone: zone)
    }
    if nodes[id.index].labels != previous.labels, !previous.pods.isEmpty { recount() }
  }

  /// Replaces the images that a node reports.
  public mutating func setImages(_ reported: [ReportedImage], of node: NodeID) {
    images.remove(nodes[node.index].node.images, of: node)
    nodes[node.index].node.images = reported
    images.add(reported, of: node)
    imageGeneration += 1
  }

  /// Removes a node with all pods on it, and gives these.
  ///
  /// Does nothing when the node was removed before.
  @discardableResult
  public mutating func remove(_ node: NodeID) -> [PlacedPodID] {
    guard nodes[node.index].isPresent else { return [] }
    let lost = nodes[node.index].pods
    for pod in lost { remove(pod) }
    tree.remove(node, zone: nodes[node.index].zone)
    images.remove(nodes[node.index].node.images, of: node)
    nodeIDs[nodes[node.index].node.name] = nil
    nodes[node.index].isPresent = false
    nominations.removeAll { $0.node == node }
    nodeGeneration += 1
    touch(node.index)
    return lost
  }

  private mutating func apply(_ node: ClusterNode, to id: NodeID) {
    let index = id.index
    nodes[index].node = node
    nodes[index].labels = symbols.intern(node.labels)
    nodes[index].zone = NodeRecord.zone(of: node.labels)
    usage[index].allocatableCPU = node.allocatable["cpu"]?.milli ?? 0
    usage[index].allocatableMemory = node.allocatable["memory"]?.value ?? 0
    usage[index].allocatableEphemeral = node.allocatable["ephemeral-storage"]?.value ?? 0
    usage[index].allowedPods = node.allocatable["pods"]?.value ?? 0
    nodes[index].volumeLimits = Self.volumeLimits(of: node)
    limitedDrivers.formUnion(nodes[index].volumeLimits.keys)
    nodes[index].extendedAllocatable = [:]
    for (name, amount) in node.allocatable where PodRequests.isCounted(name) {
      nodes[index].extendedAllocatable[symbols.intern(name)] = amount.value
    }
    for column in columns.indices {
      columns[column].set(index, to: nodes[index].labels[columns[column].key])
    }
    nodeGeneration += 1
    touch(index)
  }

  /// The limits of a node's record of CSI drivers, and of its allocatable amounts where that record
  /// has none.
  ///
  /// Source: Kubernetes 1.28, nodevolumelimits getVolumeLimits, as known on 2026-11-25.
  private static func volumeLimits(of node: ClusterNode) -> [String: Int] {
    let prefix = "attachable-volumes-csi-"
    var limits = node.volumeLimits
    for (name, amount) in node.allocatable where name.hasPrefix(prefix) {
      let driver = String(name.dropFirst(prefix.count))
      if limits[driver] == nil { limits[driver] = Int(amount.value) }
    }
    return limits
  }

  /// The number of the column of a topology key, new if no term used it before.
  mutating func column(for key: String) -> Int {
    let symbol = symbols.intern(key)
    if let known = columnOfKey[symbol] { return known }
    var column = TopologyColumn(key: symbol)
    for index in nodes.indices { column.set(index, to: nodes[index].labels[symbol]) }
    columns.append(column)
    columnOfKey[symbol] = columns.count - 1
    return columns.count - 1
  }

  /// Takes all counts by domain anew.
  mutating func recount() {
    affinity.resetCounts()
    for pod in pods where pod.isPresent {
      affinity.count(shape: pod.shape, on: pod.node, times: 1, columns)
    }
  }
}
