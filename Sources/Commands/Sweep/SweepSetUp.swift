import ArgumentParser
import Foundation
import GantryCloud
import GantryCompiler
import GantryExperiments
import GantryManifests
import GantryModel

/// Finds out which points a sweep has; shows all mistakes together.
struct SweepSetUp {
  /// More points need a word of the user.
  private static let manyPoints = 1_000_000
  /// Fields that make points incomparable, or that the sweep itself decides.
  private static let noAxes = ["seed", "replications", "axes", "name", "description"]

  let loader: InputLoader
  let arguments: GridArguments
  /// The point that others are compared with, as the user named it; nil for the first.
  var baseline: String?
  let colour: Console.Colour

  /// What a sweep consists of.
  struct Points {
    var loader: InputLoader
    /// The paths of every scenario, in the order of the scenario axis; one entry without such an axis.
    var bases: [[String]]
    var grid: Grid
    /// By axis, the position of each point's value.
    var points: [[Int]]
    var plan: SweepPlan
    var scenarioName: String
    var seed: UInt64
    /// Inputs of every base, for the identity of the sweep.
    var baseHashes: [String]
    var texts: SourceTexts
  }

  /// A scenario as it is without any axis.
  private struct Base {
    var paths: [String]
    var input: LoadedInput
    var region: String
    var scenario: ScenarioFile?
    var seed: UInt64
  }

  /// Reads scenarios and axes; leaves with 64 or 65 when something is wrong.
  ///
  /// `plan` is told the number of replications that the scenario has. What is in `sink` already is
  /// shown together with what is found here; `options` are the texts it points into.
  func read(
    _ paths: [String], sink: DiagnosticSink = DiagnosticSink(),
    options further: [(name: String, texts: [String])] = [],
    plan make: (_ written: Int?) -> SweepPlan
  ) throws -> Points {
    let reader = AxisReader(sink: sink)
    var texts = SourceTexts()
    for (name, options) in [
      ("--vary", arguments.vary), ("--zip", arguments.zip), ("--exclude", arguments.exclude),
      ("--baseline", [baseline].compactMap { $0 }),
    ] + further {
      texts.add(options.joined(separator: "\n"), file: name)
    }
    var axes = AxisReader.scenarios(paths).map { [$0] } ?? []
    axes += reader.axes(of: arguments.vary)
    let bases = try bases(paths, axes, sink, &texts)
    for base in bases { add(reader.axes(of: base.input.compiler.scenario), to: &axes, sink) }
    let region = bases.first?.region ?? ""
    axes = axes.map { reader.instances($0, region: region, catalog: loader.catalog) }
    let grid = Grid(
      axes: axes, zips: located(arguments.zip, "--zip"),
      exclusions: located(arguments.exclude, "--exclude"), sink: sink)
    checkFields(axes, bases, sink)
    let points = grid.flatMap { expand($0, sink) }
    var plan = make(bases.first?.input.compiler.scenario.replications?.value)
    if let grid, let points { plan.baseline = position(grid, points, sink) }
    guard let grid, let points, !sink.hasErrors, let first = bases.first else {
      Console().show(
        Self.distinct(sink.diagnostics), texts: texts, colour: colour)
      throw ExitCode.badInput
    }
    return Points(
      loader: loader, bases: bases.map(\.paths), grid: grid, points: points, plan: plan,
      scenarioName: first.scenario?.name?.value ?? first.input.compiler.name, seed: first.seed,
      baseHashes: bases.compactMap { base in
        base.scenario.map {
          RecordInputs.designHash(
            base.input, scenario: $0, catalogVersion: loader.catalog.version, plan: plan)
        }
      }, texts: texts)
  }

  private func located(_ options: [String], _ name: String) -> [Located<String>] {
    options.enumerated().map {
      Located($1, at: SourceLocation(file: name, line: $0 + 1, column: 1))
    }
  }

  // MARK: Scenarios

  /// Every scenario, read and compiled once; their findings go to the sink.
  private func bases(
    _ paths: [String], _ axes: [GridAxis], _ sink: DiagnosticSink, _ texts: inout SourceTexts
  ) throws -> [Base] {
    let scenarios = axes.first { $0.path.value == GridAxis.scenario }?.values.map(\.value)
    let groups = scenarios.map { $0.map { [$0] } } ?? [paths.isEmpty ? ["."] : paths]
    return try groups.map { group in
      let input: LoadedInput
      do {
        input = try loader.load(group)
      } catch let error as InputReadError {
        for failure in error.failures {
          Console().note("error: \(failure.path): \(failure.reason)")
        }
        throw ExitCode.ioError
      }
      let compilation = InputChecks(input: input).compile()
      input.sink.diagnostics.filter { $0.severity != .note }.forEach(sink.add)
      texts.merge(input.allTexts)
      return Base(
        paths: group, input: input, region: compilation?.region ?? "eu-west-3",
        scenario: compilation?.scenario, seed: compilation?.plan.seed ?? 1)
    }
  }

  // MARK: Axes

