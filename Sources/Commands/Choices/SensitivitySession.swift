import ArgumentParser
import GantryCloud
import GantryCompiler
import GantryExperiments
import GantryModel

/// Finds the figures of one or two choices, varies them one by one, and says what came of it.
struct SensitivitySession {
  let loader: InputLoader
  let arguments: ChoiceArguments
  let leastShare: Double
  let colour: Console.Colour
  private let sampler: VariantSampler
  private let console = Console()

  /// `storePath` is nil where nothing is kept.
  init(
    loader: InputLoader, arguments: ChoiceArguments, leastShare: Double, colour: Console.Colour,
    storePath: String?
  ) throws {
    self.loader = loader
    self.arguments = arguments
    self.leastShare = leastShare
    self.colour = colour
    sampler = try VariantSampler(storePath: storePath, threads: arguments.threads.count)
  }

  /// A choice with its figures by id.
  private struct Side {
    var compiler: ChoiceCompiler
    var compiled: ChoiceCompiler.Compiled
    var factors: [String: FoundFactor]
  }

  /// Simulates everything; leaves with 64 or 65 when something is wrong, with 75 when interrupted.
  func run(
    _ base: Choice, against other: Choice?, _ texts: SourceTexts
  ) async throws -> SensitivityRecord {
    let compilers = [base, other].compactMap { $0 }.map {
      ChoiceCompiler(loader: loader, choice: $0, colour: colour)
    }
    let compiled = try compilers.map { try $0.base(texts) }
    let first = compiled[0]
    let seed = first.compilation.plan.seed
    let judgement = try arguments.judgement(
      perDay: WorkloadRate.perDay(first.compilation.plan))
    let plan = arguments.plan(
      written: first.input.compiler.scenario.replications?.value, judgement)
    let ranges = FactorRanges(first.input.compiler.scenario)
    let sides = try zip(compilers, compiled).map { compiler, compiled in
      try side(compiler, compiled, ranges, judgement)
    }
    let (varied, left) = chosen(sides)
    let samples = try await simulate(varied, sides, plan, seed)
    var record = SensitivityRecord(
      scenario: first.name,
      against: other?.name, programVersion: programVersion,
      catalogVersion: loader.catalog.version, seed: seed, replications: plan.replications,
      judgement: judgement, leastShare: leastShare, ranges: ranges.assumptions,
      base: SensitivityAnalysis.figures(samples.base.samples[0], judgement),
      other: samples.base.samples.count > 1
        ? SensitivityAnalysis.figures(samples.base.samples[1], judgement) : nil,
      difference: SensitivityAnalysis.difference(samples.base, judgement))
    record.effects = SensitivityAnalysis.effects(samples.ends, base: samples.base, judgement)
    record.leftOut = (left + samples.impossible.map { LeftOutFactor($0, .impossible) })
      .sorted { $0.id < $1.id }
    return record
  }

  private func side(
    _ compiler: ChoiceCompiler, _ compiled: ChoiceCompiler.Compiled, _ ranges: FactorRanges,
    _ judgement: Judgement
  ) throws -> Side {
    do {
      let found = try FactorFinder(
        compiled.compilation, catalog: compiled.input.compiler.catalog, ranges: ranges,
        monthlyRuns: judgement.monthlyRuns
      ).found()
      return Side(
        compiler: compiler, compiled: compiled,
        factors: Dictionary(found.map { ($0.factor.id, $0) }, uniquingKeysWith: { a, _ in a }))
    } catch {
      console.note("error: \(error)")
      throw ExitCode.badInput
    }
  }

  // MARK: Factors

  /// The figures to vary, with the larger share of both choices, and those to leave out.
  private func chosen(_ sides: [Side]) -> (varied: [Factor], left: [LeftOutFactor]) {
    var varied: [Factor] = []
    var left: [LeftOutFactor] = []
    for id in Set(sides.flatMap(\.factors.keys)).sorted() {
      let found = sides.compactMap { $0.factors[id]?.factor }
      guard var factor = found.first else { continue }
      factor.pathShare = found.map(\.pathShare).max() ?? 0
      factor.billShare = found.map(\.billShare).max() ?? 0
      if factor.share < leastShare {
        left.append(LeftOutFactor(id, .share))
      } else if found.allSatisfy({ $0.value == 0 || $0.low == $0.high }) {
        left.append(LeftOutFactor(id, .zero))
      } else {
        varied.append(factor)
      }
    }
    return (varied, left)
  }

  // MARK: Simulations

  private struct Samples {
    var base: SensitivityAnalysis.Condition
    var ends: [SensitivityAnalysis.Ends] = []
    var impossible: [String] = []
  }

  /// Every choice as it is, and at both ends of every figure that it has.
  private func simulate(
    _ factors: [Factor], _ sides: [Side], _ plan: SweepPlan, _ seed: UInt64
  ) async throws -> Samples {
    var variants: [ChoiceCompiler.Variant] = []
    // By side: positions of its variants; of a figure that it does not have, those as it is.
    var positions: [[(low: Int?, high: Int?)]] = []
    var bases: [Int] = []
    for side in sides {
      let own = factors.compactMap { side.factors[$0.id] }.filter { $0.factor.value != 0 }
      let changes =
        [change(nil, 1, seed)]
        + own.flatMap { found in
          let factor = found.factor
          return [factor.low, factor.high].map { change(found, $0 / factor.value, seed) }
        }
      let made = await side.compiler.variants(changes, plan, threads: arguments.threads.count)
      try sampler.leaveIfInterrupted()
      guard let base = made[0] else { throw ExitCode.badInput }
      let basePosition = variants.count
      bases.append(basePosition)
      variants.append(base)
      var known: [String: (low: Int?, high: Int?)] = [:]
      for (index, found) in own.enumerated() {
        func position(_ variant: ChoiceCompiler.Variant?) -> Int? {
          guard let variant else { return nil }
          variants.append(variant)
          return variants.count - 1
        }
        known[found.factor.id] = (position(made[1 + 2 * index]), position(made[2 + 2 * index]))
      }
      positions.append(factors.map { known[$0.id] ?? (basePosition, basePosition) })
    }
    let samples = try await sampler.samples(of: variants, plan)
    try sampler.end()
    var all = Samples(base: .init(bases.map { samples[$0] }))
    for (index, factor) in factors.enumerated() {
      let low = positions.compactMap { $0[index].low }
      let high = positions.compactMap { $0[index].high }
      guard low.count == sides.count, high.count == sides.count else {
        all.impossible.append(factor.id)
        continue
      }
      all.ends.append(
        .init(
          factor, low: .init(low.map { samples[$0] }), high: .init(high.map { samples[$0] })))
    }
    return all
  }

  /// A figure set to a multiple of its value, with the seed that all choices share.
  private func change(
    _ found: FoundFactor?, _ multiple: Double, _ seed: UInt64
  ) -> ChoiceCompiler.Change {
    guard let found else { return ChoiceCompiler.Change(seed: seed) }
    let factor = found.factor
    return ChoiceCompiler.Change(
      seed: seed, mark: "\(factor.id) \(multiple) times \(factor.value)",
      input: { found.change.apply(multiple, of: factor.value, to: &$0) },
      compilation: { found.change.apply(multiple, of: factor.value, to: &$0) })
  }
}
