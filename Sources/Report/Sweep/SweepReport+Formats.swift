public import GantryModel

extension SweepReport {
  /// The sweep as JSON; `GantryReport.docc/JSON.md` says what every key means.
  public func renderJSON(_ sweep: SweepRecord) -> String {
    let plan = sweep.plan
    return JSONValue.members([
      "schemaVersion": .count(JSONReport.schemaVersion),
      "sweep": sweep.id.map { .integer($0) } ?? .null, "scenario": .string(sweep.scenario),
      "label": .text(sweep.label), "programVersion": .string(sweep.programVersion),
      "catalogVersion": .string(sweep.catalogVersion), "seed": .unsigned(sweep.seed),
      "measure": .string(plan.measure.rawValue), "warmUp": .string(plan.warmUp.text),
      "precision": .number(plan.precision), "baseline": .count(plan.baseline + 1),
      "axes": .array(sweep.axes.map(JSONValue.string)),
      "points": .array(
        sweep.points.map { .object(Self.members(of: $0, axes: sweep.axes)) }),
    ]).prettyText
  }

  /// What tells how a point stands among all of its sweep.
  private static let judgement = ["standing", "mayBeFastest", "caveats"]

  /// A point; without how it stands where its sweep is not complete, so that nobody knows.
  static func value(of point: SweepPoint, sweep: PointPair.Origin) -> JSONValue {
    let all = members(of: point, axes: sweep.axes)
    return .object(
      sweep.isComplete ? all : all.filter { !judgement.contains($0.name) })
  }

  private static func members(of point: SweepPoint, axes: [String]) -> [JSONValue.Member] {
    let found = point.estimates
    return JSONValue.list([
      "point": .count(point.position + 1),
      "values": .object(
        zip(axes, point.values).map { .init(name: $0, value: .string($1)) }),
      "replications": .count(point.replications), "region": .string(point.region),
      "pools": .array(
        point.pools.map {
          .members([
            "pool": .string($0.name), "instanceType": .string($0.instanceType),
            "nodes": .count($0.count),
          ])
        }),
      "offeredLoad": .array(
        point.loads.map {
          .members(["resource": .string($0.resource), "share": .number($0.share)])
        }),
      "standing": .string(found.standing.rawValue),
      "mayBeFastest": found.mayBeFastest.map { .bool($0) } ?? .null,
      "caveats": .array(found.caveats.map { .string($0.rawValue) }),
      "meanRunSeconds": value(found.mean), "p50RunSeconds": value(found.p50),
      "p95RunSeconds": value(found.p95), "p99RunSeconds": value(found.p99),
      "makespanSeconds": value(found.makespan),
      "waitShare": value(found.waitShare), "runUSD": value(found.runUSD),
      "monthUSD": value(found.monthUSD),
      "cpuUtilisation": .object(
        found.utilisation.map { .init(name: $0.pool, value: value($0.share)) }),
      "meanRunChangeSeconds": value(found.meanDifference),
      "p50RunChangeSeconds": value(found.p50Difference),
      "p95RunChangeSeconds": value(found.p95Difference),
      "p99RunChangeSeconds": value(found.p99Difference),
      "makespanChangeSeconds": value(found.makespanDifference),
      "waitShareChange": value(found.waitShareDifference),
      "runUSDChange": value(found.runUSDDifference),
      "monthUSDChange": value(found.monthUSDDifference),
    ])
  }

  static func value(_ estimate: Estimate?) -> JSONValue {
    guard let estimate else { return .null }
    return .members(["value": .number(estimate.value), "halfWidth": .number(estimate.halfWidth)])
  }

  private static func value(_ difference: PairedDifference?) -> JSONValue {
    guard let difference else { return .null }
    return .members([
      "value": .number(difference.change.value), "halfWidth": .number(difference.change.halfWidth),
      "adjustedP": .number(difference.adjustedP),
      "isTold": difference.isKnown ? .bool(difference.isTold) : .null,
    ])
  }

  /// The points as CSV: a header, a line per point, a column per axis and figure.
  public func renderCSV(_ sweep: SweepRecord) -> String {
    let pools = sweep.points.flatMap { $0.estimates.utilisation.map(\.pool) }
    let names = pools.enumerated().filter { pools.firstIndex(of: $1) == $0 }.map(\.element)
    let figures = ["mean_run_s", "p50_run_s", "p95_run_s", "p99_run_s", "wait_share", "run_usd"]
    let header =
      ["point"] + sweep.axes + ["replications", "standing", "caveats"]
      + (figures + ["month_usd"] + names.map { "cpu_\($0)" }).flatMap { [$0, "\($0)_half_width"] }
      + ["mean_run_s", "p95_run_s", "run_usd", "month_usd"].flatMap {
        ["\($0)_change", "\($0)_change_half_width", "\($0)_change_p"]
      }
    return CSVReport.text(
      [header]
        + sweep.points.map { point in
          let found = point.estimates
          let estimates = [
            found.mean, found.p50, found.p95, found.p99, found.waitShare, found.runUSD,
            found.monthUSD,
          ]
          let uses = names.map { name in found.utilisation.first { $0.pool == name }?.share }
          let changes = [
            found.meanDifference, found.p95Difference, found.runUSDDifference,
            found.monthUSDDifference,
          ]
          return ["\(point.position + 1)"] + point.values
            + [
              "\(point.replications)", found.standing.rawValue,
              found.caveats.map(\.rawValue).joined(separator: "; "),
            ]
            + (estimates + uses).flatMap { [Self.digits($0?.value), Self.digits($0?.halfWidth)] }
            + changes.flatMap {
              [
                Self.digits($0?.change.value), Self.digits($0?.change.halfWidth),
                Self.digits($0?.adjustedP),
              ]
            }
        })
  }

  private static func digits(_ value: Double?) -> String {
    value.map(JSONValue.digits) ?? ""
  }
}
