public import GantryModel
public import GantryUnits

/// An image that a node reports to have.
public struct ReportedImage: Hashable, Sendable {
  /// All names and digests of the image.
  public var names: [String]
  /// Its size on disk.
  public var size: Bytes

  /// Makes an image.
  public init(names: [String], size: Bytes) {
    self.names = names
    self.size = size
  }
}

/// What the scheduler reads of a node.
public struct ClusterNode: Hashable, Sendable {
  /// The node's name.
  public var name: String
  /// The node's labels.
  public var labels: [String: String] = [:]
  /// What pods may request in total; an absent `pods` allows none.
  public var allocatable: ResourceList = [:]
  /// The node's taints, in order.
  public var taints: [Taint] = []
  /// Whether the node is cordoned.
  public var isUnschedulable = false
  /// The images it reports.
  public var images: [ReportedImage] = []
  /// Most volumes attached at once, by CSI driver; a driver that is absent has no limit.
  public var volumeLimits: [String: Int] = [:]

  /// Makes a node without resources.
  public init(name: String) { self.name = name }
}
