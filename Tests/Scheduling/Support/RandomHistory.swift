import GantryModel
import GantryUnits

@testable import GantryScheduling

/// A random cluster and what happens to it, step by step.
struct RandomHistory {
  private(set) var random: RandomCluster
  var state = ClusterState()
  private(set) var shapes: [PodShapeID] = []
  private(set) var namespaces: [String: [String: String]] = [:]
  private var claims: [ClaimID]
  private var placed: [PlacedPodID] = []
  private var promises: [NominationID] = []
  private var nodeNumber: Int
  private let nodeCount: Int
  private var clock = 0

  init(seed: Int) {
    // Half of the clusters have nothing that keeps the fast path from deciding.
    random = RandomCluster(seed: UInt64(seed), rareness: seed % 2 == 0 ? 0 : 6)
    nodeCount = seed % 10 == 0 ? 101 + random.dice.below(150) : 1 + random.dice.below(15)
    nodeNumber = nodeCount
    claims = random.volumes(in: &state)
    for name in RandomCluster.namespaces where random.dice.oneIn(2) { label(name) }
    for index in 0..<nodeCount { state.add(random.node(index)) }
    for _ in 0..<8 { addShape() }
    if random.dice.oneIn(2) {
      var selector = LabelSelector()
      selector.matchLabels = ["app": "a1"]
      state.add(
        DisruptionBudget(
          namespace: "default", name: "b", selector: selector, disruptionsAllowed: 1))
    }
  }

  private mutating func label(_ namespace: String) {
    namespaces[namespace] = random.dice.oneIn(2) ? ["kind": "ci"] : [:]
    state.setNamespace(namespace, labels: namespaces[namespace] ?? [:])
  }

  private mutating func addShape() { shapes.append(state.register(random.shape())) }

  mutating func anyShape() -> PodShapeID { random.dice.pick(shapes) }

  /// The claims of the next pod: mostly none.
  mutating func anyClaims() -> [ClaimID] {
    guard random.dice.oneIn(4) else { return [] }
    return (0...random.dice.below(2)).map { _ in random.dice.pick(claims) }
  }

  mutating func anyTies() -> TieBreaker {
    random.dice.oneIn(2) ? .lowestName : .seeded(random.dice.draw())
  }

  mutating func place(_ shape: PodShapeID, _ used: [ClaimID], on node: NodeID) {
    clock += 1
    let start: Instant? = random.dice.oneIn(4) ? nil : .seconds(Double(clock / 3))
    placed.append(state.place(shape, claims: used, on: node, start: start))
    for claim in used where state.description(of: claim)?.volumeName == nil {
      guard let storageClass = state.description(of: claim)?.storageClass else { continue }
      var volume = ClusterVolume(name: "made\(claim.index)")
      volume.driver = "ebs"
      volume.storageClass = storageClass
      state.add(volume)
      state.bind(claim, to: volume.name)
    }
  }

  /// Lets some things happen between two pods.
  mutating func goOn() {
    if random.dice.oneIn(3), !placed.isEmpty {
      state.remove(placed.remove(at: random.dice.below(placed.count)))
    }
    if random.dice.oneIn(12), !placed.isEmpty {
      state.markTerminating(random.dice.pick(placed), byPreemption: random.dice.oneIn(2))
    }
    if random.dice.oneIn(10) { state.update(random.node(random.dice.below(nodeNumber))) }
    if random.dice.oneIn(15) { replaceNode() }
    if random.dice.oneIn(12) { addShape() }
    if random.dice.oneIn(20) { label(random.dice.pick(RandomCluster.namespaces)) }
    if random.rareness > 0 { promise() }
    if random.rareness > 0, random.dice.oneIn(20) {
      state.add(
        ClusterService(
          namespace: random.dice.pick(RandomCluster.namespaces), name: "s",
          selector: random.dice.oneIn(3) ? nil : ["app": "a\(random.dice.below(3))"]))
    }
  }

  private mutating func replaceNode() {
    guard let node = state.node(named: "n\(random.dice.below(nodeNumber))") else { return }
    let lost = state.remove(node)
    placed.removeAll(where: lost.contains)
    promises.removeAll { state.node(of: $0) == nil }
    state.add(random.node(nodeNumber))
    nodeNumber += 1
  }

  private mutating func promise() {
    if random.dice.oneIn(10) {
      let node = random.dice.pick(state.nodeOrder())
      promises.append(state.nominate(anyShape(), claims: [], to: node))
    }
    if random.dice.oneIn(6), !promises.isEmpty { state.removeNomination(promises.removeFirst()) }
  }
}
