/// A `.containerignore` or `.dockerignore`: what of a build's context COPY and ADD do not see.
///
/// The rules are those of Docker's documentation ("Build context", read 2026-11): a pattern is
/// relative to the context, `*` and `?` stay within a name, `**` crosses folders, `!` takes back, the
/// last pattern that fits decides, and what fits a folder fits everything in it.
struct IgnoreFile: Sendable {
  private struct Pattern {
    var parts: [String]
    var takesBack: Bool
  }

  private let patterns: [Pattern]

  /// Reads the file; nothing in it is an error.
  init(_ text: String) {
    patterns = text.split(whereSeparator: \.isNewline).compactMap { line in
      var rule = line.trimmingPrefix { $0.isWhitespace }
      while rule.last?.isWhitespace == true { rule.removeLast() }
      guard !rule.isEmpty, rule.first != "#" else { return nil }
      let takesBack = rule.first == "!"
      if takesBack { rule = rule.dropFirst().trimmingPrefix { $0.isWhitespace } }
      let path = PathSpace.normalized(String(rule))
      // The context itself cannot be ignored.
      guard !path.isEmpty else { return nil }
      return Pattern(parts: path.split(separator: "/").map(String.init), takesBack: takesBack)
    }
  }

  /// Whether nothing is ignored.
  var isEmpty: Bool { patterns.allSatisfy(\.takesBack) }

  /// Whether a path, relative to the context, is left out of it.
  func ignores(_ path: String) -> Bool {
    let names = path.split(separator: "/").map(String.init)
    var isIgnored = false
    for pattern in patterns where pattern.takesBack == isIgnored {
      if Self.fits(names, pattern.parts) { isIgnored.toggle() }
    }
    return isIgnored
  }

  /// Whether a folder and everything in it is left out.
  func ignoresAll(in folder: String) -> Bool {
    let names = folder.split(separator: "/").map(String.init)
    return ignores(folder)
      && !patterns.contains { $0.takesBack && Self.fits(names, $0.parts, orInside: true) }
  }

  /// Whether a pattern fits the path or a folder that it lies in; or something that may lie in it.
  private static func fits(
    _ names: [String], _ pattern: [String], orInside: Bool = false
  ) -> Bool {
    // How many names the pattern's parts so far may stand for.
    var counts: Set<Int> = [0]
    for (index, part) in pattern.enumerated() {
      if orInside, counts.contains(names.count) { return true }
      if part == "**" {
        let least = counts.min() ?? 0
        // At the end it stands for what is inside a folder, elsewhere for any number of folders.
        let first = index == pattern.count - 1 ? least + 1 : least
        counts = first <= names.count ? Set(first...names.count) : []
      } else {
        counts = Set(
          counts.filter { $0 < names.count && ShellPattern.matches(names[$0], part) }.map { $0 + 1 }
        )
      }
      if counts.isEmpty { return false }
    }
    return true
  }
}

extension FileVolume {
  /// The volume without what a build with this context does not see.
  ///
  /// A folder known only by its size is left out when nothing in it is taken back, else kept whole.
  func without(_ ignored: IgnoreFile, in context: String) -> FileVolume {
    func isKept(_ path: String, _ isIgnored: (String) -> Bool) -> Bool {
      guard let inside = PathSpace.relative(path, to: context), !inside.isEmpty else { return true }
      return !isIgnored(inside)
    }
    var visible = self
    visible.keepEntries { path, entry in
      if case .opaque = entry { return isKept(path, ignored.ignoresAll) ? entry : nil }
      guard case .source(let tree, let base) = entry else {
        return isKept(path, ignored.ignores) ? entry : nil
      }
      let kept = tree.filtered { file in
        guard let inside = PathSpace.relative(file, to: base) else { return true }
        return isKept(PathSpace.joined(path, inside), ignored.ignores)
      }
      return .source(kept, path: base)
    }
    return visible
  }
}