  /// Adds the axes of a scenario file that no option replaces; scenarios may repeat each other's.
  private func add(_ found: [GridAxis], to axes: inout [GridAxis], _ sink: DiagnosticSink) {
    for axis in found {
      guard let known = axes.first(where: { $0.path.value == axis.path.value }) else {
        axes.append(axis)
        continue
      }
      let isReplaced = known.path.location.file == "--vary"
      if !isReplaced, known.values.map(\.value) != axis.values.map(\.value) {
        sink.error(
          "E0091", "the axis '\(axis.path.value)' has other values in another scenario",
          at: axis.path.location, notes: [.init("the other is here", at: known.path.location)])
      }
    }
  }

  /// Reads every scenario with each value alone: mistakes in paths and values, all of them.
  private func checkFields(_ axes: [GridAxis], _ bases: [Base], _ sink: DiagnosticSink) {
    for axis in axes where axis.path.value != GridAxis.scenario {
      guard !Self.noAxes.contains(axis.path.value) else {
        sink.error(
          "E0093", "'\(axis.path.value)' cannot be an axis", at: axis.path.location,
          suggestion: axis.path.value == "seed"
            ? "--replications repeats each point with other random numbers" : nil)
        continue
      }
      if loader.options.settings.contains(where: { $0.hasPrefix(axis.path.value + "=") }) {
        sink.error(
          "E0091", "'\(axis.path.value)' is an axis, and --set gives it one value",
          at: axis.path.location)
        continue
      }
      for base in bases {
        let path = InputLoader.scenarioFile(at: base.paths[0])
        for value in axis.values {
          let own = DiagnosticSink()
          _ = try? ScenarioFileReader.read(
            path: base.paths.count == 1 ? path : nil, settings: loader.options.settings,
            further: [PointCompiler.setting(axis, value)], sink: own)
          own.diagnostics.filter { $0.severity == .error }.forEach(sink.add)
        }
      }
    }
  }

  // MARK: Points

  private func expand(_ grid: Grid, _ sink: DiagnosticSink) -> [[Int]]? {
    guard !grid.axes.isEmpty else {
      // An axis that cannot be read is no missing one.
      if !arguments.vary.isEmpty, sink.hasErrors { return nil }
      sink.error(
        "E0092", "there is nothing to vary", at: nil,
        suggestion: "give --vary nodes.arm64.count=1..4, or axes: in the scenario")
      return nil
    }
    guard let product = grid.product, product <= Self.manyPoints || arguments.yes else {
      let count = grid.product.map { "\($0)" } ?? "more than \(Int.max)"
      sink.error(
        "E0096", "the axes make \(count) points, more than \(Self.manyPoints)", at: nil,
        suggestion: "--yes simulates them all the same; --zip walks axes together")
      return nil
    }
    let points = grid.points()
    if points.isEmpty {
      sink.error(
        "E0092", "no point is left: --exclude leaves out all of them",
        at: SourceLocation(file: "--exclude", line: 1, column: 1))
    }
    return points
  }

  private func position(_ grid: Grid, _ points: [[Int]], _ sink: DiagnosticSink) -> Int {
    guard let text = baseline else { return 0 }
    let place = SourceLocation(file: "--baseline", line: 1, column: 1)
    if let number = Int(text) {
      if points.indices.contains(number - 1) { return number - 1 }
      sink.error(
        "E0095", "there is no point \(number); points are 1 to \(points.count)", at: place)
      return 0
    }
    return grid.position(matching: Located(text, at: place), in: points, sink: sink) ?? 0
  }

  /// Findings without repetitions: every value of an axis meets the same mistake in its path.
  static func distinct(_ findings: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<String> = []
    return findings.filter { finding in
      let place = finding.location.map { "\($0.file):\($0.line):\($0.column)" } ?? ""
      return seen.insert("\(finding.code) \(place) \(finding.message)").inserted
    }
  }
}

extension SweepSetUp.Points {
  /// Leaves when points cannot be compiled, with the mistakes of all of them.
  func refuse(_ compiled: [PointCompiler.Result], colour: Console.Colour) throws {
    let failed = compiled.filter { $0.simulator == nil }
    guard let first = failed.first else { return }
    let console = Console()
    console.show(
      SweepSetUp.distinct(failed.flatMap(\.findings)), texts: texts, colour: colour)
    let settings = zip(grid.axes, first.point.values).map { "\($0.path.value)=\($1)" }
    console.note(
      "error: \(failed.count) of \(points.count) points cannot be simulated, the first is "
        + "\(settings.joined(separator: ","))\nhelp: --exclude leaves points out")
    throw ExitCode.badInput
  }

  /// Says before anything is simulated which points are offered more than they can do.
  func warn(of points: [SweepPoint]) {
    let overloaded = points.filter(\.isOverloaded)
    guard !overloaded.isEmpty else { return }
    let console = Console()
    let all = overloaded.count == 1 ? "1 point is" : "\(overloaded.count) points are"
    console.note(
      "warning: \(all) offered more work than can be done: their queues grow as long as runs come in"
    )
    for point in overloaded.prefix(5) {
      let worst = point.loads.first.map {
        "\($0.resource) \(Int(($0.share * 100).rounded())) % busy"
      }
      let settings = zip(grid.axes, point.values).map { "\($0.path.value)=\($1)" }
      console.note(
        "  point \(point.position + 1), \(settings.joined(separator: ",")): \(worst ?? "")")
    }
    if overloaded.count > 5 { console.note("  and \(overloaded.count - 5) more") }
  }
}
