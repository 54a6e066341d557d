public import GantryModel
import GantryUnits

/// The container images of a plan, each once, and the layers of base images.
public struct ImageTable: Sendable {
  /// All images that nodes pull, in the order asked for: the plan's `images`.
  public private(set) var all: [PlannedImage] = []
  private var positions: [String: Int] = [:]
  private let settings: [String: ScenarioFile.ImageSettings]

  /// Makes an empty table with the scenario's sizes.
  public init(settings: [ScenarioFile.ImageSettings] = []) {
    self.settings = Dictionary(
      settings.map { (ImageReference($0.name.value).text, $0) }, uniquingKeysWith: { $1 })
  }

  /// The position of a step's or sidecar's image, which is added when it is new.
  public mutating func index(
    of name: String, services: inout ServiceTable, assumptions: inout AssumptionTable
  ) -> Int {
    let reference = ImageReference(name)
    if let known = positions[reference.text] { return known }
    let service = services.index(of: reference.pullHost, assumptions: &assumptions)
    var sizes: [PlannedImage.ImageSize?] = []
    var assumption: Int?
    for architecture in Architecture.allCases {
      let image = layers(of: name, for: Machine(architecture), assumptions: &assumptions)
      assumption = assumption ?? image?.assumptions.first
      sizes.append(
        image.map {
          PlannedImage.ImageSize(
            compressed: Bytes(Int64($0.compressedBytes.rounded())),
            unpacked: Bytes(Int64($0.tree.bytes.rounded())))
        })
    }
    positions[reference.text] = all.count
    all.append(
      PlannedImage(name: name, sizes: sizes, service: service, assumption: assumption))
    return all.count - 1
  }

  /// The layers of an image; nil when the scenario or the catalogue of images says that it
  /// does not exist for the architecture.
  func layers(
    of name: String, for architecture: Machine, assumptions: inout AssumptionTable
  ) -> StoredImage? {
    let reference = ImageReference(name)
    if reference.path == "scratch" {
      return StoredImage(layers: [], architecture: architecture, distribution: .other)
    }
    let given = settings[reference.text]
    if let given, !given.architectures.isEmpty,
      !given.architectures.contains(where: { Machine(platform: $0.value) == architecture })
    {
      return nil
    }
    if given?.architectures.isEmpty ?? true, let only = ImageCatalog.row(for: reference)?.only,
      only != architecture.native
    {
      return nil
    }
    var used: [Int] = []
    var shape = listed(reference, &assumptions, &used)
    let ratio = shape.unpacked / max(shape.compressed, 1)
    if let mib = given?.compressedMiB?.value {
      shape.compressed = mib * 1_048_576
      shape.unpacked = shape.compressed * ratio
      let given = Assumption(
        id: "image.\(reference.path):\(reference.tag).compressed",
        text: "compressed size of \(name)", value: shape.compressed, unit: "bytes",
        confidence: .estimate, source: "set in the scenario's images")
      // Of an image that is not listed, files and layers stay assumed.
      used = [assumptions.index(of: given)] + used.dropFirst(min(2, used.count))
    }
    if let mib = given?.unpackedMiB?.value { shape.unpacked = mib * 1_048_576 }
    if let files = given?.files?.value { shape.files = files }
    return shape.image(architecture, named: reference.text, assumptions: used)
  }

  private func listed(
    _ reference: ImageReference, _ assumptions: inout AssumptionTable, _ used: inout [Int]
  ) -> Shape {
    guard let row = ImageCatalog.row(for: reference) else {
      let figures: [Figure] = [.imageCompressed, .imageUnpacked, .imageFiles, .imageLayers]
      used = figures.map { assumptions.index(of: $0.assumption) }
      let values = used.map { assumptions.value(at: $0) }
      return Shape(
        compressed: values[0], unpacked: values[1], files: values[2],
        layers: max(1, Int(values[3])), distribution: .other)
    }
    let index = assumptions.index(
      of: Assumption(
        id: "image.\(row.name)\(row.tag.isEmpty ? "" : ":" + row.tag).compressed",
        text:
          "compressed size of \(row.name); unpacked \(row.unpacked) MB, \(Int(row.files)) files",
        value: row.compressed * 1e6, unit: "bytes", confidence: .estimate,
        source: "what the image usually weighs in its registry, 2026-11; no digest was read"))
    used = [index]
    let compressed = assumptions.value(at: index)
    return Shape(
      compressed: compressed, unpacked: compressed * row.unpacked / row.compressed,
      files: row.files, layers: row.layers, distribution: row.distribution)
  }

  private struct Shape {
    var compressed: Double
    var unpacked: Double
    var files: Double
    var layers: Int
    var distribution: Distribution

    /// The image with equal layers; one directory for every eight files.
    func image(
      _ architecture: Machine, named name: String, assumptions: [Int]
    ) -> StoredImage {
      let share = Double(layers)
      let tree = Tree(
        bytes: unpacked / share, files: files / share, directories: files / share / 8,
        content: .system)
      return StoredImage(
        layers: (0..<layers).map { index in
          StoredImage.Layer(
            tree: tree, compressed: compressed / share,
            origin: "\(name) \(architecture.name) \(index)")
        },
        architecture: architecture, distribution: distribution, assumptions: assumptions)
    }
  }
}
