import GantryUnits

/// Which images a kubelet removes.
///
/// Source: Kubernetes 1.28, pkg/kubelet/images/image_gc_manager.go, read 2026-11-25.
struct ImageCollection {
  /// An image on a node.
  struct Image: Hashable {
    /// Its position in the plan.
    var position: Int
    var bytes: Double
    /// When it was there first, and when a pod used it last.
    var detected: Instant
    var lastUsed: Instant
    /// Whether a container refers to it, running or not.
    var isInUse: Bool
  }

  /// The youngest age at which an image is removed, in seconds.
  var minimumAge: Double

  /// The images to remove for so many bytes, the least recently used first; those in use and the
  /// young ones stay, whatever is missing.
  func removed(from images: [Image], toFree bytes: Double, at now: Instant) -> [Image] {
    let order = images.filter { !$0.isInUse && (now - $0.detected).seconds >= minimumAge }.sorted {
      ($0.lastUsed, $0.detected, $0.position) < ($1.lastUsed, $1.detected, $1.position)
    }
    var freed = 0.0
    return Array(
      order.prefix { image in
        defer { freed += image.bytes }
        return freed < bytes
      })
  }
}
