public import GantryModel
import GantryUnits

/// The prices of one plan, looked up once; turns outcomes into bills.
///
/// - The bill of the time simulated charges every node for all of it (one minute at least), monthly
///   prices by the share of a 730 h month, and traffic as it happened. NAT gateways and load balancers
///   are charged by the share of the hour too, because the cluster was up before and after.
/// - The bill of a month charges the cluster for 730 h and what the simulated runs used *once*: it does
///   not guess how often they will run. Their claims stay for `ClusterServices.claimRetention`.
/// - The first 100 GB to the internet in a month are free and shown as a line of their own.
/// - A run pays for its bytes, and for what its pods took of the nodes: of each pod the processor time,
///   or the share of the node that its requests keep from others for as long as it is there, whichever
///   is more. A pod that requests and computes nothing takes nothing.
/// - What is left stood idle. It is shared by the time that runs held the cluster: each instant evenly
///   among the runs between creation and end, instants without a run in the same proportion. So the runs
///   add up to the bill.
public struct Pricing: Sendable {
  let plan: Plan
  let services: ClusterServices
  let rates: Rates
  /// A node's rate per hour, in the plan's order.
  let nodeRates: [Figure]
  let volumeRates: [String: VolumeRates]

  /// Looks up every price the plan needs.
  /// - Throws: `CatalogError`, for example `.notOffered` for a type that the region does not sell.
  public init(
    plan: Plan, services: ClusterServices, region: String, catalog: Catalog
  ) throws(CatalogError) {
    self.plan = plan
    self.services = services
    rates = try Rates(catalog: catalog, region: region)
    var nodeRates: [Figure] = []
    var known: [String: Figure] = [:]
    for node in plan.nodes {
      let key = "\(node.instanceType) \(node.region) \(node.isSpot ? node.zone : "")"
      let rate =
        if let rate = known[key] {
          rate
        } else if node.isSpot {
          try catalog.spotPrice(of: node.instanceType, in: node.region, zone: node.zone)
        } else {
          try catalog.price(of: node.instanceType, in: node.region)
        }
      known[key] = rate
      nodeRates.append(rate)
    }
    self.nodeRates = nodeRates
    var volumeRates: [String: VolumeRates] = [:]
    for kind in Pricing.volumeKinds(plan) {
      volumeRates[kind] = try VolumeRates(kind: kind, catalog: catalog, region: region)
    }
    self.volumeRates = volumeRates
  }

  /// The bill of an outcome: for the time simulated, for a month, and per run.
  /// - Complexity: O(nodes × runs + claims).
  public func cost(of outcome: Outcome) -> Cost {
    let charges = charges(outcome, BillingPeriod(seconds: outcome.makespan.seconds, isMonth: false))
    var cost = Cost()
    cost.lines = Charge.lines(charges)
    cost.monthlyLines = Charge.lines(self.charges(outcome, .month))
    // Runs that were summed up pay together.
    if outcome.tally == nil { cost.runs = RunShares(plan: plan, outcome: outcome).split(charges) }
    return cost
  }

  /// The sums of the bill for the time simulated and for a month: what many replications need.
  ///
  /// The month has what was simulated once, or as often as makes `monthlyRuns` of its runs.
  /// - Complexity: O(nodes + claims).
  public func totals(
    of outcome: Outcome, monthlyRuns: Double? = nil
  ) -> (totalUSD: Double, monthlyUSD: Double) {
    func sum(_ period: BillingPeriod) -> Double {
      charges(outcome, period).reduce(0) { $1.quantity > 0 ? $0 + $1.amount : $0 }
    }
    let simulated = BillingPeriod(seconds: outcome.makespan.seconds, isMonth: false)
    return (sum(simulated), sum(month(of: outcome, runs: monthlyRuns)))
  }

  /// A month in which the simulated runs happen once, or as often as makes `runs` of them.
  func month(of outcome: Outcome, runs: Double?) -> BillingPeriod {
    var period = BillingPeriod.month
    if let runs, outcome.runCount > 0 { period.repetitions = runs / Double(outcome.runCount) }
    return period
  }

