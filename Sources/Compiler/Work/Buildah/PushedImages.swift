import GantryModel

/// The images that a run has pushed to registries so far, by reference and architecture.
struct PushedImages: Sendable {
  private var images: [String: [Machine: StoredImage]] = [:]
  /// The reference pushed last to each repository: what a digest, which is not known, stands for.
  private var newest: [String: String] = [:]

  /// Notes that an image lies at a reference; a manifest list has one of each architecture.
  mutating func add(_ image: StoredImage, at reference: ImageReference) {
    images[reference.text, default: [:]][image.architecture] = image
    newest[reference.repository] = reference.text
  }

  /// The image for an architecture, or the only one there is; nil when the run pushed none.
  func image(at reference: ImageReference, for architecture: Machine) -> StoredImage? {
    let isDigest = reference.tag.contains(":")
    let key = isDigest ? newest[reference.repository] ?? reference.text : reference.text
    guard let found = images[key] else { return nil }
    return found[architecture] ?? (found.count == 1 ? found.values.first : nil)
  }
}

extension Scene {
  /// What a registry has under a name: what the run pushed there, else what is known of public images;
  /// nil when it does not exist for the architecture.
  func registryImage(named name: String, for architecture: Machine) -> StoredImage? {
    world.pushed.image(at: ImageReference(name), for: architecture)
      ?? tables.images.layers(of: name, for: architecture, assumptions: &tables.assumptions)
  }
}
