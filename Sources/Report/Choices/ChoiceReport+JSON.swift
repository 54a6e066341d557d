public import GantryModel

extension ChoiceReport {
  /// The choice as JSON; `GantryReport.docc/JSON.md` says what every key means.
  public func renderJSON(_ choice: ChoiceRecord) -> String {
    func number(_ index: Int?) -> JSONValue {
      .count(index.map { choice.candidates[$0].point.position + 1 })
    }
    return JSONValue.members([
      "schemaVersion": .count(JSONReport.schemaVersion), "scenario": .string(choice.scenario),
      "programVersion": .string(choice.programVersion),
      "catalogVersion": .string(choice.catalogVersion), "seed": .unsigned(choice.seed),
      "warmUp": .string(choice.warmUp.text), "confidence": .number(choice.confidence),
      "mostReplications": .count(choice.mostReplications),
      "axes": .array(choice.axes.map(JSONValue.string)),
      "goals": .array(
        choice.goals.map {
          .members([
            "measure": .string($0.measure.rawValue), "limit": .number($0.limit),
            "unit": .string($0.measure.unit.rawValue),
          ])
        }),
      "winner": number(choice.winner), "runnerUp": number(choice.runnerUp),
      "runnerUpExtraMonthUSD": SweepReport.value(choice.runnerUpExtraUSD),
      "undecided": .array(choice.contenders.map { number($0) }),
      "nearestMiss": number(choice.nearestMiss),
      "simulations": .count(choice.simulations),
      "exhaustiveSimulations": .count(choice.exhaustiveSimulations),
      "flips": .array(choice.flips.map { Self.value(of: $0, choice) }),
      "points": .array(choice.candidates.map { Self.value(of: $0, choice) }),
    ]).prettyText
  }

  private static func value(of candidate: ChoiceCandidate, _ choice: ChoiceRecord) -> JSONValue {
    let point = candidate.point
    return .members([
      "point": .count(point.position + 1),
      "values": .object(
        zip(choice.axes, point.values).map { .init(name: $0, value: .string($1)) }),
      "region": .string(point.region),
      "pools": .array(
        point.pools.map {
          .members([
            "pool": .string($0.name), "instanceType": .string($0.instanceType),
            "nodes": .count($0.count),
          ])
        }),
      "replications": .count(point.replications),
      "verdict": .string(candidate.verdict.rawValue), "fault": .text(candidate.fault?.rawValue),
      "isOverloaded": .bool(point.isOverloaded),
      "standingMonthUSD": .number(candidate.standingUSD),
      "monthUSD": SweepReport.value(point.estimates.monthUSD),
      "runUSD": SweepReport.value(point.estimates.runUSD),
      "readings": .object(
        zip(choice.goals, candidate.readings).map {
          .init(name: $0.measure.rawValue, value: SweepReport.value($1))
        }),
      "limits": .object(
        choice.goals.indices.map {
          .init(
            name: choice.goals[$0].measure.rawValue, value: .string(candidate.limit($0).rawValue))
        }),
    ])
  }

  /// Every flip has all keys, null where they do not apply.
  private static func value(of flip: ChoiceFlip, _ choice: ChoiceRecord) -> JSONValue {
    func members(
      _ kind: String, _ candidate: Int?, goal: Int? = nil, at: Estimate? = nil, usd: Double? = nil,
      runs: Double? = nil
    ) -> JSONValue {
      .members([
        "kind": .string(kind),
        "point": .count(candidate.map { choice.candidates[$0].point.position + 1 }),
        "measure": .text(goal.map { choice.goals[$0].measure.rawValue }),
        "at": SweepReport.value(at), "monthUSD": .number(usd), "runsPerMonth": .number(runs),
      ])
    }
    return switch flip {
    case .looser(let goal, let value, let candidate, let saved):
      members("looser", candidate, goal: goal, at: value, usd: saved)
    case .tighter(let goal, let value, let candidate):
      members("tighter", candidate, goal: goal, at: value)
    case .price(let candidate, let usd, _): members("price", candidate, usd: usd)
    case .runs(let candidate, let count): members("runs", candidate, runs: count)
    }
  }
}
