import ArgumentParser
import Foundation
import GantryCloud
import GantryExperiments
import GantryModel
import GantryStore

/// Simulates the points of a sweep, block by block, and keeps what comes out as it comes.
struct SweepSession {
  /// Points that are compiled, checked and simulated before the next ones are compiled.
  private static let block = 1024

  let setUp: SweepSetUp.Points
  let label: String?
  let catalog: Catalog
  let threads: Int
  let colour: Console.Colour
  /// Nil keeps nothing.
  let storePath: String?
  /// The part of the points that is simulated; nil simulates all.
  let shard: Shard?
  private let console = Console()

  /// The whole sweep with its estimates, or those of the shard; leaves with 75 when it was
  /// interrupted.
  func run() async throws -> SweepRecord {
    var sweep = SweepRecord(
      scenario: setUp.scenarioName, label: label, programVersion: programVersion,
      catalogVersion: catalog.version, seed: setUp.seed, plan: setUp.plan,
      axes: setUp.grid.axes.map(\.path.value))
    sweep.createdAt = ISO8601DateFormatter().string(from: Date())
    sweep.pointCount = setUp.points.count
    sweep.command = SweepQuestion.command(ProcessInfo.processInfo.arguments)
    sweep.shards = shard?.parts
    let access = StoreAccess()
    let store = try storePath.map { path in try access.attempt { try Store(path: path) } }
    if let store {
      sweep.id = try access.attempt { try store.openSweep(sweep, hash: hash(of: sweep)) }
    }
    let positions = setUp.points.indices.filter { shard?.contains($0) ?? true }
    let keeper = SampleKeeper(
      store: store, points: positions.count * ReplicationRule(setUp.plan).start)
    let compiler = PointCompiler(setUp)
    var replications: [String: Int] = [:]
    for start in stride(from: 0, to: positions.count, by: Self.block) {
      let part = positions[start..<min(start + Self.block, positions.count)]
      try leaveIfInterrupted(keeper)
      let compiled = await compiler.compile(part, of: setUp.points, threads: threads)
      try leaveIfInterrupted(keeper)
      try setUp.refuse(compiled, colour: colour)
      setUp.warn(of: compiled.map(\.point))
      if let store, let id = sweep.id {
        try access.attempt { try store.add(compiled.map(\.point), toSweep: id) }
      }
      let points = try await simulate(compiled, store, keeper)
      for point in points { replications[point.designHash] = point.replications }
      sweep.points += points
    }
    keeper.end(of: replications.values.reduce(0, +))
    return try finish(sweep, store)
  }

  /// The estimates, stored where all points are there; other shards may be in the store already.
  private func finish(_ sweep: SweepRecord, _ store: Store?) throws -> SweepRecord {
    var sweep = sweep
    sweep.isComplete = sweep.points.count == sweep.pointCount
    var filled = sweep.isComplete ? SweepAnalysis.filled(sweep) : sweep
    guard let store, let id = sweep.id else { return filled }
    let access = StoreAccess()
    if filled.isComplete {
      try access.attempt { try store.finishSweep(filled, id: id) }
    } else {
      try access.attempt { try store.finishPoints(sweep.points, ofSweep: id) }
      let missing = try access.attempt { try store.missingPoints(ofSweep: id) }
      if missing.isEmpty { filled = try SweepCompletion(store: store).complete(id) }
    }
    try access.attempt { try store.close() }
    return filled
  }

  private func leaveIfInterrupted(_ keeper: SampleKeeper) throws {
    guard Interruption.isRequested else { return }
    keeper.end()
    console.note(interruptionNote(keeper))
    throw storePath == nil ? ExitCode.interrupted : ExitCode.tryAgain
  }

  /// The samples of a block's points put into them; points of one design share theirs.
  private func simulate(
    _ compiled: [PointCompiler.Result], _ store: Store?, _ keeper: SampleKeeper
  ) async throws -> [SweepPoint] {
    let hashes = compiled.map(\.point.designHash)
    let known = try store.map { store in
      try StoreAccess().attempt { try store.samples(ofDesigns: hashes) }
    }
    var jobs: [SweepRunner.Job] = []
    var jobOf: [String: Int] = [:]
    var designs: [String] = []
    for result in compiled {
      guard let simulator = result.simulator, jobOf[result.point.designHash] == nil else {
        continue
      }
      jobOf[result.point.designHash] = jobs.count
      designs.append(result.point.designHash)
      jobs.append(.init(simulator, known: known?[result.point.designHash] ?? []))
    }
    let samples = try await SweepRunner(setUp.plan, threads: threads).run(jobs) {
      try keeper.keep($0, of: designs[$0.job], $1)
      return !Interruption.isRequested
    }
    try keeper.endBlock()
    guard let samples else {
      try leaveIfInterrupted(keeper)
      preconditionFailure("a sweep stopped that nobody interrupted")
    }
    return compiled.map { result in
      var point = result.point
      point.samples = jobOf[point.designHash].map { samples[$0] } ?? []
      if SweepAnalysis.hasNoRuns(point.samples) {
        point.lastCreations = result.simulator?.lastCreations(of: 0..<point.replications)
      }
      return point
    }
  }

  private func interruptionNote(_ keeper: SampleKeeper) -> String {
    storePath == nil
      ? "interrupted: nothing was kept, because of --no-store"
      : "interrupted after \(keeper.made) simulations, all of which are stored\n"
        + "help: the same command goes on from there"
  }

  /// What makes a sweep the same one: the question, not what is stored of it.
  private func hash(of sweep: SweepRecord) -> String {
    let plan = sweep.plan
    let axes = setUp.grid.axes.flatMap { axis in
      [axis.path.value, "\(axis.values.count)"] + axis.values.map(\.value)
    }
    let numbers = setUp.points.map { $0.map(String.init).joined(separator: ",") }
    return RecordInputs.hash(
      [
        sweep.scenario, sweep.label ?? "", sweep.label == nil ? "no label" : "label",
        plan.measure.rawValue, "\(plan.replications)", "\(plan.precision ?? 0)",
        "\(plan.mostReplications)", plan.warmUp.text, "\(plan.baseline)", "\(sweep.seed)",
      ] + setUp.baseHashes + axes + [numbers.joined(separator: ";")])
  }
}
