// The part of core/v1 Pod that the scheduler reads. Source: Kubernetes API reference v1.28,
// core/v1 PodSpec and Container, read 2026-11-23.
public import GantryModel

/// A port that a container opens on its node.
public struct HostPort: Hashable, Sendable {
  /// The transport protocol of a port.
  public enum TransportProtocol: String, Hashable, Sendable, CaseIterable {
    case tcp = "TCP"
    case udp = "UDP"
    case sctp = "SCTP"
  }

  /// The port number on the node.
  public var port: Int
  /// The transport protocol.
  public var transport: TransportProtocol
  /// The node address it is bound to; nil for all of them.
  public var address: String?

  /// Makes a host port; the addresses "" and "0.0.0.0" mean all addresses.
  public init(port: Int, transport: TransportProtocol = .tcp, address: String? = nil) {
    self.port = port
    self.transport = transport
    self.address = address == "" || address == "0.0.0.0" ? nil : address
  }
}

/// What the scheduler reads of a container.
public struct ShapeContainer: Hashable, Sendable {
  /// The image name as written.
  public var image: String
  /// Requested amounts, after the API server's defaulting from limits.
  public var requests: ResourceList
  /// Ports opened on the node.
  public var hostPorts: [HostPort] = []
  /// Whether this is an init container that keeps running (`restartPolicy: Always`).
  public var isSidecar = false

  /// Makes a container; a resource with a limit and no request requests its limit.
  public init(image: String = "", requests: ResourceList = [:], limits: ResourceList = [:]) {
    self.image = image
    self.requests = requests.merging(limits) { request, _ in request }
  }
}

/// Whether a pod may evict pods of lower priority.
public enum PreemptionPolicy: String, Hashable, Sendable, CaseIterable {
  case preemptLowerPriority = "PreemptLowerPriority"
  case never = "Never"
}

/// Everything of a pod that placement depends on, but its name and its claims.
public struct PodShape: Hashable, Sendable {
  /// The pod's namespace.
  public var namespace = "default"
  /// The pod's labels.
  public var labels: [String: String] = [:]
  /// The resolved priority; higher goes first.
  public var priority = 0
  /// Whether the pod may evict others.
  public var preemptionPolicy = PreemptionPolicy.preemptLowerPriority
  /// The main containers.
  public var containers: [ShapeContainer] = []
  /// The init containers.
  public var initContainers: [ShapeContainer] = []
  /// Amounts added to the sum of the containers.
  public var overhead: ResourceList = [:]
  /// Labels that the node must have.
  public var nodeSelector: [String: String] = [:]
  /// Taints that the pod puts up with.
  public var tolerations: [Toleration] = []
  /// Affinities to nodes and pods.
  public var affinity: Affinity?
  /// How the pod spreads over topology domains.
  public var topologySpreadConstraints: [TopologySpreadConstraint] = []
  /// The node that the pod names, if any.
  public var nodeName: String?
  /// The selector of the owning ReplicaSet, StatefulSet or ReplicationController, if any; used by
  /// the built-in spreading only.
  public var ownerSelector: LabelSelector?

  /// Makes a shape without containers.
  public init() {}
}
