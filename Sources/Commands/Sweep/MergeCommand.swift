import ArgumentParser
import Foundation
import GantryExperiments
import GantryModel
import GantryStore

/// `gantry merge`.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins stores into one, such as those of a sweep's shards.",
    discussion: """
      What is in several stores is taken once. A sweep whose points are all there is finished: its \
      estimates are those of a sweep that one process made.
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
    let access = StoreAccess()
    let console = Console()
    let target = try access.attempt { try Store(path: into) }
    for path in stores {
      let merged = try access.attempt { try target.merge(path) }
      console.print(
        "\(path): \(Self.count(merged.simulations, "result")), "
          + "\(Self.count(merged.samples, "sample")) of sweeps new")
    }
    for summary in try access.attempt({ try target.sweeps() }).reversed()
    where !summary.isComplete {
      guard summary.donePoints == summary.pointCount else {
        console.note(
          "note: sweep '\(summary.name)' has \(summary.donePoints) of \(summary.pointCount) points")
        continue
      }
      var sweep = try access.attempt { try target.loadSweep(id: summary.id) }
      sweep.isComplete = true
      let filled = SweepAnalysis.filled(sweep)
      try access.attempt { try target.finishSweep(filled, id: summary.id) }
      console.print(
        "sweep \(summary.id), \(filled.name): complete, all \(filled.pointCount) points")
    }
    try access.attempt { try target.close() }
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
