import ArgumentParser
import GantryCloud
import GantryCompiler
import GantryExperiments
import GantryModel

/// Simulates two choices at as many values of an axis as it takes to find where one beats the other.
struct BreakevenSession {
  let loader: InputLoader
  let arguments: ChoiceArguments
  let colour: Console.Colour
  private let sampler: VariantSampler
  private let console = Console()

  /// `storePath` is nil where nothing is kept.
  init(
    loader: InputLoader, arguments: ChoiceArguments, colour: Console.Colour, storePath: String?
  ) throws {
    self.loader = loader
    self.arguments = arguments
    self.colour = colour
    sampler = try VariantSampler(storePath: storePath, threads: arguments.threads.count)
  }

  /// Everything that stays the same from value to value.
  private struct Setting {
    var axis: BreakevenAxis
    var compilers: [ChoiceCompiler]
    var seed: UInt64
    var judgement: Judgement
    var written: Int?
  }

  /// The record; leaves with 64 or 65 when something is wrong, with 75 when interrupted.
  func run(
    _ a: Choice, _ b: Choice, over text: String, _ texts: SourceTexts
  ) async throws -> BreakevenRecord {
    var texts = texts
    texts.add(text, file: BreakevenAxisReader.option)
    let sink = DiagnosticSink()
    let reader = BreakevenAxisReader()
    guard var axis = reader.axis(text, sink: sink) else { throw failure(sink, texts) }
    let compilers = [a, b].map { ChoiceCompiler(loader: loader, choice: $0, colour: colour) }
    for choice in [a, b] { axis.isWhole = whole(axis, choice, sink) || axis.isWhole }
    guard !sink.hasErrors else { throw failure(sink, texts) }
    let compiled = try compilers.map { try $0.base(texts) }
    let first = compiled[0]
    let daily = WorkloadRate.perDay(first.compilation.plan)
    let judgement = try arguments.judgement(
      perDay: axis.path == WorkloadRate.path ? axis.low : daily)
    let setting = Setting(
      axis: axis, compilers: compilers, seed: first.compilation.plan.seed, judgement: judgement,
      written: first.input.compiler.scenario.replications?.value)
    var record = BreakevenRecord(
      scenario: first.name, a: a.name ?? first.name, b: b.name ?? compiled[1].name,
      programVersion: programVersion, catalogVersion: loader.catalog.version,
      seed: setting.seed,
      replications: arguments.plan(written: setting.written, judgement).replications,
      judgement: shown(judgement, axis), axis: axis)
    let points = PointCollector()
    record.crossings = try await CrossingSearch(axis).crossings { values in
      let new = try await self.points(values, setting)
      points.add(new)
      return new.map(\.difference)
    }
    try sampler.end()
    record.points = points.all
    return record
  }

  private func failure(_ sink: DiagnosticSink, _ texts: SourceTexts) -> ExitCode {
    console.show(SweepSetUp.distinct(sink.diagnostics), texts: texts, colour: colour)
    return .badInput
  }

  private func whole(_ axis: BreakevenAxis, _ choice: Choice, _ sink: DiagnosticSink) -> Bool {
    guard case .paths(let paths) = choice.origin else {
      if axis.path != WorkloadRate.path {
        sink.error(
          "E0099",
          "'\(choice.name ?? "")' is a stored result, of which only \(WorkloadRate.path) varies",
          at: SourceLocation(file: BreakevenAxisReader.option, line: 1, column: 1))
      }
      return false
    }
    var own = loader
    own.further += choice.settings
    let path =
      paths.count == 1 || paths.isEmpty
      ? InputLoader.scenarioFile(at: paths.first ?? ".") : nil
    return BreakevenAxisReader().isWhole(axis, path, loader: own, sink: sink)
  }

  /// Along the number of builds no single number is in force.
  private func shown(_ judgement: Judgement, _ axis: BreakevenAxis) -> Judgement {
    var judgement = judgement
    if axis.path == WorkloadRate.path { judgement.monthlyRuns = nil }
    return judgement
  }

  // MARK: Points

  /// Both choices at some values, simulated on all threads together.
  private func points(_ values: [Double], _ setting: Setting) async throws -> [BreakevenPoint] {
    var variants: [ChoiceCompiler.Variant] = []
    var positions: [(value: Int, side: Int)] = []
    var points = values.map { Point(value: $0, judgement: judgement($0, setting)) }
    for (side, compiler) in setting.compilers.enumerated() {
      for (index, value) in values.enumerated() {
        let plan = arguments.plan(written: setting.written, points[index].judgement)
        let variant = try variant(compiler, value, setting, plan)
        points[index].loads[side] = variant.point.loads
        variants.append(variant)
        positions.append((index, side))
      }
    }
    try sampler.leaveIfInterrupted()
    // Number of builds and measure are in the simulators; how often is the same for all.
    let plan = arguments.plan(written: setting.written, setting.judgement)
    let samples = try await sampler.samples(of: variants, plan)
    for (position, own) in zip(positions, samples) {
      points[position.value].samples[position.side] = own
    }
    return points.map(\.result)
  }

  private struct Point {
    var value: Double
    var judgement: Judgement
    var loads: [[SweepPoint.OfferedLoad]] = [[], []]
    var samples: [[PointSample]] = [[], []]

    var result: BreakevenPoint {
      BreakevenAnalysis.point(value, samples: samples, loads: loads, judgement)
    }
  }

  private func judgement(_ value: Double, _ setting: Setting) -> Judgement {
    var judgement = setting.judgement
    if let perDay = perDay(value, setting.axis) {
      judgement.monthlyRuns = perDay * Judgement.daysPerMonth
    }
    return judgement
  }

  /// Builds a day at a value of the axis; nil when the axis is another one.
  private func perDay(_ value: Double, _ axis: BreakevenAxis) -> Double? {
    guard axis.path == WorkloadRate.path else { return nil }
    return RateArgument.days(axis.unit ?? "day").map { value / $0 }
  }

  private func variant(
    _ compiler: ChoiceCompiler, _ value: Double, _ setting: Setting, _ plan: SweepPlan
  ) throws -> ChoiceCompiler.Variant {
    var change = ChoiceCompiler.Change(
      settings: BreakevenAxisReader.setting(setting.axis, value).map { [$0] } ?? [],
      seed: setting.seed)
    if let perDay = perDay(value, setting.axis) {
      change.mark = "\(WorkloadRate.path) \(perDay) a day"
      change.compilation = { $0.plan = WorkloadRate.applied(perDay, to: $0.plan) }
    }
    let result = try compiler.compile(change)
    guard let compiled = result.compiled else {
      console.progress("")
      console.show(result.findings, texts: SourceTexts(), colour: colour)
      console.note(
        "error: \(compiler.choice.name ?? "the scenario") cannot be simulated at \(value)")
      throw ExitCode.badInput
    }
    do {
      return try compiler.variant(compiled, plan)
    } catch {
      console.note("error: \(error)")
      throw ExitCode.badInput
    }
  }
}

/// The points of a search in rising order.
private final class PointCollector {
  private var found: [BreakevenPoint] = []

  var all: [BreakevenPoint] { found.sorted { $0.value < $1.value } }

  func add(_ points: [BreakevenPoint]) { found += points }
}
