import ArgumentParser
import Foundation
import GantryCalibration
import GantryCloud
import GantryCompiler
import GantryManifests
import GantryModel
import GantryReport

/// `gantry calibrate`.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fits the work of steps to real runs, and shows how well that predicts others.",
    discussion: """
      RUNS are dumps of a cluster: kubectl get pipelineruns,taskruns,pods,nodes -o json. Without pods and \
      nodes the instance types are unknown. A share of the runs is held out of the fit and compared \
      with what it predicts. Leaves with 65, and writes no profile, when the fit is not good enough to \
      trust: a median error per held-out run above 25 %, one in ten off by more than 75 %, fewer than \
      5 complete runs in the fit or 2 held out. --force writes it all the same, with a warning inside. \
      The profile is for --profile of simulate, check and compare, or a scenario's profileFiles.
      """)

  @Argument(
    help: ArgumentHelp("Dumps as JSON or YAML; - for standard input.", valueName: "runs"))
  var runs: [String]

  @Option(
    help: ArgumentHelp(
      "A dump of the nodes, and of pods, if not among RUNS. Repeatable.", valueName: "file"))
  var nodes: [String] = []

  @Option(help: ArgumentHelp("Where the profile goes.", valueName: "file"))
  var out: String?

  @Option(help: "The share of runs that is held out of the fit, from 0 to 0.9.")
  var holdout = 0.3

  @Flag(help: "Write the profile even if the fit is not good enough, with a warning inside.")
  var force = false

  @Option(help: "Form of the output: text or json.")
  var format: OutputFormat = .text

  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func validate() throws {
    guard (0...0.9).contains(holdout) else {
      throw ValidationError("The share held out is from 0 to 0.9.")
    }
    if (runs + nodes).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input can be read once.")
    }
    if force, out == nil { throw ValidationError("--force needs --out.") }
  }

  mutating func run() async throws {
    let console = Console()
    let dump = try read(console)
    let catalog = try Catalogs.open()
    let calibration = Calibration(dump, holdout: holdout) { instance in
      (try? catalog.instance(instance))?.cpu.perThread
    }
    noteOthers(dump, catalog, console)
    warnOfInstances(calibration, console)
    console.print(
      format == .json
        ? JSONReport().render(calibration)
        : CalibrationReport(output.report(console)).render(calibration))
    guard !calibration.observations.taskRuns.isEmpty else {
      console.note("error: no TaskRun of the dump can be used")
      throw ExitCode.badInput
    }
    try write(calibration, console)
  }

  /// Reads all dumps; shows all problems and leaves with 65 when there is an error.
  private func read(_ console: Console) throws -> RunDump {
    let sink = DiagnosticSink()
    let read: (dump: RunDump, texts: SourceTexts)
    do {
      read = try RunDumpReader.read(runs + nodes, sink: sink)
    } catch {
      for failure in error.failures { console.note("error: \(failure.path): \(failure.reason)") }
      throw ExitCode.ioError
    }
    if read.dump.taskRuns.isEmpty, !sink.hasErrors {
      sink.error(
        "E0082", "there is no TaskRun in \(runs.joined(separator: ", "))", at: nil,
        suggestion: "dump them with: kubectl get pipelineruns,taskruns,pods,nodes -o json")
    }
    console.show(sink.diagnostics, texts: read.texts, colour: output.color)
    guard !sink.hasErrors else { throw ExitCode.badInput }
    return read.dump
  }

  /// Says what it means that no instance type is known at all.
  private func warnOfInstances(_ calibration: Calibration, _ console: Console) {
    let known = calibration.observations.taskRuns.count - calibration.withoutInstance
    guard calibration.withoutInstance > 0, known == 0 else { return }
    let sink = DiagnosticSink()
    sink.warning(
      "W0339",
      "the instance type of no TaskRun is known: the durations are taken as they are on every type, "
        + "and do not change with another type or architecture", at: nil,
      suggestion: "add the nodes, and the pods that tell who ran where: "
        + "kubectl get nodes,pods -o json > nodes.json, then --nodes nodes.json")
    console.show(sink.diagnostics, texts: SourceTexts(), colour: output.color)
  }

  private func noteOthers(_ dump: RunDump, _ catalog: Catalog, _ console: Console) {
    if !dump.skipped.isEmpty {
      let kinds = dump.skipped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      console.note("note: skipped objects of other kinds: \(kinds.joined(separator: ", "))")
    }
    if dump.repeated > 0 {
      console.note("note: \(dump.repeated) objects appear more than once; the first ones count")
    }
    let unknown = Set(dump.nodes.compactMap(\.instanceType)).filter {
      (try? catalog.instance($0)) == nil
    }
    if !unknown.isEmpty {
      console.note(
        "note: instance types that the catalogue does not have: "
          + unknown.sorted().joined(separator: ", "))
    }
  }

  private func write(_ calibration: Calibration, _ console: Console) throws {
    let isGood = calibration.verdict.isGood
    guard let out else {
      if !isGood { throw ExitCode.badInput }
      return
    }
    guard isGood || force else {
      console.note(
        "error: the fit is not good enough to trust; \(out) is not written\n"
          + "help: dump more runs, or write it all the same with --force")
      throw ExitCode.badInput
    }
    let place = SourceLocation(file: out, line: 1, column: 1)
    let startup = calibration.typicalOverhead.map {
      StartupFigures.scaled(toMean: $0, at: place)
    }
    let profile = withKnownInstances(calibration.profile(startup: startup ?? []))
    do {
      try ProfileFileReader.render(profile).write(toFile: out, atomically: true, encoding: .utf8)
    } catch {
      console.note("error: \(out): cannot be written: \(error.localizedDescription)")
      throw ExitCode.ioError
    }
    console.note(
      "\(out) holds the work of \(calibration.fits.count) steps"
        + (isGood ? "" : ", with a warning inside"))
  }

  /// The profile without instance types that the catalogue does not have: nothing scales by them.
  private func withKnownInstances(_ profile: ProfileFile) -> ProfileFile {
    guard let catalog = try? Catalogs.open() else { return profile }
    var profile = profile
    for index in profile.profiles.indices {
      guard let instance = profile.profiles[index].instance else { continue }
      if (try? catalog.instance(instance.value)) == nil { profile.profiles[index].instance = nil }
    }
    return profile
  }
}
