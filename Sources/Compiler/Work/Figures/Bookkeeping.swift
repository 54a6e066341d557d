import GantryModel

/// Small reads and writes of a buildah command: manifests, lists of layers, locks.
///
/// They matter to nobody's time; they are here because whole commands consist of nothing else.
struct Bookkeeping: Sendable {
  /// Bytes read, in any case and per layer.
  var read: Figure
  var readPerLayer: Figure
  /// Bytes written, in any case and per layer.
  var written: Figure
  var writtenPerLayer: Figure
  /// Bytes on the wire, in any case and per layer.
  var sent: Figure
  var sentPerLayer: Figure

  private init(
    _ id: String, _ text: String, read: (Double, Double), written: (Double, Double),
    sent: (Double, Double) = (0, 0)
  ) {
    func figure(_ part: String, _ value: Double, _ what: String) -> Figure {
      .buildah("\(id).\(part)", value, "bytes", "\(text): \(what)")
    }
    self.read = figure("read", read.0, "bookkeeping that is read")
    readPerLayer = figure("readPerLayer", read.1, "bookkeeping that is read per layer")
    self.written = figure("written", written.0, "bookkeeping that is written")
    writtenPerLayer = figure("writtenPerLayer", written.1, "bookkeeping that is written per layer")
    self.sent = figure("sent", sent.0, "bytes on the wire")
    sentPerLayer = figure("sentPerLayer", sent.1, "bytes on the wire per layer")
  }

  var figures: [Figure] { [read, readPerLayer, written, writtenPerLayer, sent, sentPerLayer] }

  static let manifestCreate = Bookkeeping(
    "manifestCreate", "buildah manifest create", read: (49_000, 1400), written: (11_400, 130))
  static let knownPush = Bookkeeping(
    "push.known", "push of layers that the repository is known to have", read: (62_500, 14_600),
    written: (27_300, 25_600), sent: (6100, 2300))
  static let mountPush = Bookkeeping(
    "push.mount", "push of layers that another repository of the registry is known to have",
    read: (72_000, 14_900), written: (53_400, 26_000), sent: (10_800, 3700))
  static let remove = Bookkeeping(
    "rmi", "buildah rm and rmi", read: (59_000, 5100), written: (3200, 1450))

  static let all = [manifestCreate, knownPush, mountPush, remove]
}

extension Scene {
  /// Counts a command's bookkeeping and gives the bytes on the wire.
  func keepBooks(_ books: Bookkeeping, layers: Double) -> Double {
    tally.read += counted(books.read) + counted(books.readPerLayer) * layers
    tally.written += counted(books.written) + counted(books.writtenPerLayer) * layers
    let sent = books.sent.value == 0 ? 0 : value(books.sent) + value(books.sentPerLayer) * layers
    // Sockets are among what was counted.
    tally.written -= sent
    return sent
  }
}
