import GantryKernel
import GantryUnits
import Testing

@Suite("statistics")
struct StatisticsTests {
  @Test("mean, variance and range of a handful")
  func values() {
    var statistics = RunningStatistics()
    for value in [2.0, 4, 4, 4, 5, 5, 7, 9] { statistics.add(value) }
    // Mean 40 ÷ 8 = 5; squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32; 32 ÷ 7.
    #expect(statistics.mean == 5)
    #expect(abs((statistics.variance ?? 0) - 32.0 / 7) < 1e-12)
    #expect(abs((statistics.standardError ?? 0) - (32.0 / 56).squareRoot()) < 1e-12)
    #expect(statistics.minimum == 2 && statistics.maximum == 9 && statistics.count == 8)
  }

  @Test("without values there is no mean, with one no variance")
  func few() {
    var statistics = RunningStatistics()
    #expect(statistics.mean == nil && statistics.minimum == nil)
    statistics.add(3)
    #expect(statistics.mean == 3 && statistics.variance == nil)
    #expect(statistics.standardError == nil)
  }

  @Test("merged parts equal the whole")
  func merging() {
    let stream = RandomStream(seed: 6)
    var whole = RunningStatistics()
    var parts = [RunningStatistics(), RunningStatistics()]
    for index in 0..<1000 as Range<UInt64> {
      let value = stream.normal(index, mean: 1e6, standardDeviation: 1)
      whole.add(value)
      parts[index < 300 ? 0 : 1].add(value)
    }
    var merged = RunningStatistics()
    for part in parts { merged.merge(part) }
    merged.merge(RunningStatistics())
    #expect(merged.count == 1000 && merged.maximum == whole.maximum)
    #expect(abs((merged.mean ?? 0) - (whole.mean ?? 1)) < 1e-8)
    #expect(abs((merged.variance ?? 0) - (whole.variance ?? 1)) < 1e-8)
  }

  @Test("an average over time")
  func overTime() {
    var jobs = TimeWeightedAverage(value: 2, at: .seconds(10))
    #expect(jobs.average(until: .seconds(10)) == nil)
    jobs.add(1, at: .seconds(14))
    jobs.set(0, at: .seconds(16))
    // 4 s with 2, 2 s with 3, 4 s with 0: 14 job-seconds in 10 s.
    #expect(jobs.integral(until: .seconds(20)) == 14)
    #expect(jobs.average(until: .seconds(20)) == 1.4)
  }
}
