import GantryCloud
import GantryModel
import GantryUnits

/// The reference cluster: a single-node control plane and an arm64 worker in Paris.
enum ArticleCluster {
  static let hour = Instant(nanoseconds: 3_600_000_000_000)

  static func plan() -> Plan {
    var plan = Plan()
    var control = PlannedNode(
      name: "cp", pool: "controlPlane", instanceType: "m5a.2xlarge", architecture: .amd64,
      zone: "eu-west-3a", region: "eu-west-3")
    control.isControlPlane = true
    control.vcpu = 8
    control.totalSpeed = 5
    control.rootVolume.kind = "io1"
    control.rootVolume.size = .gib(500)
    control.rootVolume.iops = 4000
    var worker = PlannedNode(
      name: "w", pool: "arm64", instanceType: "m6g.2xlarge", architecture: .arm64,
      zone: "eu-west-3a", region: "eu-west-3")
    worker.vcpu = 8
    worker.totalSpeed = 10
    plan.nodes = [control, worker]
    return plan
  }

  static func outcome(runs: Int = 0) -> Outcome {
    var outcome = Outcome()
    outcome.makespan = hour
    for index in 0..<runs {
      outcome.runs.append(RunOutcome(template: 0, name: "run-\(index)", created: .zero))
    }
    return outcome
  }

  static func pricing(
    _ plan: Plan, services: ClusterServices = .openShiftInstaller(zones: 3),
    overrides: [String: Double] = [:]
  ) throws -> Pricing {
    let catalog = try Catalog(overrides: CatalogOverrides(overrides))
    return try Pricing(plan: plan, services: services, region: "eu-west-3", catalog: catalog)
  }

  /// Prices each line as `service item = amount`, the amount to a hundredth of a cent.
  static func amounts(_ lines: [CostLine]) -> [String: Double] {
    var amounts: [String: Double] = [:]
    for line in lines {
      amounts["\(line.service) \(line.item)", default: 0] += line.amountUSD
    }
    return amounts.mapValues { ($0 * 10_000).rounded() / 10_000 }
  }
}
