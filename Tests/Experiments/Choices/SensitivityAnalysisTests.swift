import GantryExperiments
import GantryModel
import Testing

@Suite("What figures move")
struct SensitivityAnalysisTests {
  /// Ten replications of one run each, with luck that all choices share.
  private func samples(_ mean: Double, usd: Double = 1000, failed: Int = 0) -> [PointSample] {
    var luck = NormalValues(seed: 7)
    return luck.next(10, mean: mean, deviation: 20).enumerated().map {
      Make.sample($0, [$1], usd: usd, failed: failed)
    }
  }

  private func factor(_ id: String) -> Factor {
    Factor(
      id: id, text: "", value: 1, unit: "s", basis: .guess, source: "", low: 0.5, high: 2,
      isRangeStated: false, pathShare: 0.1, billShare: 0)
  }

  @Test("one choice: changes are of pairs, and the largest swing comes first")
  func tornado() throws {
    let base = SensitivityAnalysis.Condition([samples(100)])
    func ends(_ id: String, _ low: Double, _ high: Double) -> SensitivityAnalysis.Ends {
      .init(factor(id), low: .init([samples(low)]), high: .init([samples(high)]))
    }
    let effects = SensitivityAnalysis.effects(
      [
        ends("small", 99, 102), ends("large", 95, 103), ends("oneSided", 104, 106),
        ends("none", 100, 100),
      ], base: base, Judgement(.mean))
    // From −5 to +3 is 8; where both ends are slower it counts from 0: 6; then 3 and 0.
    #expect(effects.map(\.factor.id) == ["large", "oneSided", "small", "none"])
    for (effect, swing) in zip(effects, [8.0, 6, 3, 0]) {
      #expect(abs(effect.swing - swing) < 1e-9)
    }
    // Common luck cancels: no width, though runs vary by 20 s.
    let low = try #require(effects[0].low.mean)
    #expect(abs(low.value + 5) < 1e-9 && (low.halfWidth ?? 1) < 1e-9)
    #expect(effects[0].low.monthUSD?.value == 0 && effects[0].decision == .holds)
  }

  @Test("a decision holds, is open, or flips by what is told at the ends")
  func decisions() {
    // Second less first: +10 s as it is.
    let base = SensitivityAnalysis.Condition([samples(100), samples(110)])
    func decision(_ first: Double, _ second: [PointSample]) -> FactorEffect.Decision {
      let end = SensitivityAnalysis.Condition([samples(first), second])
      return SensitivityAnalysis.effects(
        [.init(factor("x"), low: base, high: end)], base: base, Judgement(.mean))[0].decision
    }
    #expect(decision(100, samples(130)) == .holds)
    #expect(decision(100, samples(99)) == .flips)
    // With luck of its own of ±60 s, 1 s less is nothing that ten replications tell.
    var luck = NormalValues(seed: 11)
    let vague = luck.next(10, mean: 99, deviation: 60).enumerated().map { Make.sample($0, [$1]) }
    #expect(decision(100, vague) == .open)
  }

  @Test("the answer of two choices is their difference")
  func differences() throws {
    let base = SensitivityAnalysis.Condition([samples(100), samples(110)])
    let end = SensitivityAnalysis.Condition([samples(120), samples(115)])
    let effect = SensitivityAnalysis.effects(
      [.init(factor("x"), low: base, high: end)], base: base, Judgement(.mean))[0]
    // From +10 to −5.
    #expect(abs((effect.high.answer?.value ?? 0) + 15) < 1e-9)
    #expect(abs((effect.high.difference?.value ?? 0) + 5) < 1e-9)
    #expect(effect.low.answer?.value == 0 && effect.low.difference?.value.rounded() == 10)
  }

  @Test("value is the bill and the minutes waited: 1000 USD, 600 builds of 2 minutes at 3 USD")
  func value() throws {
    let fixed = (0..<4).map { Make.sample($0, [120], usd: 1000) }
    let judgement = Judgement(.value, minuteWorth: 3, monthlyRuns: 600)
    let figures = SensitivityAnalysis.figures(fixed, judgement)
    #expect(figures.judged == Estimate(value: 1000 + 600 * 2 * 3, halfWidth: 0))
  }

  @Test("an end at which more runs fail is marked")
  func failures() {
    let base = SensitivityAnalysis.Condition([samples(100)])
    let end = SensitivityAnalysis.Condition([samples(100, failed: 1)])
    let effect = SensitivityAnalysis.effects(
      [.init(factor("x"), low: end, high: base)], base: base, Judgement(.mean))[0]
    #expect(effect.low.fails && !effect.high.fails)
  }
}

@Suite("Breakeven at one value")
struct BreakevenAnalysisTests {
  @Test("differences are second less first; overload and growing queues are told by choice")
  func caveats() throws {
    // Runs of the later half take twice as long at one choice.
    let growing = (0..<10).map { Make.sample($0, [10, 10, 20, 20]) }
    let steady = (0..<10).map { Make.sample($0, [20, 20, 20, 20]) }
    let point = BreakevenAnalysis.point(
      5, samples: [growing, steady], loads: [[], [.init(resource: "all processors", share: 1.2)]],
      Judgement(.mean))
    #expect(point.value == 5 && point.sign == 1)
    #expect(point.difference == Estimate(value: 5, halfWidth: 0))
    #expect(point.caveatsA == [.growing] && point.caveatsB == [.overloaded])
  }
}
