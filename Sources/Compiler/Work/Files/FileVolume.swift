/// A place that keeps files while a run goes on.
enum VolumeID: Hashable, Sendable {
  /// A claim of the run, by position.
  case claim(Int)
  /// A volume of the pod, by name.
  case pod(String, inMemory: Bool)
  /// A folder of the node, or a claim that the run does not bind: its content is not known.
  case outside(String)
  /// The writable layer of the step's container, or of a container being built.
  case container(Int)
  /// A Secret, ConfigMap or the like: small, in memory, its content unknown.
  case configuration(String)
}

/// A path on a volume, without a leading slash; empty is the volume's root.
struct Place: Hashable, Sendable {
  var volume: VolumeID
  var path: String
}

/// What is known of the files at a path.
enum Entry: Sendable {
  /// Files known only by number and size, with the assumptions their size rests on.
  case opaque(Tree, [Int])
  /// A part of a source repository.
  case source(SourceTree, path: String)
  /// A file whose text a script wrote.
  case text(String)
  /// A container image in an archive.
  case archive(StoredImage)
  /// A tar archive: what was packed into it, and its own length.
  case packed(Tree, bytes: Double, [Int])
}

/// The entries of one volume by path.
struct FileVolume: Sendable {
  private(set) var entries: [String: Entry] = [:]
  /// Paths put, added or removed since they were last taken.
  private var changes: Set<String> = []
  /// Bytes removed since they were last taken.
  private(set) var freed = 0.0
  /// Whether a command that gantry does not follow may have left files anywhere.
  var mayHoldMore = false

  /// Puts an entry in place of whatever was at or below its path.
  mutating func put(_ entry: Entry, at path: String) {
    remove(path)
    entries[path] = entry
  }

  /// Adds an opaque tree to what is at the path.
  mutating func add(_ tree: Tree, at path: String, assumptions: [Int]) {
    changes.insert(path)
    if case .opaque(let old, let known) = entries[path] {
      entries[path] = .opaque(old + tree, known + assumptions.filter { !known.contains($0) })
    } else if entries[path] == nil {
      entries[path] = .opaque(tree, assumptions)
    } else {
      add(tree, at: PathSpace.joined(path, ".added"), assumptions: assumptions)
    }
  }

  /// Removes what is at or below the path.
  mutating func remove(_ path: String) {
    changes.insert(path)
    freed += bytes(below: path)
    if path.isEmpty { return entries = [:] }
    let prefix = path + "/"
    for key in entries.keys where key == path || key.hasPrefix(prefix) {
      entries[key] = nil
    }
  }

  /// The bytes of entries at or below a path.
  private func bytes(below path: String) -> Double {
    let prefix = path.isEmpty ? "" : path + "/"
    return entries.keys.sorted().filter { $0 == path || $0.hasPrefix(prefix) }
      .compactMap { entries[$0].flatMap(FileVolume.summary) }.reduce(0) { $0 + $1.tree.bytes }
  }

  /// The bytes removed since this was last asked.
  mutating func takeFreed() -> Double {
    defer { freed = 0 }
    return freed
  }

  /// Keeps what a function makes of each entry, which is not a change of the files.
  mutating func keepEntries(_ kept: (_ path: String, _ entry: Entry) -> Entry?) {
    for (path, entry) in entries { entries[path] = kept(path, entry) }
  }

  /// The paths changed since this was last asked, sorted.
  mutating func takeChanges() -> [String] {
    defer { changes = [] }
    return changes.sorted()
  }

  /// What is known at exactly this path, looking into a source repository that covers it.
  func entry(at path: String) -> Entry? {
    if let entry = entries[path] { return entry }
    guard let (root, entry) = cover(of: path), case .source(let tree, let base) = entry else {
      return nil
    }
    let rest = root.isEmpty ? path : String(path.dropFirst(root.count + 1))
    return .source(tree, path: base.isEmpty ? rest : base + "/" + rest)
  }

  /// The text of a file, where it is known.
  func text(at path: String) -> String? {
    switch entry(at: path) {
    case .text(let text): text
    case .source(let tree, let path): tree.read(path)
    default: nil
    }
  }

