import Foundation
import GantryCompiler
import Synchronization

/// What was read of source folders: part of the inputs of a simulation.
final class SourceLog: Sendable {
  private let entries = Mutex<[String: String]>([:])
  private let roots = Mutex<[String: String]>([:])

  /// Notes a file, or the listing of a folder, with its content.
  func add(_ name: String, _ content: String) { entries.withLock { $0[name] = content } }

  /// Notes which folder stood for a URL.
  func add(url: String, folder: String) { roots.withLock { $0[url] = folder } }

  /// The folders that stood for URLs.
  var folders: [(url: String, folder: String)] {
    roots.withLock { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }

  /// All notes by name.
  var all: [(name: String, content: String)] {
    entries.withLock { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }
}

/// The built-in tasks that stood in for absent ones.
final class BuiltInLog: Sendable {
  private let names = Mutex<Set<String>>([])

  /// Notes a task by kind and name.
  func add(_ name: String) { names.withLock { _ = $0.insert(name) } }

  /// All of them, sorted.
  var all: [String] { names.withLock { $0.sorted() } }
}

/// Finds the folder that holds what a Git URL names.
struct SourceFinder: Sendable {
  /// Folders by URL, from the scenario.
  let folders: [(url: String, path: String)]
  /// What the user pointed at: a checkout of the repository that the pipelines build.
  let checkouts: [String]
  let log: SourceLog
  let cache: ReadCache

  /// The most files that are looked at in a folder.
  static let mostFiles = 100_000

  /// The files behind a URL; nil when no folder is known for it.
  func tree(for url: String) -> SourceTree? {
    if let given = folders.first(where: { Self.key($0.url) == Self.key(url) }) {
      return tree(at: given.path, for: url)
    }
    return checkouts.first { isCheckout($0, of: url) }.flatMap { tree(at: $0, for: url) }
  }

  /// A URL without scheme, user and `.git`: `github.com/owner/name`.
  private static func key(_ url: String) -> String {
    var text = url.lowercased()
    if let scheme = text.range(of: "://") { text.removeSubrange(..<scheme.upperBound) }
    if let user = text.firstIndex(of: "@") { text.removeSubrange(...user) }
    text = text.replacingOccurrences(of: ":", with: "/")
    while text.hasSuffix("/") { text.removeLast() }
    return text.hasSuffix(".git") ? String(text.dropLast(4)) : text
  }

  /// Whether a folder is a clone of the URL: its remote says so, or it has the repository's name.
  private func isCheckout(_ path: String, of url: String) -> Bool {
    let key = Self.key(url)
    let name = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent.lowercased()
    if let last = key.split(separator: "/").last, last == name { return true }
    guard let config = try? String(contentsOfFile: path + "/.git/config", encoding: .utf8) else {
      return false
    }
    return config.split(whereSeparator: \.isNewline).contains { line in
      let parts = line.split(separator: "=", maxSplits: 1)
      return parts.count == 2 && parts[0].trimmingCharacters(in: .whitespaces) == "url"
        && Self.key(parts[1].trimmingCharacters(in: .whitespaces)) == key
    }
  }

  private func tree(at root: String, for url: String) -> SourceTree? {
    guard let files = cache.listing(of: root, read: { Self.files(below: root) }) else {
      return nil
    }
    let (log, cache) = (log, cache)
    log.add(url: url, folder: root)
    log.add(root, files.map { "\($0.path) \($0.bytes)" }.joined(separator: "\n"))
    var tree = SourceTree(files: files) { path in
      let file = root + "/" + path
      let text = cache.text(of: file) { Self.text(at: file) }
      if let text { log.add(file, text) }
      return text
    }
    tree.folder = root
    tree.isComplete = files.count < Self.mostFiles
    return tree
  }

  /// The longest file that is read as a text.
  private static let longestText = 16 << 20

  /// A file as a text, bytes that are not UTF-8 replaced; nil when it cannot be read or is too long.
  private static func text(at path: String) -> String? {
    let url = URL(fileURLWithPath: path)
    guard let size = try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize,
      size <= longestText, let data = try? Data(contentsOf: url)
    else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// The files and symbolic links of a folder by path; nil when it cannot be listed.
  private static func files(below root: String) -> [SourceTree.File]? {
    guard let walker = FileManager.default.enumerator(atPath: root) else { return nil }
    var files: [SourceTree.File] = []
    while let path = walker.nextObject() as? String, files.count < mostFiles {
      if path == ".git" || path == ".build" {
        walker.skipDescendants()
        continue
      }
      guard let attributes = walker.fileAttributes,
        let type = attributes[.type] as? FileAttributeType,
        type == .typeRegular || type == .typeSymbolicLink,
        let size = attributes[.size] as? NSNumber
      else { continue }
      files.append(.init(path: path, bytes: size.doubleValue))
    }
    return files.sorted { $0.path < $1.path }
  }
}
