public import GantryModel

extension ComparisonReport {
  /// The comparison as JSON; `GantryReport.docc/JSON.md` says what every key means.
  public func renderJSON(_ records: [SimulationRecord], base: Int = 0) -> String {
    guard let comparison = Comparison(records, base: base) else {
      return JSONValue.members([
        "schemaVersion": .count(JSONReport.schemaVersion), "decision": .null, "base": .null,
        "commonPipelines": .array([]), "caveats": .array([]), "candidates": .array([]),
      ]).prettyText
    }
    let candidates = zip(comparison.others, comparison.verdicts).map { other, verdict in
      Self.value(of: other, verdict, base: comparison.base)
    }
    let choice = Recommendation(
      [comparison.base] + comparison.others, minuteWorth: minuteWorth)
    return JSONValue.members([
      "schemaVersion": .count(JSONReport.schemaVersion),
      "decision": .string(comparison.decision.plainSpaces),
      "recommended": .text(choice?.chosen.name),
      "flips": .array((choice?.flips ?? []).map { .string($0.plainSpaces) }),
      "base": .string(comparison.base.name),
      "commonPipelines": .array(comparison.commonPipelines.map(JSONValue.string)),
      "caveats": .array(comparison.caveats.map(JSONValue.string)),
      "candidates": .array(candidates),
    ]).prettyText
  }

  private static func value(
    of other: Candidate, _ verdict: Verdict, base: Candidate
  ) -> JSONValue {
    let inputs = InputDifference.between(base.record.inputs, other.record.inputs)
    return .members([
      "name": .string(other.name), "scenario": .string(other.record.scenario),
      "label": .text(other.record.label), "inputHash": .string(other.record.inputHash),
      "rank": .string("\(verdict.rank)"), "verdict": .string(verdict.text.plainSpaces),
      "timeSavedShare": .number(verdict.timeSaved),
      "timeSavedHalfWidth": .number(verdict.timeHalfWidth),
      "monthlySavedUSD": .number(verdict.monthSaved), "failedRuns": .count(other.failedCount),
      "drivers": .array(Driver.all(base, other).map(value)),
      "inputDifferences": inputs.map { .array($0.map(value)) } ?? .null,
    ])
  }

  private static func value(of driver: Driver) -> JSONValue {
    let isTime = driver.unit == .seconds
    return .members([
      "driver": .string(driver.name), "unit": .string(driver.unit.rawValue),
      "isPart": .bool(driver.isPart),
      "base": isTime ? .seconds(driver.base) : .number(driver.base),
      "value": isTime ? .seconds(driver.value) : .number(driver.value),
      "baseHalfWidth": .number(driver.spread?.base.halfWidth),
      "valueHalfWidth": .number(driver.spread?.value.halfWidth),
      "changeShare": .number(driver.changeShare),
      "changeHalfWidth": .number(driver.spread?.change.halfWidth),
    ])
  }

  private static func value(of difference: InputDifference) -> JSONValue {
    .members([
      "change": .string(difference.change.name), "path": .string(difference.path),
      "old": difference.old ?? .null, "new": difference.new ?? .null,
    ])
  }
}
