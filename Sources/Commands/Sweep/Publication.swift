import ArgumentParser
import Foundation
import GantryStore

/// Where the stores of a sweep's shards meet: a folder that all machines share.
///
/// Batch systems start a part more than once, and a network file system does not lock as SQLite needs it:
/// each attempt works on a store of its own and leaves a copy here under a name of its own, whole or not at
/// all. `gantry merge` takes all of them.
struct Publication {
  let folder: String
  let shard: Shard
  /// Tells this attempt from others of the same part.
  let attempt: String

  private var prefix: String { "shard-\(shard.part)-of-\(shard.parts)." }

  /// Takes in what earlier attempts of this part have left; leaves with 65 when they contradict each
  /// other.
  func takeIn(to path: String) throws {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      Console().note("error: \(folder): the folder for results cannot be read")
      throw ExitCode.ioError
    }
    let earlier = names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(".sqlite") }.sorted()
    guard !earlier.isEmpty else { return }
    let access = StoreAccess()
    let store = try access.attempt { try Store(path: path) }
    var taken: [String] = []
    for name in earlier {
      let file = folder + "/" + name
      let result = try access.attempt { try store.merge(file) }
      if case .refused(let contradiction) = result {
        MergeRefusal(contradiction: contradiction, path: file, target: store, taken: taken).show()
        throw ExitCode.badInput
      }
      taken.append(file)
    }
    try access.attempt { try store.close() }
  }

  /// Leaves a copy of a store.
  func publish(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    // Closing brings everything into the one file that is copied.
    let access = StoreAccess()
    try access.attempt { try Store(path: path).close() }
    let target = "\(folder)/\(prefix)\(attempt).sqlite"
    let unfinished = "\(folder)/.\(prefix)\(attempt).part"
    do {
      try? FileManager.default.removeItem(atPath: unfinished)
      try FileManager.default.copyItem(atPath: path, toPath: unfinished)
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: unfinished))
      try handle.synchronize()
      try handle.close()
      guard rename(unfinished, target) == 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    } catch {
      Console().note(
        "error: \(target): the results cannot be written (\(error.localizedDescription))")
      throw ExitCode.ioError
    }
  }
}
