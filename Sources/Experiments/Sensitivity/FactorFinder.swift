public import GantryCloud
public import GantryCompiler
import GantryEngine
public import GantryModel

/// A figure with its range and how it is changed.
public struct FoundFactor: Sendable {
  public var factor: Factor
  public var change: FactorChange
}

/// Finds the figures that a choice's results rest on, each with its share of critical paths and bill.
///
/// Shares are those of the first replication.
public struct FactorFinder {
  private let compilation: Compilation
  private let ranges: FactorRanges
  private let record: SimulationRecord
  private let prices: [PriceUse]
  private let unitsUSD: Double

  /// Plays the choice out once.
  /// - Throws: `CatalogError` for a price that is not known.
  public init(
    _ compilation: Compilation, catalog: Catalog, ranges: FactorRanges, monthlyRuns: Double?
  ) throws(CatalogError) {
    self.compilation = compilation
    self.ranges = ranges
    let pricing = try Pricing(
      plan: compilation.plan, services: compilation.services, region: compilation.region,
      catalog: catalog)
    var simulation = Simulation(PreparedPlan(compilation.plan))
    let outcome = simulation.run(replication: 0)
    prices = pricing.prices(of: outcome, monthlyRuns: monthlyRuns)
    let empty = SimulationRecord(
      scenario: "", label: nil, programVersion: "", catalogVersion: "", region: "",
      seed: compilation.plan.seed, replicationCount: 1, inputs: "", inputHash: "",
      clusterOrigin: "")
    record = RecordBuilder(compilation: compilation, pricing: pricing).fill(empty, outcome: outcome)
    unitsUSD = prices.first { $0.path == ServiceFigure.nlbLCU.path }?.monthUSD ?? 0
  }

  /// All figures, by id.
  public func found() -> [FoundFactor] {
    (assumptions + pricesOfBill + speeds + profiles).sorted { $0.factor.id < $1.factor.id }
  }

  private var monthUSD: Double { prices.reduce(0) { $0 + $1.monthUSD } }

  private func billShare(_ usd: Double) -> Double { monthUSD > 0 ? usd / monthUSD : 0 }

  private var assumptions: [FoundFactor] {
    record.assumptions.compactMap { use in
      // Prices are found on the bill, the certain ones too.
      guard !use.assumption.id.hasPrefix("prices.") else { return nil }
      var factor = ranges.factor(use.assumption)
      factor.pathShare = use.criticalPathShare
      guard use.assumption.id == "loadBalancer.units" else {
        return FoundFactor(factor: factor, change: .assumption(use.assumption.id))
      }
      factor.billShare = billShare(unitsUSD)
      return FoundFactor(factor: factor, change: .balancerUnits)
    }
  }

  private var pricesOfBill: [FoundFactor] {
    prices.map { use in
      let provenance = use.figure.provenance
      var factor = ranges.factor(
        "prices." + use.path, use.text, use.figure.value, use.figure.unit,
        provenance.confidence == .low ? .guess : .published, provenance.description)
      factor.billShare = billShare(use.monthUSD)
      return FoundFactor(factor: factor, change: .price(use.path))
    }
  }

  // MARK: Processors and profiles

  /// The critical paths' stretches, each with the TaskRun that it belongs to.
  private var stretches: [(run: RunRecord, stretch: PathRecord, seconds: Double)] {
    record.runs.flatMap { run in
      run.criticalPath.map { ($0.segment.endSeconds - $0.segment.startSeconds, $0) }
        .map { (run, $1, $0) }
    }
  }

  private func share(where isMeant: (RunRecord, PathRecord) -> Bool) -> Double {
    let all = stretches
    let total = all.reduce(0) { $0 + $1.seconds }
    let meant = all.filter { isMeant($0.run, $0.stretch) }.reduce(0) { $0 + $1.seconds }
    return total > 0 ? meant / total : 0
  }

  private var speeds: [FoundFactor] {
    var types: [String] = []
    for node in compilation.plan.nodes where !types.contains(node.instanceType) {
      types.append(node.instanceType)
    }
    return types.compactMap { type in
      guard let node = compilation.plan.nodes.first(where: { $0.instanceType == type }) else {
        return nil
      }
      var factor = ranges.factor(
        "cpu.\(type)", "speed of one thread of \(type), and of all in proportion",
        node.threadSpeed, "reference threads", .published, "processor scores of the catalogue")
      factor.pathShare = share { run, stretch in
        stretch.segment.kind == .cpu
          && run.taskRuns.contains {
            $0.pipelineTask == stretch.pipelineTask && $0.instanceType == type
          }
      }
      return FoundFactor(
        factor: factor,
        change: .speed(type, thread: node.threadSpeed, total: node.totalSpeed))
    }
  }

  private var profiles: [FoundFactor] {
    let all = compilation.scenario.profiles
    let names = all.map(Self.name)
    return all.enumerated().flatMap { position, profile in
      // Several profiles of the same steps are told apart by their number.
      let isAlone = names.count { $0 == names[position] } == 1
      let id = names[position] + (isAlone ? "" : "#\(position + 1)")
      return profile.figures.compactMap { name, figure -> FoundFactor? in
        guard let figure else { return nil }
        var factor = ranges.factor(
          "profiles.\(id).\(name)", "\(name) of \(names[position]), by its profile",
          figure.value.mean,
          name == "duration" || name == "cpuSeconds"
            ? "s" : name == "operations" ? "operations" : "MiB",
          .measured, profile.note ?? "profile of the scenario")
        factor.pathShare = share { _, stretch in
          stretch.segment.label.hasPrefix(Self.profileLabel)
            && (stretch.pipelineTask == profile.task.value
              || taskNames(of: stretch.pipelineTask).contains(profile.task.value))
        }
        return FoundFactor(factor: factor, change: .profile(position, figure: name))
      }
    }
  }

  /// The steps that a profile is for.
  private static func name(_ profile: ScenarioFile.StepProfile) -> String {
    [profile.pipeline, profile.task, profile.step, profile.architecture].compactMap { $0?.value }
      .joined(separator: ".")
  }

  /// What the compiler calls the work that a profile gives.
  private static let profileLabel = "as the profile says"

  /// The tasks that pipeline tasks of a name are made of.
  private func taskNames(of pipelineTask: String?) -> Set<String> {
    Set(
      compilation.plan.templates.flatMap(\.tasks).filter { $0.name == pipelineTask }
        .map(\.taskName))
  }
}
