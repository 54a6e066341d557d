import GantryModel

/// Which layers are known to be in which repositories of registries.
///
/// Kept twice: once for what registries have, and once for each pod as buildah's blob-info cache remembers
/// it. The cache, not the registry, decides what buildah sends again: with an empty one (a new pod)
/// buildah 1.28 compresses and uploads layers that the repository has already.
struct KnownBlobs: Sendable {
  private struct Blob: Hashable {
    var layer: StoredImage.Layer
    var architecture: Machine
  }

  /// How much is known of a layer at a destination.
  enum Knowledge: Hashable {
    /// Nothing: it has to be sent.
    case none
    /// Another repository of the registry has it: it is mounted from there.
    case registry
    /// The repository itself has it.
    case repository
  }

  /// The layers by repository, with the registry's host.
  private var repositories: [String: Set<Blob>] = [:]

  /// Notes that a repository has all layers of an image.
  mutating func add(_ image: StoredImage, at reference: ImageReference) {
    let blobs = image.layers.map { Blob(layer: $0, architecture: image.architecture) }
    repositories[reference.repository, default: []].formUnion(blobs)
  }

  /// What is known of a layer of an image at a destination.
  func knowledge(
    of layer: StoredImage.Layer, _ image: StoredImage, at reference: ImageReference
  ) -> Knowledge {
    let blob = Blob(layer: layer, architecture: image.architecture)
    if repositories[reference.repository]?.contains(blob) == true { return .repository }
    let prefix = reference.registry + "/"
    let isElsewhere = repositories.contains {
      $0.key.hasPrefix(prefix) && $0.value.contains(blob)
    }
    return isElsewhere ? .registry : .none
  }

  /// The layers that a registry does not have, as far as known.
  func missing(_ image: StoredImage, at reference: ImageReference) -> [StoredImage.Layer] {
    image.layers.filter { knowledge(of: $0, image, at: reference) == .none }
  }
}

extension ImageReference {
  /// The name without tag and digest.
  var repository: String { "\(registry)/\(path)" }
}

extension StoredImage {
  /// What tells one image from another: the architecture and the layers.
  struct Key: Hashable, Sendable {
    var architecture: Machine
    var layers: [Layer]
  }

  var key: Key { Key(architecture: architecture, layers: layers) }
}

extension World {
  /// A layer that a build has just made; no other is the same, whatever its size, unless it is empty.
  mutating func newLayer(_ tree: Tree, compressed: Double) -> StoredImage.Layer {
    guard tree.files > 0 || tree.bytes > 0 else {
      return StoredImage.Layer(tree: tree, compressed: compressed, origin: "empty")
    }
    builds += 1
    return StoredImage.Layer(tree: tree, compressed: compressed, origin: "build \(builds)")
  }
}
