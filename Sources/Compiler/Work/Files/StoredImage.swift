import GantryModel

/// A container image as layers of bytes and files.
struct StoredImage: Hashable, Sendable {
  /// One layer: what it adds.
  struct Layer: Hashable, Sendable {
    var tree: Tree
    /// The length of its compressed archive.
    var compressed: Double
    /// The image it came with and its place there, or the build that made it: layers of one size are
    /// told apart by it.
    var origin = ""
  }

  var layers: [Layer]
  var architecture: Machine
  /// The image's name in the catalogue of packages and mirrors, for instance `fedora`.
  var distribution: Distribution
  /// Positions of the assumptions that its size rests on.
  var assumptions: [Int] = []

  /// All layers as one tree.
  var tree: Tree { layers.reduce(Tree(content: .system)) { $0 + $1.tree } }
  /// The compressed length of all layers.
  var compressedBytes: Double { layers.reduce(0) { $0 + $1.compressed } }
}

/// A Linux distribution, by its package tool and mirrors.
enum Distribution: String, Hashable, Sendable {
  case fedora
  case redHat
  case centOS
  case debian
  case ubuntu
  case alpine
  case other
}

/// A container that commands run in and that becomes an image.
struct WorkingContainer: Sendable {
  var base: StoredImage
  var volume: VolumeID
}

/// What a build with `--layers` keeps of one instruction.
struct CommittedInstruction: Sendable {
  /// All files of the container after it.
  var files: FileVolume
  /// What it added.
  var layer: StoredImage.Layer
}

/// The images and manifest lists in one container storage.
struct ContainerStore: Sendable {
  var images: [String: StoredImage] = [:]
  /// Image names in a manifest list.
  var lists: [String: [String]] = [:]
  /// Working containers by name.
  var containers: [String: WorkingContainer] = [:]
  /// What instructions left that a build with `--layers` committed, by all that led to it.
  var builds: [String: CommittedInstruction] = [:]
  /// How many things got a made-up name so far.
  var count = 0

  /// A new made-up name, as an image or container id is.
  mutating func freshName(_ prefix: String) -> String {
    count += 1
    return "\(prefix)-\(count)"
  }
}
