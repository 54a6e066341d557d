import ArgumentParser
import GantryCloud
import GantryExperiments
import GantryModel
import GantryStore

/// Looks for the cheapest point that keeps goals, and keeps every sample that this takes.
final class PlanSession {
  /// Simulators of more points than these are made when they are needed.
  private static let mostSimulators = 1024

  private let setUp: SweepSetUp.Points
  private let catalog: Catalog
  private let threads: Int
  private let colour: Console.Colour
  private let store: Store?
  private let goals: [ServiceGoal]
  private let confidence: Double
  private let console = Console()
  private var keeper: SampleKeeper
  private var simulators: [Int: PointSimulator] = [:]
  /// By design: the samples that are known.
  private var known: [String: [PointSample]] = [:]

  /// `storePath` is nil where nothing is kept.
  init(
    setUp: SweepSetUp.Points, goals: [ServiceGoal], confidence: Double, catalog: Catalog,
    threads: Int, colour: Console.Colour, storePath: String?
  ) throws {
    self.setUp = setUp
    self.goals = goals
    self.confidence = confidence
    self.catalog = catalog
    self.threads = threads
    self.colour = colour
    let store = try storePath.map { path in try StoreAccess().attempt { try Store(path: path) } }
    self.store = store
    keeper = SampleKeeper(store: store, points: 0)
  }

  /// The choice; leaves with 65 for points that cannot be compiled, with 75 when interrupted.
  func run() async throws -> ChoiceRecord {
    let entries = try await compile()
    let record = ChoiceRecord(
      scenario: setUp.scenarioName, programVersion: programVersion,
      catalogVersion: catalog.version, seed: setUp.seed, axes: setUp.grid.axes.map(\.path.value),
      plan: setUp.plan, goals: goals, confidence: confidence)
    let race = ChoiceRace(goals, confidence: confidence, plan: setUp.plan)
    let found = try await race.run(entries, into: record) { entry, replications in
      try await self.samples(of: entries[entry].point, replications)
    }
    guard var found else { throw interrupted() }
    keeper.end(of: found.simulations)
    for index in found.candidates.indices where found.candidates[index].fault == .noRuns {
      let point = found.candidates[index].point
      found.candidates[index].point.lastCreations = try await simulator(of: point)
        .lastCreations(of: 0..<point.replications)
    }
    if let store { try StoreAccess().attempt { try store.close() } }
    return found
  }

  // MARK: Points

  /// Every point with what a month of it costs before anything runs.
  private func compile() async throws -> [ChoiceRace.Entry] {
    let compiler = PointCompiler(setUp)
    let all = setUp.points.indices
    var entries: [ChoiceRace.Entry] = []
    for start in stride(from: 0, to: all.count, by: Self.mostSimulators) {
      let part = Array(all)[start..<min(start + Self.mostSimulators, all.count)]
      let compiled = await compiler.compile(part, of: setUp.points, threads: threads)
      if Interruption.isRequested { throw interrupted() }
      try setUp.refuse(compiled, colour: colour)
      setUp.warn(of: compiled.map(\.point))
      for result in compiled {
        guard let simulator = result.simulator else { continue }
        entries.append(.init(result.point, standingUSD: simulator.standingMonthlyUSD))
        if all.count <= Self.mostSimulators { simulators[result.point.position] = simulator }
      }
    }
    return entries
  }

  private func simulator(of point: SweepPoint) async throws -> PointSimulator {
    if let made = simulators[point.position] { return made }
    let compiled = await PointCompiler(setUp).compile(
      [point.position], of: setUp.points, threads: 1)
    guard let simulator = compiled.first?.simulator else { throw interrupted() }
    return simulator
  }

  // MARK: Samples

  /// The samples of a point's first replications; nil when Ctrl-C was pressed.
  private func samples(of point: SweepPoint, _ replications: Int) async throws -> [PointSample]? {
    guard !Interruption.isRequested else { return nil }
    let design = point.designHash
    let old = try known[design] ?? stored(point)
    var plan = setUp.plan
    plan.replications = replications
    let job = SweepRunner.Job(try await simulator(of: point), known: old)
    let found = try await SweepRunner(plan, threads: threads).run([job]) { batch, progress in
      try keeper.keep(batch, of: design, progress)
      return !Interruption.isRequested
    }
    try keeper.endBlock()
    guard let samples = found?.first else { return nil }
    known[design] = samples + old.filter { $0.replication >= replications }
    return samples
  }

  /// What the store has of a point, which it knows from now on.
  private func stored(_ point: SweepPoint) throws -> [PointSample] {
    guard let store else { return [] }
    return try StoreAccess().attempt {
      try store.addDesigns(of: [point])
      return try store.samples(ofDesigns: [point.designHash])[point.designHash] ?? []
    }
  }

  private func interrupted() -> ExitCode {
    keeper.end()
    guard store != nil else {
      console.note("interrupted: nothing was kept, because of --no-store")
      return .interrupted
    }
    console.note(
      "interrupted after \(keeper.made) simulations, all of which are stored\n"
        + "help: the same command goes on from there")
    return .tryAgain
  }
}
