import ArgumentParser
import GantryExperiments
import GantryModel
import GantryStore

/// Simulates variants of choices, and keeps every sample that this takes.
final class VariantSampler {
  private let threads: Int
  private let store: Store?
  private let keeper: SampleKeeper
  private let console = Console()
  /// By design: the replications that were asked for.
  private var asked: [String: Int] = [:]

  /// `storePath` is nil where nothing is kept.
  init(storePath: String?, threads: Int) throws {
    self.threads = threads
    let store = try storePath.map { path in try StoreAccess().attempt { try Store(path: path) } }
    self.store = store
    keeper = SampleKeeper(store: store, points: 0)
  }

  /// The samples of each variant, simulated where the store has none; leaves with 75 when Ctrl-C was
  /// pressed, after what was under way is stored.
  func samples(
    of variants: [ChoiceCompiler.Variant], _ plan: SweepPlan
  ) async throws -> [[PointSample]] {
    let known = try stored(variants)
    var jobs: [SweepRunner.Job] = []
    var designs: [String] = []
    var jobOf: [String: Int] = [:]
    for variant in variants where jobOf[variant.point.designHash] == nil {
      let design = variant.point.designHash
      jobOf[design] = jobs.count
      designs.append(design)
      asked[design] = plan.replications
      jobs.append(.init(variant.simulator, known: known[design] ?? []))
    }
    let found = try await SweepRunner(plan, threads: threads).run(jobs) { batch, progress in
      try keeper.keep(batch, of: designs[batch.job], progress)
      return !Interruption.isRequested
    }
    try keeper.endBlock()
    guard let found else {
      try leaveIfInterrupted()
      preconditionFailure("simulations stopped that nobody interrupted")
    }
    return variants.map { variant in jobOf[variant.point.designHash].map { found[$0] } ?? [] }
  }

  /// What the store has of the variants, which it knows from now on.
  private func stored(_ variants: [ChoiceCompiler.Variant]) throws -> [String: [PointSample]] {
    guard let store else { return [:] }
    return try StoreAccess().attempt {
      try store.addDesigns(of: variants.map(\.point))
      return try store.samples(ofDesigns: variants.map(\.point.designHash))
    }
  }

  /// Says how many simulations the store had, and closes it.
  func end() throws {
    keeper.end(of: asked.values.reduce(0, +))
    if let store { try StoreAccess().attempt { try store.close() } }
  }

  /// Leaves when Ctrl-C was pressed, and says how to go on.
  func leaveIfInterrupted() throws {
    guard Interruption.isRequested else { return }
    keeper.end()
    guard store != nil else {
      console.note("interrupted: nothing was kept, because of --no-store")
      throw ExitCode.interrupted
    }
    console.note(
      "interrupted after \(keeper.made) simulations, all of which are stored\n"
        + "help: the same command goes on from there")
    throw ExitCode.tryAgain
  }
}
