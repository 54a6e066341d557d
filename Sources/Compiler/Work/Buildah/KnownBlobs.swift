import GantryModel

/// Layers that a registry has, by its host.
struct KnownBlobs: Sendable {
  private struct Blob: Hashable {
    var host: String
    var layer: StoredImage.Layer
    var architecture: Architecture
  }

  private var blobs: Set<Blob> = []

  /// Notes that a registry has all layers of an image.
  mutating func add(_ image: StoredImage, at host: String) {
    for layer in image.layers {
      blobs.insert(Blob(host: host, layer: layer, architecture: image.architecture))
    }
  }

  /// The layers that a registry does not have, as far as known; those it has stay where they are or
  /// are mounted from another repository.
  func missing(_ image: StoredImage, at host: String) -> [StoredImage.Layer] {
    image.layers.filter {
      !blobs.contains(Blob(host: host, layer: $0, architecture: image.architecture))
    }
  }
}

extension World {
  /// A layer that a build has just made; no other is the same, whatever its size.
  mutating func newLayer(_ tree: Tree, compressed: Double) -> StoredImage.Layer {
    builds += 1
    return StoredImage.Layer(tree: tree, compressed: compressed, origin: "build \(builds)")
  }
}
