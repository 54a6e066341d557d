/// Looks for the sources of COPY and ADD in a build's context.
///
/// Only a checkout whose files gantry sees, and to which nothing unknown was added since, can be known to
/// lack a file.
struct ContextSearch {
  /// What a search comes to.
  enum Answer: Hashable {
    case found
    /// Nothing lies under the path, or all of it is ignored.
    case missing
    /// Nothing fits the pattern, or all that fits is ignored.
    case noMatch
    /// gantry cannot tell.
    case unknown
  }

  /// The volume of the context.
  let files: FileVolume
  let context: String
  let ignored: IgnoreFile?

  /// Whether a source, relative to the context, is there.
  func look(for source: String) -> Answer {
    let path = PathSpace.normalized(source)
    if path.isEmpty { return .found }
    let fixed = PathSpace.withoutPattern(path)
    guard fixed != path else { return look(at: path) }
    guard files.isSeen(PathSpace.joined(context, fixed)) else { return .unknown }
    let parts = path.split(separator: "/").map(String.init)
    let names = files.paths(below: context)
    if names.isEmpty || ShellPattern.matches(".git", parts[0]) { return .unknown }
    let isThere = names.contains { name in
      let own = name.split(separator: "/").map(String.init)
      return own.count == parts.count
        && zip(own, parts).allSatisfy { ShellPattern.matches($0, $1) } && !isLeftOut(name)
    }
    return isThere ? .found : .noMatch
  }

  private func look(at path: String) -> Answer {
    let place = PathSpace.joined(context, path)
    if files.summary(of: place) != nil { return isLeftOut(path) ? .missing : .found }
    return files.isSeen(place) ? .missing : .unknown
  }

  /// buildah leaves out what is ignored, and a folder only when nothing in it may be taken back.
  private func isLeftOut(_ path: String) -> Bool {
    guard let ignored else { return false }
    let isFolder = files.isFolder(PathSpace.joined(context, path))
    return isFolder ? ignored.ignoresAll(in: path) : ignored.ignores(path)
  }
}

extension FileVolume {
  /// Whether everything that a path may name is known, so that nothing there means that nothing is.
  func isSeen(_ path: String) -> Bool {
    guard !mayHoldMore else { return false }
    var folder = path
    while true {
      // What a command left beside a checkout has no names.
      if entries[PathSpace.joined(folder, ".added")] != nil { return false }
      if let entry = entries[folder] {
        guard case .source(let tree, let base) = entry, tree.isComplete else { return false }
        let inside = PathSpace.relative(path, to: folder) ?? ""
        // They are not listed.
        let first = inside.prefix { $0 != "/" }
        if base.isEmpty, first == ".git" || first == ".build" { return false }
        return !tree.hasLink(on: PathSpace.joined(base, inside))
      }
      guard !folder.isEmpty else { return false }
      folder = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
    }
  }

  /// Whether something lies inside a path.
  func isFolder(_ path: String) -> Bool {
    let prefix = path + "/"
    if entries.keys.contains(where: { $0.hasPrefix(prefix) }) { return true }
    switch entry(at: path) {
    case .source(let tree, let base): return tree.files.contains { $0.path.hasPrefix(base + "/") }
    case .opaque(let tree, _): return tree.directories > 0 || tree.files != 1
    default: return false
    }
  }

  /// The paths of known files and folders below a folder, relative to it.
  func paths(below folder: String) -> Set<String> {
    var found: Set<String> = []
    func add(_ path: String) {
      var path = path
      while !path.isEmpty, found.insert(path).inserted {
        path = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
      }
    }
    func add(_ tree: SourceTree, _ base: String, at place: String) {
      for file in tree.files {
        guard let inside = PathSpace.relative(file.path, to: base), !inside.isEmpty else {
          continue
        }
        add(PathSpace.joined(place, inside))
      }
    }
    if case .source(let tree, let base) = entry(at: folder) { add(tree, base, at: "") }
    for (path, entry) in entries {
      guard let inside = PathSpace.relative(path, to: folder), !inside.isEmpty else { continue }
      add(inside)
      if case .source(let tree, let base) = entry { add(tree, base, at: inside) }
    }
    return found
  }
}

extension SourceTree {
  /// Whether a path leads through something that is listed as a file, as a link to a folder is.
  func hasLink(on path: String) -> Bool {
    var folder = path
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      if files.contains(where: { $0.path == folder }) { return true }
    }
    return false
  }
}
