public import GantryCloud
public import GantryCompiler
import GantryEngine
public import GantryModel
import GantryUnits

/// Plays out a compiled point of a sweep and keeps what its statistics need.
public struct PointSimulator: Sendable {
  private let prepared: PreparedPlan
  private let sampler: PointSampler
  /// What a month of the point costs before anything runs, and so at least.
  public let standingMonthlyUSD: Double

  /// Prepares the plan for the engine and looks up its prices.
  /// - Throws: `CatalogError` for a price that is not known.
  public init(
    _ compilation: Compilation, catalog: Catalog, sweep: SweepPlan
  ) throws(CatalogError) {
    prepared = PreparedPlan(compilation.plan)
    let pricing = try Pricing(
      plan: compilation.plan, services: compilation.services, region: compilation.region,
      catalog: catalog)
    standingMonthlyUSD = pricing.standingMonthlyUSD
    sampler = PointSampler(plan: compilation.plan, pricing: pricing, sweep: sweep)
  }

  /// Between which times the last run of each replication is created, in seconds; nil without any.
  public func lastCreations(of replications: Range<Int>) -> ClosedRange<Double>? {
    let last = replications.compactMap { prepared.lastCreation(replication: $0)?.seconds }
    guard let low = last.min(), let high = last.max() else { return nil }
    return low...high
  }

  /// The samples of some replications, in order.
  public func samples(of replications: Range<Int>) -> [PointSample] {
    var simulation = Simulation(prepared, keeping: .times)
    return replications.flatMap { sampler.samples(of: simulation.run(replication: $0)) }
  }
}
