public import GantryModel

extension Samples {
  /// Three points: a baseline, one that is faster and dearer, and one with failed runs.
  public static func sweep() -> SweepRecord {
    var plan = SweepPlan()
    plan.replications = 30
    var sweep = SweepRecord(
      scenario: "article", label: "grid", programVersion: "0.1.0", catalogVersion: "2026-11",
      seed: 1, plan: plan, axes: ["nodes.arm64.count", "nodes.arm64.type"])
    sweep.id = 7
    sweep.pointCount = 3
    sweep.isComplete = true
    sweep.points = [
      point(0, ["1", "m6g.2xlarge"], seconds: 252.34, usd: 1456.2),
      point(1, ["2", "m7g.2xlarge"], seconds: 187.9, usd: 1760),
      point(2, ["1", "c6g.medium"], seconds: 900, usd: 1100),
    ]
    sweep.points[0].estimates.standing = .pareto
    sweep.points[1].estimates.standing = .pareto
    sweep.points[1].estimates.mayBeFastest = true
    sweep.points[2].estimates.caveats = [.failedRuns]
    sweep.points[1].loads = [.init(resource: "arm64 processors", share: 0.42)]
    return sweep
  }

  private static func point(
    _ position: Int, _ values: [String], seconds: Double, usd: Double
  ) -> SweepPoint {
    var point = SweepPoint(
      position: position, values: values, designHash: "\(position)", region: "eu-west-3")
    point.pools = [
      .init(name: "amd64", instanceType: "m5a.2xlarge", count: 1),
      .init(name: "arm64", instanceType: values[1], count: Int(values[0]) ?? 0),
    ]
    point.samples = (0..<30).map { PointSample(replication: $0) }
    var found = PointEstimates()
    found.mean = Estimate(value: seconds * 0.8, halfWidth: 2.41)
    found.p50 = Estimate(value: seconds * 0.75, halfWidth: 3.6)
    found.p95 = Estimate(value: seconds, halfWidth: 14.2)
    found.p99 = Estimate(value: seconds * 1.1)
    found.waitShare = Estimate(value: 0.0312, halfWidth: 0.0041)
    found.runUSD = Estimate(value: usd / 11_800, halfWidth: 0.00097)
    found.monthUSD = Estimate(value: usd, halfWidth: 0)
    found.utilisation = [
      .init(pool: "amd64", share: Estimate(value: 0.31, halfWidth: 0.02)),
      .init(pool: "arm64", share: Estimate(value: 0.12, halfWidth: 0.004)),
    ]
    if position > 0 {
      let change = Estimate(value: seconds - 252.34, halfWidth: 6.3)
      found.p95Difference = PairedDifference(change: change, adjustedP: 0.0004)
      found.meanDifference = PairedDifference(
        change: Estimate(value: -1.2, halfWidth: 3.1), adjustedP: 0.61)
      found.runUSDDifference = PairedDifference(
        change: Estimate(value: 0.0258, halfWidth: 0.001), adjustedP: 0)
      found.monthUSDDifference = PairedDifference(
        change: Estimate(value: usd - 1456.2, halfWidth: 0), adjustedP: 0)
    }
    point.estimates = found
    return point
  }
}
