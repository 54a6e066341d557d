public import GantryModel

extension BreakevenReport {
  /// The record as JSON; `GantryReport.docc/JSON.md` says what every key means.
  public func renderJSON(_ record: BreakevenRecord) -> String {
    let axis = record.axis
    return JSONValue.members([
      "schemaVersion": .count(JSONReport.schemaVersion), "scenario": .string(record.scenario),
      "a": .string(record.a), "b": .string(record.b),
      "programVersion": .string(record.programVersion),
      "catalogVersion": .string(record.catalogVersion), "seed": .unsigned(record.seed),
      "replications": .count(record.replications),
      "measure": .string(record.judgement.measure.rawValue),
      "minuteWorthUSD": .number(record.judgement.minuteWorth),
      "buildsPerMonth": .number(record.judgement.monthlyRuns),
      "axis": .members([
        "path": .string(axis.path), "low": .number(axis.low), "high": .number(axis.high),
        "unit": .text(axis.unit), "isWhole": .bool(axis.isWhole),
      ]),
      "crossings": .array(
        record.crossings.map { crossing in
          .members([
            "value": .number(crossing.value), "low": .number(crossing.low),
            "high": .number(crossing.high),
            "betterBelow": .string(crossing.isSecondBetterAbove ? "a" : "b"),
            "betterAbove": .string(crossing.isSecondBetterAbove ? "b" : "a"),
          ])
        }),
      "points": .array(
        record.points.map { point in
          .members([
            "value": .number(point.value), "a": ChoiceJSON.value(point.a),
            "b": ChoiceJSON.value(point.b), "difference": ChoiceJSON.value(point.difference),
            "caveatsA": .array(point.caveatsA.map { .string($0.rawValue) }),
            "caveatsB": .array(point.caveatsB.map { .string($0.rawValue) }),
          ])
        }),
    ]).prettyText
  }
}
