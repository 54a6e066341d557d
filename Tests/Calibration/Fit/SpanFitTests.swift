import GantryKernel
import GantryModel
import Testing

@testable import GantryCalibration

@Suite("spans whose ends are known to the second")
struct SpanFitTests {
  /// What a clock of whole seconds shows of drawn spans that begin at any moment.
  private func shown(_ count: Int, _ span: (RandomStream, UInt64) -> Double) -> [Double] {
    let stream = RandomStream(seed: 5).stream(entity: 1, purpose: 1)
    let starts = RandomStream(seed: 5).stream(entity: 2, purpose: 1)
    return (0..<UInt64(count)).map { index in
      let start = starts.uniform(index)
      return (start + span(stream, index)).rounded(.down)
    }
  }

  // The standard error of a fitted sigma is sigma ÷ √(2n): 5 % of 200 values; of the median sigma ÷ √n.
  // Three of each, and some more where the second is wide against the spread.
  @Test(
    "the parameters of a lognormal distribution are found again",
    arguments: [(60.0, 0.2), (600, 0.1), (8, 0.4), (3, 0.5)])
  func lognormal(median: Double, sigma: Double) throws {
    let fit = try #require(
      SpanFit(shown(200) { $0.lognormal($1, median: median, sigma: sigma) }))
    guard case .lognormal(let found, let spread) = fit.distribution else {
      Issue.record("not lognormal: \(fit.distribution)")
      return
    }
    #expect((found / median - 1).magnitude < 3 * sigma / 200.0.squareRoot() + 0.01)
    #expect((spread / sigma - 1).magnitude < 0.2)
    #expect(fit.count == 200)
  }

  @Test("spans below a second have a time, and never none")
  func short() throws {
    // Of spans of 0.4 s two in five show as 1: the mean is right to 3·√(0.24 ÷ 300) = 0.085.
    let some = try #require(SpanFit(shown(300) { _, _ in 0.4 }))
    #expect((some.distribution.mean - 0.4).magnitude < 0.085)
    // (0 + 1) ÷ (10 + 2)
    let none = try #require(SpanFit(Array(repeating: 0, count: 10)))
    #expect((none.distribution.mean - 1.0 / 12).magnitude < 0.001)
  }

  @Test("stragglers are left out and counted")
  func stragglers() throws {
    let clean = shown(95) { $0.lognormal($1, median: 30, sigma: 0.1) }
    let fit = try #require(SpanFit(clean + [600, 700, 800, 900, 1000]))
    #expect(fit.trimmed >= 5 && fit.trimmed <= 8)
    #expect((fit.distribution.median / 30 - 1).magnitude < 0.05)
  }

  @Test("two kinds of runs are no stragglers: the observed values stand for them")
  func twoKinds() throws {
    let quick = shown(60) { $0.lognormal($1, median: 10, sigma: 0.05) }
    let slow = shown(40) { $0.lognormal($1, median: 120, sigma: 0.05) }
    let fit = try #require(SpanFit(quick + slow))
    #expect(fit.trimmed == 0)
    guard case .empirical(let values) = fit.distribution else {
      Issue.record("not empirical: \(fit.distribution)")
      return
    }
    #expect(values.count <= 41)
    // 0.6 · 10 + 0.4 · 120 = 54
    #expect((fit.distribution.mean / 54 - 1).magnitude < 0.1)
  }

  @Test("few values have no spread")
  func few() throws {
    #expect(SpanFit([]) == nil)
    #expect(try #require(SpanFit([12])).distribution == .fixed(12))
    #expect(try #require(SpanFit([12, 14])).distribution == .fixed(13))
  }

  @Test("quantiles of a sample are joined by straight lines")
  func sample() {
    let sample = Sample([4, 1, 3, 2])
    #expect(sample.median == 2.5)
    #expect(sample.quantile(0) == 1 && sample.quantile(1) == 4)
    // Distances from 2.5: 1.5, 1.5, 0.5, 0.5.
    #expect(sample.deviation == 1)
    #expect(Sample([]).median == nil)
  }
}
