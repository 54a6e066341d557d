import GantryModel

/// Which images a pod has sent to which repositories, as buildah's blob-info cache remembers it.
///
/// The cache, not the registry, decides what is sent again: with an empty one (a new pod) buildah
/// 1.28 compresses and uploads layers that the repository has already.
struct SentBlobs: Sendable {
  private var repositories: [String: Set<StoredImage.Key>] = [:]

  /// How much of an image has to be sent.
  enum Knowledge {
    /// Nothing is known: all of it.
    case none
    /// Another repository of the registry has its layers: they are mounted.
    case registry
    /// The repository itself has them.
    case repository
  }

  /// What is known of an image at a destination.
  func knowledge(of image: StoredImage, at reference: ImageReference) -> Knowledge {
    let key = image.key
    if repositories[reference.repository]?.contains(key) == true { return .repository }
    let prefix = reference.registry + "/"
    let isElsewhere = repositories.contains {
      $0.key.hasPrefix(prefix) && $0.value.contains(key)
    }
    return isElsewhere ? .registry : .none
  }

  /// Remembers that an image was sent.
  mutating func remember(_ image: StoredImage, at reference: ImageReference) {
    repositories[reference.repository, default: []].insert(image.key)
  }
}

extension ImageReference {
  /// The name without tag and digest.
  fileprivate var repository: String { "\(registry)/\(path)" }
}

extension StoredImage {
  /// What tells one image from another: the architecture and the layers.
  struct Key: Hashable, Sendable {
    var architecture: Architecture
    var layers: [Layer]
  }

  var key: Key { Key(architecture: architecture, layers: layers) }
}
