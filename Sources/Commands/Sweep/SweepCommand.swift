import ArgumentParser
import Foundation
import GantryExperiments
import GantryModel
import GantryReport

/// `gantry sweep`.
struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Simulates many variants of a scenario and says which differ, and by how much.",
    discussion: """
      Axes come from 'axes:' in the scenario and from --vary; they multiply. Every point is \
      simulated with the same random numbers, so that differences are no luck. Points that the store \
      has are not simulated again; a sweep that was interrupted goes on when it is started again.

      Values are separated by commas; 1..6 and 1..9:2 are ranges; arm64:2xlarge stands for all types \
      of that architecture and size that the region sells; scenario=layouts/* tries whole scenarios.
      """)

  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, csv, json
  }

  @Argument(
    help: ArgumentHelp(
      "A scenario, or manifests; several scenarios are an axis. Default: this folder.",
      valueName: "path"))
  var paths: [String] = []

  @OptionGroup(title: "Axes") var grid: GridArguments
  @OptionGroup(title: "Replications") var replication: ReplicationArguments
  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  @Option(
    help: ArgumentHelp(
      "The point that others are compared with: its number or its values; default: the first.",
      valueName: "point"))
  var baseline: String?

  @Option(help: "A name for the sweep, to compare its points by.", transform: Label.read)
  var label: Label?

  @OptionGroup var seed: SeedOption
  @OptionGroup var threads: ThreadOption

  @Option(help: "Form of the output: text, csv or json.")
  var format: Format = .text

  @Flag(help: "Keep nothing in the store.")
  var noStore = false

  @Option(
    help: ArgumentHelp(
      "Simulates one part of the points, such as 2/3, or with auto the one that Kubernetes, Slurm or "
        + "AWS Batch says; 'gantry merge' joins the stores.",
      valueName: "part/parts"), transform: ShardArgument.read)
  var shard: ShardArgument?

  @Option(
    help: ArgumentHelp(
      "A folder that gets a copy of the store in the end, also when interrupted; what earlier "
        + "attempts left there is taken in first. Needs --shard.", valueName: "folder"))
  var publish: String?

  mutating func validate() throws {
    if shard != nil, noStore { throw ValidationError("A shard without a store is lost.") }
    if publish != nil, shard == nil { throw ValidationError("--publish needs --shard.") }
  }

  mutating func run() async throws {
    Interruption.watchToFinish()
    let environment = ProcessInfo.processInfo.environment
    let part = try shard?.shard(environment)
    let publication = try publication(of: part, environment)
    try publication?.takeIn(to: storeOptions.path)
    do {
      try await sweep(part)
    } catch {
      // What is there may be all that this attempt leaves.
      if Interruption.isRequested { try publication?.publish(storeOptions.path) }
      throw error
    }
    try publication?.publish(storeOptions.path)
  }

  private func publication(
    of part: Shard?, _ environment: [String: String]
  ) throws -> Publication? {
    guard let publish, let part else { return nil }
    let task = shard == .auto ? try ArrayTask(environment) : nil
    let attempt = task?.attempt ?? environment["GANTRY_ATTEMPT"] ?? "1"
    return Publication(folder: publish, shard: part, attempt: attempt)
  }

  private func sweep(_ part: Shard?) async throws {
    let console = Console()
    let catalog = try Catalogs.open()
    let setUp = try SweepSetUp(
      loader: InputLoader(options: seed.added(to: input), catalog: catalog), arguments: grid,
      baseline: baseline, colour: output.color
    ).read(paths) { replication.plan(written: $0) }
    let session = SweepSession(
      setUp: setUp, label: label?.text, catalog: catalog,
      threads: threads.count, colour: output.color,
      storePath: noStore ? nil : storeOptions.path, shard: part)
    let sweep = try await session.run()
    guard sweep.isComplete else {
      console.note(
        "stored \(sweep.points.count) of \(sweep.pointCount) points in \(storeOptions.path)\n"
          + "help: 'gantry merge' joins the stores of all shards")
      return
    }
    show(sweep, console)
    let isEmptied = sweep.points.map { $0.estimates.caveats.contains(.noRuns) }
    if !isEmptied.contains(false) { throw ExitCode.badInput }
    let hasResult = zip(sweep.points, isEmptied).contains { point, isEmptied in
      point.estimates.standing != .unusable && !isEmptied
    }
    if !hasResult { throw ExitCode.unavailable }
  }

  private func show(_ sweep: SweepRecord, _ console: Console) {
    switch format {
    case .text: console.print(SweepReport(output.report(console)).render(sweep))
    case .json: console.print(SweepReport().renderJSON(sweep))
    case .csv: console.print(SweepReport().renderCSV(sweep))
    }
  }
}
