import GantryExperiments
import GantryModel
import GantryStore

/// Stores samples as they come, several in a transaction, and shows how far a sweep is.
final class SampleKeeper {
  /// A transaction is made at least so often: this much may be lost by a kill.
  private static let longestWait = Duration.milliseconds(100)
  /// And for so many samples.
  private static let mostSamples = 2000

  private let store: Store?
  private let console = Console()
  private let clock = ContinuousClock()
  private var pending: [Store.SampleBatch] = []
  private var pendingSamples = 0
  private var lastCommit: ContinuousClock.Instant
  private var started: ContinuousClock.Instant?
  private var lastShown: ContinuousClock.Instant?
  /// Simulations of blocks that are done.
  private var before = 0
  private var current = SweepRunner.Progress(done: 0, wanted: 0)
  private let expected: Int

  /// Simulations made in this process.
  var made: Int { before + current.done }

  /// `points` is how many simulations are expected in all.
  init(store: Store?, points expected: Int) {
    self.store = store
    self.expected = expected
    lastCommit = clock.now
  }

  /// Takes what was just simulated.
  func keep(
    _ batch: SweepRunner.Batch, of design: String, _ progress: SweepRunner.Progress
  ) throws {
    current = progress
    if started == nil { started = clock.now }
    show()
    guard store != nil else { return }
    pending.append(.init(designHash: design, samples: batch.samples))
    pendingSamples += batch.samples.count
    if pendingSamples >= Self.mostSamples || clock.now - lastCommit >= Self.longestWait {
      try commit()
    }
  }

  /// Stores what is waiting, in one transaction.
  func commit() throws {
    lastCommit = clock.now
    guard let store, !pending.isEmpty else { return }
    do {
      try StoreAccess().attempt { try store.add(pending) }
    } catch {
      end()
      console.note("help: what was stored before stays; the same command goes on from there")
      throw error
    }
    pending = []
    pendingSamples = 0
  }

  /// Stores what is left of a block.
  func endBlock() throws {
    before += current.done
    current = SweepRunner.Progress(done: 0, wanted: 0)
    try commit()
  }

  /// Clears the line of the progress, and says how many of all simulations the store had.
  func end(of all: Int) {
    end()
    guard all > made else { return }
    console.note("note: \(all - made) of \(all) simulations were in the store")
  }

  /// Clears the line of the progress.
  func end() { console.progress("") }

  private func show() {
    guard console.isErrorTerminal, let started else { return }
    let now = clock.now
    if let lastShown, now - lastShown < .milliseconds(200) { return }
    lastShown = now
    let seconds = max(1e-3, (now - started) / .seconds(1))
    let rate = Double(made) / seconds
    let left = max(before + current.wanted, expected) - made
    let rest = Int((Double(max(0, left)) / max(rate, 1e-9)).rounded(.up))
    console.progress(
      "\(made) simulations, \(Int(rate.rounded())) a second, about \(rest / 60)m"
        + "\(rest % 60 < 10 ? "0" : "")\(rest % 60)s left")
  }
}
