import ArgumentParser
import Foundation
import GantryModel
import GantryStore

/// `gantry merge`.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins stores into one, such as those of a sweep's shards.",
    discussion: """
      What is in several stores is taken once, and has to be the same in all of them: of a store with \
      another result for the same inputs nothing is taken in (exit code 65). A sweep whose points are \
      all there is finished: its estimates are those of a sweep that one process made. Of others it is \
      said what is missing, with the commands that make it.
      """)

  @Argument(help: ArgumentHelp("Stores to take in; they are not changed.", valueName: "store"))
  var stores: [String]

  @Option(
    help: ArgumentHelp("The store that takes them in; made when missing.", valueName: "store"))
  var into: String

  func validate() throws {
    func file(_ path: String) -> String {
      URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
    if let same = stores.first(where: { file($0) == file(into) }) {
      throw ValidationError("'\(same)' cannot be merged into itself.")
    }
  }

  func run() async throws {
    // One that cannot be read shows before the other is made.
    for path in stores {
      let store = try StoreAccess().attempt { try Store(path: path, access: .readOnly) }
      try StoreAccess().attempt { try store.close() }
    }
    let target = try StoreAccess().attempt { try Store(path: into) }
    let areAllTaken = try takeIn(to: target)
    for summary in try StoreAccess().attempt({ try target.sweeps() }).reversed()
    where !summary.isComplete {
      try finish(summary, in: target)
    }
    try StoreAccess().attempt { try target.close() }
    guard areAllTaken else { throw ExitCode.badInput }
  }

  /// Takes in one store after the other; false when one was refused.
  private func takeIn(to target: Store) throws -> Bool {
    var taken: [String] = []
    for path in stores {
      switch try StoreAccess().attempt({ try target.merge(path) }) {
      case .merged(let merged):
        taken.append(path)
        Console().print(
          "\(path): \(Self.count(merged.simulations, "result")), "
            + "\(Self.count(merged.samples, "sample")) of sweeps new")
      case .refused(let contradiction):
        MergeRefusal(contradiction: contradiction, path: path, target: target, taken: taken).show()
      }
    }
    return taken.count == stores.count
  }

  /// Finishes a sweep, or says what it lacks.
  private func finish(_ summary: SweepSummary, in target: Store) throws {
    let missing = try StoreAccess().attempt { try target.missingPoints(ofSweep: summary.id) }
    guard missing.isEmpty else {
      Console().note(MissingPoints(of: summary, missing, store: into).text)
      return
    }
    let sweep = try SweepCompletion(store: target).complete(summary.id)
    Console().print("sweep \(summary.id), \(sweep.name): complete, all \(sweep.pointCount) points")
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
