import GantryModel

/// What equal pods share between decisions: verdicts and scores that only nodes decide, and scores
/// of resources that hold until a node's pods change.
struct DecisionCache: Sendable {
  /// The parts of a shape that static filters and scorers read.
  struct ProfileKey: Hashable, Sendable {
    var nodeSelector: [String: String]
    var nodeAffinity: NodeAffinity?
    var tolerations: [Toleration]
    var nodeName: String?
    var images: [String]
    var initImages: [String]
  }

  /// Static verdicts and scores of one profile on all node slots.
  struct ProfileTable: Sendable {
    /// The state of nodes it was made for; nil before the first use.
    var nodeGeneration: UInt64?
    var imageGeneration: UInt64 = 0
    var minor = 0
    /// The static filter that refuses each node, if any.
    var refuser: [FilterPlugin?] = []
    var aversion: [Int64] = []
    var preference: [Int64] = []
    var locality: [Int64] = []
  }

  /// Scores of one set of requests on all node slots, each with the generation it holds for.
  struct ResourceTable: Sendable {
    struct Entry: Sendable {
      var generation: UInt64 = 0
      var score: Int64 = 0
    }

    var minor = 0
    var entries: [Entry] = []
  }

  private var profileIDs: [ProfileKey: Int] = [:]
  private var resourceIDs: [PodRequests: Int] = [:]
  var profiles: [ProfileTable] = []
  var resources: [ResourceTable] = []

  mutating func profile(of shape: PodShape) -> Int {
    let key = ProfileKey(
      nodeSelector: shape.nodeSelector, nodeAffinity: shape.affinity?.nodeAffinity,
      tolerations: shape.tolerations, nodeName: shape.nodeName,
      images: shape.containers.map(\.image), initImages: shape.initContainers.map(\.image))
    if let known = profileIDs[key] { return known }
    profileIDs[key] = profiles.count
    profiles.append(ProfileTable())
    return profiles.count - 1
  }

  mutating func resourceProfile(of requests: PodRequests) -> Int {
    if let known = resourceIDs[requests] { return known }
    resourceIDs[requests] = resources.count
    resources.append(ResourceTable())
    return resources.count - 1
  }
}

extension ClusterState {
  /// Brings a shape's static verdicts and scores up to date.
  mutating func refreshProfile(of index: Int, minor: Int) {
    let profile = shapes[index].profile
    guard
      cache.profiles[profile].nodeGeneration != nodeGeneration
        || cache.profiles[profile].minor != minor
    else {
      if cache.profiles[profile].imageGeneration != imageGeneration {
        refreshLocality(of: shapes[index], minor: minor)
      }
      return
    }
    let shape = shapes[index]
    var table = DecisionCache.ProfileTable()
    table.nodeGeneration = nodeGeneration
    table.imageGeneration = imageGeneration
    table.minor = minor
    table.refuser = [FilterPlugin?](repeating: .nodeName, count: nodes.count)
    table.aversion = [Int64](repeating: 0, count: nodes.count)
    table.preference = table.aversion
    table.locality = table.aversion
    for id in tree.order {
      let node = id.index
      let refuser = FilterChain.staticRefusal(shape, node: node, in: self)?.plugin
      table.refuser[node] = refuser
      guard refuser == nil else { continue }
      table.aversion[node] = TaintToleration.aversion(shape, node: node, in: self)
      table.preference[node] = NodeAffinityPlugin.preference(shape, node: node, in: self)
      table.locality[node] = ImageLocality.score(
        shape, countsInit: minor >= 30, id: id, in: self)
    }
    cache.profiles[shape.profile] = table
  }

  /// Only images have come or gone: the scores that they decide are taken anew.
  private mutating func refreshLocality(of shape: CompiledShape, minor: Int) {
    cache.profiles[shape.profile].imageGeneration = imageGeneration
    for id in tree.order where cache.profiles[shape.profile].refuser[id.index] == nil {
      cache.profiles[shape.profile].locality[id.index] = ImageLocality.score(
        shape, countsInit: minor >= 30, id: id, in: self)
    }
  }
}