  /// The name under which the user knows a file of a checkout; nil for all other files.
  func userPath(of path: String) -> String? {
    guard case .source(let tree, let path) = entry(at: path) else { return nil }
    return tree.folder.map { $0 + "/" + path }
  }

  /// What lies at or below a path; nil when nothing is known there.
  ///
  /// A path inside an opaque tree counts as the whole of it: an upper bound.
  func summary(of path: String) -> (tree: Tree, assumptions: [Int])? {
    let prefix = path.isEmpty ? "" : path + "/"
    var total = Tree()
    var assumptions: [Int] = []
    var isKnown = false
    for (key, entry) in entries.sorted(by: { $0.key < $1.key })
    where key == path || key.hasPrefix(prefix) {
      guard let part = FileVolume.summary(entry) else { continue }
      total = total + part.tree
      assumptions += part.assumptions.filter { !assumptions.contains($0) }
      isKnown = true
    }
    if entries[path] == nil, let (_, entry) = cover(of: path), let part = inside(entry, path: path)
    {
      total = total + part.tree
      assumptions += part.assumptions.filter { !assumptions.contains($0) }
      isKnown = true
    }
    return isKnown ? (total, assumptions) : nil
  }

  /// What lies in a folder under names that fit a pattern; nil when nothing is known there.
  func summary(
    of folder: String, matching pattern: String
  ) -> (tree: Tree, assumptions: [Int])? {
    var total: (tree: Tree, assumptions: [Int])?
    let prefix = folder.isEmpty ? "" : folder + "/"
    var names: Set<String> = []
    for key in entries.keys where key.hasPrefix(prefix) {
      names.insert(String(key.dropFirst(prefix.count).prefix { $0 != "/" }))
    }
    if case .source(let tree, let base) = entry(at: folder) {
      let prefix = base.isEmpty ? "" : base + "/"
      for file in tree.files where file.path.hasPrefix(prefix) {
        names.insert(String(file.path.dropFirst(prefix.count).prefix { $0 != "/" }))
      }
    }
    for name in names.sorted() where ShellPattern.matches(name, pattern) {
      guard let part = summary(of: prefix + name) else { continue }
      let known = total?.assumptions ?? []
      total = (
        (total?.tree ?? Tree()) + part.tree,
        known + part.assumptions.filter { !known.contains($0) }
      )
    }
    return total ?? (opaqueRoot(of: folder) != nil ? summary(of: folder) : nil)
  }

  /// The root of the opaque tree that a path lies strictly inside; nil when more is known of it.
  func opaqueRoot(of path: String) -> String? {
    let prefix = path + "/"
    guard !entries.keys.contains(where: { $0 == path || $0.hasPrefix(prefix) }),
      let (root, entry) = cover(of: path), case .opaque(let tree, _) = entry, tree.files > 0
    else { return nil }
    return root
  }

  private func inside(_ entry: Entry, path: String) -> (tree: Tree, assumptions: [Int])? {
    switch entry {
    case .source: self.entry(at: path).flatMap(FileVolume.summary)
    case .opaque(let tree, let assumptions): (tree, assumptions)
    case .text, .archive, .packed: nil
    }
  }

  private static func summary(_ entry: Entry) -> (tree: Tree, assumptions: [Int])? {
    switch entry {
    case .opaque(let tree, let assumptions): (tree, assumptions)
    case .source(let tree, let path): tree.summary(of: path).map { ($0, []) }
    case .text(let text): (Tree(bytes: Double(text.utf8.count), files: 1), [])
    case .archive(let image):
      (Tree(bytes: image.compressedBytes, files: 1, content: .packed), image.assumptions)
    case .packed(_, let bytes, let assumptions):
      (Tree(bytes: bytes, files: 1, content: .packed), assumptions)
    }
  }

  /// The nearest entry strictly above a path.
  private func cover(of path: String) -> (String, Entry)? {
    var folder = path
    while !folder.isEmpty {
      folder = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
      if let entry = entries[folder] { return (folder, entry) }
    }
    return nil
  }
}
