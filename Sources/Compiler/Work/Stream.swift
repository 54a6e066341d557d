import GantryModel

/// Bytes that a command prints: how many, and the work on them that nobody has played yet.
///
/// The commands of a pipe run at the same time. Each adds its work to the stream and hands it on; the
/// last one, or the file that it is written to, makes one phase of all.
struct ByteStream: Hashable {
  /// Infinite where only a reader that stops ends it, as of `/dev/zero`.
  var bytes: Double
  var content: ContentClass = .mixed
  /// Work under way that no phase has yet.
  var demands: [Demand] = []
  /// The commands so far, for people.
  var label: String

  /// The same stream with more work on it.
  func adding(_ work: [Demand]) -> ByteStream {
    var next = self
    next.demands += work
    return next
  }

  /// The same stream with so many bytes behind it.
  func sized(_ bytes: Double) -> ByteStream {
    var next = self
    next.bytes = bytes
    return next
  }

  /// The stream behind a further command, which did this with it.
  func through(_ command: String, _ work: [Demand]) -> ByteStream {
    var next = adding(work)
    next.label += " | \(command)"
    return next
  }
}

extension Scene {
  /// Files below this are no work worth counting when their text is known.
  private static let smallest = 65_536.0

  /// CPU of a command that runs beside others in a pipe.
  func cpu(_ kind: WorkKind, _ seconds: Double) -> [Demand] {
    guard seconds > 0, seconds.isFinite else { return [] }
    var seconds = seconds
    if isEmulated, let ratio = kind.emulation { seconds *= value(ratio) }
    return [.cpu(seconds: seconds, threads: 1)]
  }

  /// What a command reads of the files that it names; nil when that is nothing worth counting.
  ///
  /// What gantry cannot see is the named guess `file.unknown.bytes` for each file.
  func read(_ files: [ShellField], from directory: String, by command: String) -> ByteStream? {
    var stream = ByteStream(bytes: 0, label: command)
    var isWorthIt = false
    for file in files {
      guard file.isKnown else {
        stream.bytes += value(.unknownFile)
        isWorthIt = true
        continue
      }
      guard let part = content(of: file.text, from: directory) else { continue }
      isWorthIt = true
      stream.bytes += part.bytes
      stream.demands += part.demands
      stream.content = part.content
    }
    return isWorthIt ? stream : nil
  }

  /// Whether a path names what belongs to the system of a container: settings of a few kilobytes.
  private static func isOfSystem(_ path: String) -> Bool {
    ["/etc/", "/proc/", "/sys/", "/dev/", "/run/", "/tekton/"].contains { path.hasPrefix($0) }
  }

  private func content(of path: String, from directory: String) -> ByteStream? {
    if ["/dev/zero", "/dev/urandom", "/dev/random"].contains(path) {
      return ByteStream(
        bytes: .infinity, content: path == "/dev/zero" ? .text : .packed, label: path)
    }
    let place = paths.place(path, from: directory)
    if case .configuration = place.volume { return nil }
    guard let known = known(at: place), known.tree.files > 0 || known.tree.directories > 0 else {
      if Self.isOfSystem(path) { return nil }
      let bytes = value(.unknownFile)
      return ByteStream(bytes: bytes, demands: bigFile(.read, place.volume, bytes), label: path)
    }
    if known.tree.bytes < Self.smallest, text(at: place) != nil { return nil }
    rest(on: known.assumptions)
    let tree = known.tree
    let demands =
      tree.files > 1
      ? smallFiles(.read, place.volume, tree, calls: .readCalls)
      : bigFile(.read, place.volume, tree.bytes)
    return ByteStream(
      bytes: tree.bytes, content: tree.content, demands: demands, label: path)
  }

  /// Plays what is left of a stream that nothing reads.
  func flush(_ stream: ByteStream) {
    guard !stream.demands.isEmpty else { return }
    emit(stream.label, stream.demands)
  }

  /// Writes a stream to a file, in one phase with the work on it so far.
  func write(_ stream: ByteStream, to place: Place, isAppended: Bool) {
    guard stream.bytes.isFinite else {
      return runForever("writing '\(stream.label)' to a file, which has no end,")
    }
    let assumptions = pendingAssumptions
    let tree = Tree(bytes: stream.bytes, files: 1, content: stream.content)
    if !isAppended { world[place.volume].remove(place.path) }
    let demands = stream.demands + bigFile(.write, place.volume, stream.bytes)
    world[place.volume].add(tree, at: place.path, assumptions: assumptions)
    emit("\(stream.label) > \(place.path.split(separator: "/").last ?? "")", demands)
  }

  /// The stream that the command under way reads from a pipe or a redirection; it is taken then.
  func takeInput() -> ByteStream? {
    defer { input = nil }
    return input
  }
}
