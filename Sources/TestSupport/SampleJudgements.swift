public import GantryModel

extension Samples {
  private static func effect(
    _ id: String, _ low: Double, _ high: Double, half: Double = 0.4, difference: Double? = nil,
    isRangeStated: Bool = false
  ) -> FactorEffect {
    let factor = Factor(
      id: id, text: "what \(id) is", value: 2.5, unit: "s",
      basis: isRangeStated ? .guess : .estimate,
      source: "made for a test", low: 1.75, high: 3.25, isRangeStated: isRangeStated,
      pathShare: 0.25, billShare: 0.5)
    func end(_ change: Double) -> FactorEffect.End {
      var end = FactorEffect.End()
      end.mean = Estimate(value: change, halfWidth: half)
      end.p95 = Estimate(value: 2 * change, halfWidth: 2 * half)
      end.monthUSD = Estimate(value: 10 * change, halfWidth: 0)
      end.answer = end.mean
      end.difference = difference.map { Estimate(value: $0 + change, halfWidth: half) }
      if let difference {
        end.decision =
          (difference + change).magnitude <= half
          ? .open : (difference + change < 0) == (difference < 0) ? .holds : .flips
      }
      return end
    }
    return FactorEffect(factor, low: end(low), high: end(high))
  }

  /// A sensitivity of one choice, or of two.
  public static func sensitivity(against: String? = nil) -> SensitivityRecord {
    var base = ChoiceFigures()
    base.mean = Estimate(value: 110, halfWidth: 2)
    base.p95 = Estimate(value: 130, halfWidth: 5)
    base.monthUSD = Estimate(value: 1456, halfWidth: 0)
    base.judged = base.mean
    var other = base
    other.mean = Estimate(value: 104, halfWidth: 2)
    other.judged = other.mean
    other.caveats = [.openRuns]
    let ranges = [("measured", 0.1, "share"), ("estimate", 0.3, "share"), ("guess", 2, "ratio")].map
    {
      Assumption(
        id: "sensitivity.\($0)", text: "how far it may be off", value: $1, unit: $2,
        confidence: .guess, source: "made for a test")
    }
    var record = SensitivityRecord(
      scenario: "made", against: against, programVersion: "test", catalogVersion: "test", seed: 1,
      replications: 30, judgement: Judgement(.mean), leastShare: 0.01, ranges: ranges, base: base,
      other: against == nil ? nil : other,
      difference: against == nil ? nil : Estimate(value: -6, halfWidth: 1))
    let difference = against == nil ? nil : -6.0
    record.effects = [
      effect(
        "service.a-registry-with-a-very-long-name.example.com.rate", 9.5, -4, half: 0.5,
        difference: difference, isRangeStated: true),
      effect("timing.sandbox", -3, 6.1, difference: difference),
      effect("cpu.m5a.2xlarge", 2, 3, difference: difference),
      effect("tiny", -0.1, 0.1, difference: difference), effect("none", 0, 0, half: 0),
    ]
    record.effects[2].high.fails = true
    record.leftOut = [
      .init("a", .share), .init("b", .share), .init("c", .zero), .init("d", .impossible),
    ]
    return record
  }

  /// A breakeven along the number of builds with so many crossings (0, 1 or 2).
  public static func breakeven(crossings: Int = 1) -> BreakevenRecord {
    var record = BreakevenRecord(
      scenario: "made", a: "scenarios/made/native", b: "nodes.arm64.count=0",
      programVersion: "test",
      catalogVersion: "test", seed: 1, replications: 30, judgement: Judgement(.value),
      axis: BreakevenAxis(
        path: "workload.rate", low: 1, high: 200, unit: "day", isWhole: false))
    let all = [
      BreakevenCrossing(value: 10.27, low: 10.2, high: 10.34, isSecondBetterAbove: false),
      BreakevenCrossing(value: 120.4, low: 110, high: nil, isSecondBetterAbove: true),
    ]
    record.crossings = Array(all.prefix(crossings))
    record.points = (0..<15).map { index in
      let value = [1, 1.94, 3.76, 7.29, 10.2, 10.3, 12, 14.1, 27.4, 53.2, 80, 103, 140, 170, 200][
        index]
      var point = BreakevenPoint(value: value)
      point.a = Estimate(value: 1500 + 40 * value, halfWidth: 2)
      let change = crossings == 0 ? 300 : (value - 10.27) * (crossings == 2 ? 120.4 - value : 1)
      point.b = Estimate(value: 1500 + 40 * value + change, halfWidth: 3)
      point.difference = Estimate(value: change, halfWidth: 2)
      if value > 150 { point.caveatsA = [.overloaded, .growing] }
      if value > 190 { point.caveatsB = [.failedRuns, .openRuns] }
      return point
    }
    return record
  }
}
