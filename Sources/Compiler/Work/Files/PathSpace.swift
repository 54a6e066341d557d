/// Which volume a path of a container lies on.
struct PathSpace: Sendable {
  /// A volume at a path of the container.
  struct Mount: Sendable {
    /// Absolute, without a trailing slash.
    var path: String
    var volume: VolumeID
    /// The part of the volume that is seen, without leading slash.
    var subPath: String
  }

  private var mounts: [Mount] = []
  /// What lies outside all mounts.
  var root: VolumeID

  /// Makes a space that has only a root.
  init(root: VolumeID) { self.root = root }

  /// Adds a mount; the longest matching path wins, then the latest.
  mutating func mount(_ volume: VolumeID, at path: String, subPath: String?) {
    let absolute = "/" + Self.normalized(path)
    mounts.append(
      Mount(path: absolute, volume: volume, subPath: Self.normalized(subPath ?? "")))
  }

  /// The mounts so far.
  var all: [Mount] { mounts }

  /// The place of a path, relative ones seen from `directory`.
  func place(_ path: String, from directory: String = "/") -> Place {
    let whole = "/" + Self.normalized(path.hasPrefix("/") ? path : directory + "/" + path)
    var best: Mount?
    for mount in mounts where whole == mount.path || whole.hasPrefix(mount.path + "/") {
      if mount.path.count >= (best?.path.count ?? 0) { best = mount }
    }
    guard let best else { return Place(volume: root, path: String(whole.dropFirst())) }
    let rest = String(whole.dropFirst(best.path.count).drop { $0 == "/" })
    let joined = [best.subPath, rest].filter { !$0.isEmpty }.joined(separator: "/")
    return Place(volume: best.volume, path: joined)
  }

  /// The part of a path before the first name with a pattern.
  static func withoutPattern(_ path: String) -> String {
    path.split(separator: "/").prefix { !$0.contains { "*?[".contains($0) } }
      .joined(separator: "/")
  }

  /// A path as seen from a folder at or above it; nil when it lies elsewhere.
  static func relative(_ path: String, to folder: String) -> String? {
    if folder.isEmpty || path == folder { return path == folder ? "" : path }
    return path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : nil
  }

  /// Parts of a path joined, empty ones left out.
  static func joined(_ parts: String...) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: "/")
  }

  /// A path without leading slash, `.`, `..` and doubled slashes.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