  /// What a month costs before anything runs: every run adds to it, none takes from it.
  /// - Complexity: O(nodes).
  public var standingMonthlyUSD: Double { totals(of: Outcome()).monthlyUSD }

  /// The uncertain prices that a bill rests on; each is named by the path that overrides it.
  public func assumptions(of outcome: Outcome) -> [Assumption] {
    var seen: Set<String> = []
    var found: [Assumption] = []
    for charge in charges(outcome, .month)
    where charge.quantity > 0 && charge.rate.provenance.confidence == .low {
      let id = "prices." + (charge.rate.path ?? charge.item)
      guard seen.insert(id).inserted else { continue }
      found.append(
        Assumption(
          id: id, text: "the price of \(charge.service) \(charge.item)", value: charge.rate.value,
          unit: charge.rate.unit, confidence: .guess, source: charge.rate.provenance.description))
    }
    if services.loadBalancers > 0, services.unitsPerLoadBalancer > 0 {
      found.append(
        Assumption(
          id: "loadBalancer.units", text: "capacity units each load balancer uses on average",
          value: services.unitsPerLoadBalancer, unit: "LCU", confidence: .guess,
          source: "no measurement known"))
    }
    return found
  }

  func charges(_ outcome: Outcome, _ period: BillingPeriod) -> [Charge] {
    let once =
      nodeCharges(period) + rootVolumeCharges(period) + claimCharges(outcome, period)
      + registryCharges(period) + fileSystemCharges(outcome, period)
      + objectCharges(outcome, period) + loadBalancerCharges(period)
      + networkCharges(outcome, period)
    let repeated = once.map { charge in
      var charge = charge
      if !charge.isFixed { charge.quantity *= period.repetitions ?? 1 }
      return charge
    }
    // Prices of traffic fall in steps, so that it is repeated before it is priced.
    return repeated + egressCharges(outcome, period) + openShiftCharges(period)
  }

  private static func volumeKinds(_ plan: Plan) -> [String] {
    var kinds = Set(plan.nodes.map(\.rootVolume.kind))
    for claim in plan.templates.flatMap(\.claims) {
      if case .block(let volume, _) = claim.backing { kinds.insert(volume.kind) }
    }
    kinds.formUnion(plan.services.compactMap { $0.volume?.kind })
    return kinds.sorted()
  }
}

/// The service prices of a region.
struct Rates {
  let efsStandard, efsOneZone, efsRead, efsWrite, efsProvisioned: Figure
  let efsBaselinePerGiB: Figure
  let s3Storage, s3Writes, s3Reads: Figure
  let natHour, natGB, balancerHour, balancerUnit, address, crossZone: Figure
  let internet: [Figure]
  let rosaWorker, rosaControlPlane: Figure

  init(catalog: Catalog, region: String) throws(CatalogError) {
    func rate(_ figure: ServiceFigure) throws(CatalogError) -> Figure {
      try catalog.figure(figure, region: region)
    }
    efsStandard = try rate(.efsStandard)
    efsOneZone = try rate(.efsOneZone)
    efsRead = try rate(.efsElasticRead)
    efsWrite = try rate(.efsElasticWrite)
    efsProvisioned = try rate(.efsProvisioned)
    efsBaselinePerGiB = try catalog.figure(
      service: "efs", item: "bursting", metric: "baseline_throughput_per_gib", region: region)
    s3Storage = try rate(.s3Standard)
    s3Writes = try rate(.s3Put)
    s3Reads = try rate(.s3Get)
    natHour = try rate(.natHour)
    natGB = try rate(.natGB)
    balancerHour = try rate(.nlbHour)
    balancerUnit = try rate(.nlbLCU)
    address = try rate(.publicIPv4)
    crossZone = try rate(.crossZone)
    var internet: [Figure] = []
    for tier in 1...4 { internet.append(try rate(.internetOut(tier: tier))) }
    self.internet = internet
    rosaWorker = try rate(.rosaWorker)
    rosaControlPlane = try rate(.rosaControlPlane)
  }
}
