import GantryExperiments
import GantryModel
import Testing

@Suite("Statistics of sweeps")
struct StatisticsTests {
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

  @Test("Holm's adjustment by hand")
  func holm() {
    // Sorted 0.01, 0.02, 0.04 times 3, 2, 1: 0.03, 0.04, 0.04.
    let found = MultipleTests.holm([0.04, 0.01, 0.02])
    #expect(zip(found, [0.04, 0.03, 0.04]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(MultipleTests.holm([0.6, 0.7]) == [1, 1])
  }

  @Test("MSER-5 leaves out a start that is unlike the rest")
  func warmUp() {
    // Ten values of a start, then 1, 2, 1, 2, …: the cut is at a multiple of 5.
    let steady = (0..<100).map { Double($0 % 2) + 1 }
    let found = MSER5.truncation(of: Array(repeating: 50, count: 10) + steady)
    #expect(found.count == 10 && found.isSettled)
    #expect(!MSER5.truncation(of: (0..<100).map(Double.init)).isSettled)
  }

  @Test("batches are of one size and leave out the start")
  func batches() throws {
    let ranges = try #require(BatchMeans.ranges(total: 103))
    #expect(ranges.count == 20 && ranges[0] == 3..<8 && ranges[19] == 98..<103)
    #expect(BatchMeans.ranges(total: 99) == nil)
    // 1, 2, 3, 4: deviations -1.5, -0.5, 0.5, 1.5; products 0.75 − 0.25 + 0.75 over 5.
    #expect(BatchMeans.lagOne([1, 2, 3, 4]) == 0.25)
  }

  @Test("the nearest rank, and how many values it takes")
  func ranks() {
    #expect(Quantile.p50.leastCount == 2 && Quantile.p95.leastCount == 20)
    #expect(Quantile.p99.leastCount == 100)
    // 95 % of 20 is the 19th.
    #expect(Quantile.p95.value(ofSorted: (1...20).map(Double.init)) == 19)
  }
}
