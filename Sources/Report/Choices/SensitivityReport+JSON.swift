public import GantryModel

extension SensitivityReport {
  /// The record as JSON; `GantryReport.docc/JSON.md` says what every key means.
  public func renderJSON(_ record: SensitivityRecord) -> String {
    JSONValue.members([
      "schemaVersion": .count(JSONReport.schemaVersion), "scenario": .string(record.scenario),
      "against": .text(record.against), "programVersion": .string(record.programVersion),
      "catalogVersion": .string(record.catalogVersion), "seed": .unsigned(record.seed),
      "replications": .count(record.replications),
      "measure": .string(record.judgement.measure.rawValue),
      "minuteWorthUSD": .number(record.judgement.minuteWorth),
      "buildsPerMonth": .number(record.judgement.monthlyRuns),
      "leastShare": .number(record.leastShare),
      "ranges": .array(
        record.ranges.map {
          .members([
            "id": .string($0.id), "value": .number($0.value), "unit": .string($0.unit),
            "source": .string($0.source),
          ])
        }),
      "base": Self.value(record.base),
      "other": record.other.map(Self.value) ?? .null,
      "difference": ChoiceJSON.value(record.difference),
      "figures": .array(record.effects.map(Self.value)),
      "leftOut": .array(
        record.leftOut.map {
          .members(["id": .string($0.id), "reason": .string($0.reason.rawValue)])
        }),
    ]).prettyText
  }

  private static func value(_ figures: ChoiceFigures) -> JSONValue {
    .members([
      "meanRunSeconds": ChoiceJSON.value(figures.mean),
      "p95RunSeconds": ChoiceJSON.value(figures.p95),
      "monthUSD": ChoiceJSON.value(figures.monthUSD), "judged": ChoiceJSON.value(figures.judged),
      "caveats": .array(figures.caveats.map { .string($0.rawValue) }),
    ])
  }

  private static func value(_ effect: FactorEffect) -> JSONValue {
    let factor = effect.factor
    return .members([
      "id": .string(factor.id), "text": .string(factor.text), "value": .number(factor.value),
      "unit": .string(factor.unit), "basis": .string(factor.basis.rawValue),
      "source": .string(factor.source), "low": .number(factor.low), "high": .number(factor.high),
      "isRangeStated": .bool(factor.isRangeStated),
      "criticalPathShare": .number(factor.pathShare), "billShare": .number(factor.billShare),
      "swing": .number(effect.swing), "decision": .string(effect.decision.rawValue),
      "atLow": value(effect.low), "atHigh": value(effect.high),
    ])
  }

  private static func value(_ end: FactorEffect.End) -> JSONValue {
    .members([
      "meanRunChangeSeconds": ChoiceJSON.value(end.mean),
      "p95RunChangeSeconds": ChoiceJSON.value(end.p95),
      "monthUSDChange": ChoiceJSON.value(end.monthUSD),
      "answerChange": ChoiceJSON.value(end.answer),
      "difference": ChoiceJSON.value(end.difference),
      "decision": .string(end.decision.rawValue), "fails": .bool(end.fails),
    ])
  }
}

/// Estimates as JSON.
enum ChoiceJSON {
  static func value(_ estimate: Estimate?) -> JSONValue {
    guard let estimate else { return .null }
    return .members(["value": .number(estimate.value), "halfWidth": .number(estimate.halfWidth)])
  }
}
