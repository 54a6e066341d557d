// What content costs: gzip's speed depends on it more than on anything else.

extension ContentClass {
  /// A figure of each class from those of what the measured classes were mixed of: `mixed` is 45 %
  /// text, 45 % programs and 10 % random bytes, `packed` 10 %, 10 % and 80 %.
  fileprivate func mixed(text: Double, programs: Double, random: Double, system: Double) -> Double {
    let value =
      switch self {
      case .text: text
      case .programs: programs
      case .system: system
      case .mixed: 0.45 * text + 0.45 * programs + 0.1 * random
      case .packed: 0.1 * text + 0.1 * programs + 0.8 * random
      }
    return (value * 100).rounded() / 100
  }
}

extension Figure {
  /// CPU to decompress, hash and unpack a layer, by content.
  static func unpackPerGiB(_ content: ContentClass) -> Figure {
    buildah(
      "unpack.cpuPerGiB.\(content.rawValue)",
      content.mixed(text: 12.8, programs: 16.8, random: 12.4, system: 18.5), "s/GiB",
      "buildah: CPU to unpack layers with content of class \(content.rawValue)")
  }

  /// CPU to pack, hash and compress a layer, by content.
  static func packPerGiB(_ content: ContentClass) -> Figure {
    buildah(
      "pack.cpuPerGiB.\(content.rawValue)",
      content.mixed(text: 15.6, programs: 19, random: 12.9, system: 20.5), "s/GiB",
      "buildah: CPU to pack and compress content of class \(content.rawValue)")
  }

  /// How many times smaller content gets.
  static func compression(_ content: ContentClass) -> Figure {
    let value: Double
    switch content {
    case .mixed: value = 2.59
    case .text: value = 4.12
    case .packed: value = 1.17
    case .programs: value = 2.615
    case .system: value = 2.623
    }
    return buildah(
      "compression.\(content.rawValue)", value, "ratio",
      "uncompressed to compressed layer, content of class \(content.rawValue)")
  }
}
