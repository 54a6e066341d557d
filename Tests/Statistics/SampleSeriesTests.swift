import GantryModel
import GantryStatistics
import Testing

@Suite("Quantiles over replications")
struct SampleSeriesTests {
  /// Replications of 8 runs: 1 to 8 s, 9 to 16 s, ….
  private var times: [[Double]] {
    (0..<10).map { replication in (1...8).map { Double(replication * 8 + $0) } }
  }

  private var samples: [PointSample] {
    times.enumerated().map { replication, times in
      var sample = PointSample(replication: replication)
      sample.runCount = times.count
      sample.times = PointSample.RunTimes(times)
      return sample
    }
  }

  private func summaries(_ times: [[Double]]) -> [ReplicationSummary] {
    times.enumerated().map { replication, times in
      var summary = ReplicationSummary(
        replication: replication, makespanSeconds: 1, meanRunSeconds: 1, p95RunSeconds: 1,
        failedRuns: 0, totalUSD: 1)
      summary.endedRuns = times.count
      summary.times = PointSample.RunTimes(times)
      return summary
    }
  }

  @Test("quantiles of few runs are of several replications together")
  func sections() throws {
    // 20 runs are needed for a p95, so 3 replications make a section of 24.
    let series = SampleSeries(samples)
    #expect(series.sectionSize(for: .p95) == 3)
    // 1…24, 25…48, 49…72; 95 % of 24 is 22.8, so the 23rd. The tenth replication fills no section.
    #expect(series.values(.p95, sectionSize: 3) == [23, 47, 71])
    #expect(series.sectionSize(for: .p50) == 1)
    #expect(series.values(.p50, sectionSize: 1)[0] == 4)
  }

  @Test("replications of a simulation give the same quantiles as samples of a sweep")
  func simulations() throws {
    let own = SampleSeries(summaries(times))
    let swept = SampleSeries(samples)
    // (23 + 47 + 71) ÷ 3 = 47 ± 4.303 · 24 ÷ √3; the means of the largest runs would give 44.
    let p95 = try #require(own.estimate(.p95))
    #expect(p95.value == 47 && abs((p95.halfWidth ?? 0) - 59.62) < 0.01)
    #expect(p95 == swept.estimate(.p95))
    #expect(own.estimate(.p50) == swept.estimate(.p50))
    // 80 runs fill no section of 100: all of them together, of which the 80th is the 99 % rank.
    #expect(own.estimate(.p99) == Estimate(value: 80))
  }

  @Test("results that kept no run times have no quantiles")
  func unknown() {
    var old = summaries(times)
    for index in old.indices {
      old[index].times = nil
      old[index].endedRuns = 0
    }
    #expect(SampleSeries(old).estimate(.p95) == nil)
  }

  @Test("what is kept of run times: ranks, halves in order of creation, all when they are few")
  func kept() throws {
    let few = try #require(PointSample.RunTimes([4, 2, 6, 8]))
    #expect(few.mean == 5 && few.p50 == 4 && few.p95 == 8)
    #expect(few.earlyMean == 3 && few.lateMean == 7 && few.all == [2, 4, 6, 8])
    #expect(PointSample.RunTimes((1...100).map(Double.init))?.all == [])
    #expect(PointSample.RunTimes([]) == nil)
  }
}
