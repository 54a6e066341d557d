import GantryModel

/// What commands did, in the terms in which it was measured.
///
/// Phases hold what a machine has to carry: bytes for disks and networks, calls, CPU. The kernel
/// counts more for a process: each byte that goes through a pipe, a socket or the page cache. The
/// tally keeps those counts, so that the model can be held against them.
struct WorkTally: Hashable, Sendable {
  /// Bytes that read calls returned, of files, pipes and sockets.
  var read: Double = 0
  /// Bytes given to write calls, likewise.
  var written: Double = 0
  /// Files that container storage folders gained.
  var filesStored: Double = 0

  /// Bytes that go through a pipe or through memory: written once and read once.
  mutating func pass(_ bytes: Double) {
    read += bytes
    written += bytes
  }

  mutating func count(_ direction: IODirection, _ bytes: Double) {
    switch direction {
    case .read: read += bytes
    case .write: written += bytes
    }
  }
}

extension Demand {
  /// The same demand for a share of the work.
  func scaled(by share: Double) -> Demand {
    guard share != 1 else { return self }
    switch self {
    case .cpu(let seconds, let threads): return .cpu(seconds: seconds * share, threads: threads)
    case .fixed(let seconds): return .fixed(seconds: seconds * share)
    case .transfer(var transfer):
      transfer.bytes *= share
      transfer.operations *= share
      return .transfer(transfer)
    }
  }
}
