public import GantryUnits

/// A server that steps and nodes talk to: a registry, a package mirror, a Git host, an object store.
public struct ExternalService: Sendable, Hashable {
  /// Where a service is, which decides what its traffic crosses and costs.
  public enum Place: Sendable, Hashable {
    /// Outside AWS or in another region.
    case internet
    /// In the cluster's region and reached without passing the internet, as S3 is.
    case region
    /// In a pod on a node of the cluster (its position in the plan).
    case pod(node: Int, storage: PodStorage)
  }

  /// Where a pod that serves files keeps them.
  public enum PodStorage: Sendable, Hashable {
    /// In an emptyDir on its node's disk.
    case nodeDisk
    /// On a block volume of its own.
    case volume(VolumeSpec)
    /// In S3: the pod passes uploads on, and sends those who read to S3 itself.
    case objectStore
  }

  public var name: String
  /// At most this much per connection.
  public var perConnection: BytesPerSecond
  /// At most this much for all together, each way; nil for no limit.
  public var ceiling: BytesPerSecond?
  /// In seconds per request.
  public var latency: Double
  /// Requests per second that it takes; nil for no limit.
  public var readRequests: Double?
  public var writeRequests: Double?
  public var place = Place.internet
  /// Whether its traffic leaves through a NAT gateway (false for a gateway endpoint).
  public var usesNAT: Bool = true
  /// Whether S3 bills its requests and what it stores.
  public var isObjectStore: Bool = false
  /// The assumption that holds the rate.
  public var assumption: Int?

  /// Makes a service.
  public init(name: String, perConnection: BytesPerSecond, latency: Double) {
    self.name = name
    self.perConnection = perConnection
    self.latency = latency
  }

  /// The node it runs on; nil outside the cluster.
  public var node: Int? {
    if case .pod(let node, _) = place { node } else { nil }
  }

  /// The block volume it keeps files on, if it has one.
  public var volume: VolumeSpec? {
    if case .pod(_, .volume(let volume)) = place { volume } else { nil }
  }
}
