import GantryExperiments
import GantryModel
import Testing

@Suite("Statistics of sweeps")
struct StatisticsTests {
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
}
