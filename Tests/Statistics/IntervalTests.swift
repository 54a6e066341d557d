import GantryStatistics
import Testing

@Suite("Intervals and ranks")
struct IntervalTests {
  @Test(
    "Student's t has the tabulated quantiles",
    // NIST/SEMATECH e-Handbook, 1.3.6.7.2, column 0.975.
    arguments: zip([1, 2, 5, 10, 30, 100], [12.706, 4.303, 2.571, 2.228, 2.042, 1.984]))
  func quantiles(degrees: Int, expected: Double) {
    #expect(abs(StudentT.quantile(confidence: 0.95, degrees: degrees) - expected) < 6e-4)
  }

  @Test("the probability on both sides is that of the quantile, by series and by approximation")
  func probabilities() {
    #expect(abs(StudentT.twoSidedP(1, degrees: 1) - 0.5) < 1e-12)
    #expect(StudentT.twoSidedP(0, degrees: 7) == 1)
    // The normal quantile, which many degrees come close to.
    #expect(abs(StudentT.quantile(confidence: 0.95, degrees: 1_000_000) - 1.959966) < 1e-5)
  }

  @Test("the interval of 1, 2, 3, 4, 5 by hand")
  func interval() throws {
    // Mean 3, variance 10/4 = 2.5, standard error √(2.5/5) = 0.7071, t(4) = 2.7764.
    let found = try #require(MeanInterval([1, 2, 3, 4, 5]))
    #expect(found.mean == 3)
    let half = try #require(found.halfWidth)
    #expect(abs(half - 2.7764 * 0.5.squareRoot()) < 1e-4)
    #expect(MeanInterval([1])?.halfWidth == nil)
    #expect(MeanInterval([]) == nil)
  }

  @Test("the nearest rank, and how many values it takes")
  func ranks() {
    #expect(Quantile.p50.leastCount == 2 && Quantile.p95.leastCount == 20)
    #expect(Quantile.p99.leastCount == 100)
    // 95 % of 20 is the 19th.
    #expect(Quantile.p95.value(ofSorted: (1...20).map(Double.init)) == 19)
    #expect(Quantile.p50.value(ofSorted: (1...20).map(Double.init)) == 10)
    #expect(Quantile.p95.value(ofSorted: [7]) == 7)
    #expect(Quantile.p50.value(ofSorted: []) == nil)
  }
}
