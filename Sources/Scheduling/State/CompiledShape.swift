import GantryModel

/// A pod shape over interned labels, with its terms resolved to counters.
struct CompiledShape: Sendable {
  /// A topology spread constraint.
  struct Spread: Sendable {
    var column: Int
    /// Whether the key is the host name, for which nodes are counted one by one.
    var isHostname: Bool
    var maxSkew: Int64
    var minDomains: Int
    var matcher: Int
    /// Whether the pod counts itself.
    var matchesItself: Bool
    var honoursAffinity: Bool
    var honoursTaints: Bool
  }

  /// The nodes that a required node affinity names.
  enum NamedNodes: Sendable {
    case all
    case only(Set<String>)
    /// The names contradict each other.
    case conflict
  }

  struct Label: Sendable, Hashable {
    var key: Int32
    var value: Int32
  }

  var shape: PodShape
  var namespace: Int32
  var labels: LabelSet
  var requests: PodRequests
  var nodeName: Int32?
  var nodeSelector: [Label]
  var requiredTerms: [NodeTerm]?
  var preferredTerms: [(weight: Int64, term: NodeTerm)]
  var namedNodes: NamedNodes
  var hostPorts: [HostPort]
  /// The images of the containers, with tags.
  var images: [String]
  /// The images of the init containers, with tags.
  var initImages: [String]
  /// Tolerations that count against taints that are only preferences.
  var preferenceTolerations: [Toleration]
  var hasSidecar: Bool

  /// The group of required pod affinity terms.
  var affinityGroup: Int?
  /// Required anti-affinity terms.
  var antiAffinityTerms: [Int] = []
  /// Preferred terms with weights, negative for anti-affinity.
  var preferredPodTerms: [(term: Int, weight: Int64)] = []
  var hardSpread: [Spread] = []
  var softSpread: [Spread] = []
  /// Whether `softSpread` are the built-in constraints, which need no labels on the nodes.
  var usesDefaultSpread = false
  /// The cache of what only nodes decide.
  var profile: Int
  /// The cache of what requests and nodes decide.
  var resourceProfile = 0

  init(_ shape: PodShape, profile: Int, _ symbols: inout Symbols) {
    self.shape = shape
    self.profile = profile
    namespace = symbols.intern(shape.namespace)
    labels = symbols.intern(shape.labels)
    requests = PodRequests(shape, &symbols)
    nodeName = shape.nodeName.flatMap { $0.isEmpty ? nil : symbols.intern($0) }
    nodeSelector = shape.nodeSelector.sorted { $0.key < $1.key }
      .map { Label(key: symbols.intern($0.key), value: symbols.intern($0.value)) }
    let affinity = shape.affinity?.nodeAffinity
    requiredTerms = affinity?.required?.map { NodeTerm($0, &symbols) }
    preferredTerms =
      affinity?.preferred.filter { $0.weight != 0 }
      .map { (Int64($0.weight), NodeTerm($0.preference, &symbols)) } ?? []
    namedNodes = Self.namedNodes(in: affinity?.required)
    hostPorts = shape.containers.flatMap(\.hostPorts).filter { $0.port > 0 }
    images = shape.containers.map { ImageTable.normalised($0.image) }
    initImages = shape.initContainers.map { ImageTable.normalised($0.image) }
    preferenceTolerations = shape.tolerations.filter {
      $0.effect == nil || $0.effect == .preferNoSchedule
    }
    hasSidecar = shape.initContainers.contains(where: \.isSidecar)
  }

  /// The union over terms of the names that all comparisons of the term allow; all nodes as soon
  /// as one term names none.
  private static func namedNodes(in terms: [NodeSelectorTerm]?) -> NamedNodes {
    guard let terms, !terms.isEmpty else { return .all }
    var names = Set<String>()
    for term in terms {
      var ofTerm: Set<String>?
      for each in term.matchFields where each.key == "metadata.name" && each.operator == .in {
        ofTerm = ofTerm?.intersection(each.values) ?? Set(each.values)
      }
      guard let ofTerm else { return .all }
      names.formUnion(ofTerm)
    }
    return names.isEmpty ? .conflict : .only(names)
  }
}
