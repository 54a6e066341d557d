/// The files of a source repository, as far as gantry can see them.
///
/// A Git URL, or the checkout that the manifests lie in, is mapped to one of these.
public struct SourceTree: Sendable {
  /// One file: its path inside the repository and its size.
  public struct File: Sendable, Hashable {
    public var path: String
    public var bytes: Double

    /// Joins path and size.
    public init(path: String, bytes: Double) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// All files, sorted by path; nothing of `.git`.
  public let files: [File]
  /// The compressed size a clone downloads; nil derives it from the files.
  public var packBytes: Double?
  /// The folder as the user knows it; nil when messages cannot name it.
  public var folder: String?
  /// Whether `files` has all of them, so that what is not listed does not exist.
  public var isComplete = true
  private let text: @Sendable (String) -> String?

  /// Makes a tree from a list of files and a way to read one as text.
  public init(
    files: [File], packBytes: Double? = nil, read: @escaping @Sendable (String) -> String?
  ) {
    self.files = files.sorted { $0.path < $1.path }
    self.packBytes = packBytes
    text = read
  }

  /// Makes a tree from texts by path.
  public init(texts: [String: String], packBytes: Double? = nil) {
    self.init(
      files: texts.map { File(path: $0.key, bytes: Double($0.value.utf8.count)) },
      packBytes: packBytes
    ) { texts[$0] }
  }

  /// The text of a file; nil when there is none under that path.
  public func read(_ path: String) -> String? {
    files.contains { $0.path == path } ? text(path) : nil
  }

  /// The tree with some of its files.
  func filtered(_ isKept: (String) -> Bool) -> SourceTree {
    var tree = SourceTree(
      files: files.filter { isKept($0.path) }, packBytes: packBytes, read: text)
    (tree.folder, tree.isComplete) = (folder, isComplete)
    return tree
  }

  /// What lies at or below a path (`""` is everything); nil when there is nothing.
  func summary(of path: String) -> Tree? {
    let prefix = path.isEmpty ? "" : path + "/"
    var tree = Tree()
    var folders: Set<String> = []
    for file in files where file.path == path || file.path.hasPrefix(prefix) {
      tree.bytes += file.bytes
      tree.files += 1
      var folder = Substring(file.path)
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        guard folders.insert(String(folder)).inserted else { break }
      }
    }
    tree.directories = Double(folders.count)
    return tree.files == 0 ? nil : tree
  }
}
