import GantryUnits

/// Which nodes have which images, by name.
struct ImageTable: Sendable {
  struct Entry: Sendable {
    /// The size reported by the first node that had the image.
    var size: Int64
    var nodes: Set<NodeID>
  }

  private(set) var entries: [String: Entry] = [:]

  mutating func add(_ images: [ReportedImage], of node: NodeID) {
    for image in images {
      for name in image.names {
        entries[name, default: Entry(size: image.size.count, nodes: [])].nodes.insert(node)
      }
    }
  }

  mutating func remove(_ images: [ReportedImage], of node: NodeID) {
    for name in images.flatMap(\.names) {
      entries[name]?.nodes.remove(node)
      if entries[name]?.nodes.isEmpty == true { entries[name] = nil }
    }
  }

  /// An image name with the tag that is meant when none is written.
  static func normalised(_ name: String) -> String {
    let lastPart = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    return lastPart.contains(":" as Character) ? name : name + ":latest"
  }
}
