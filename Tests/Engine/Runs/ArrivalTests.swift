import GantryModel
import GantryUnits
import Testing

@Suite("Arrivals")
struct ArrivalTests {
  /// The creation times in seconds of runs of no length.
  private func created(
    _ process: ArrivalStream.Process, start: Double = 0,
    hours: ArrivalStream.BusinessHours? = nil, horizon: Instant? = nil, seed: UInt64 = 1,
    replication: Int = 0
  ) -> [Double] {
    var paper = PaperPlan()
    paper.node()
    paper.run([task("a", [.compute(0)])])
    paper.plan.workload[0].process = process
    paper.plan.workload[0].start = start
    paper.plan.workload[0].businessHours = hours
    paper.plan.horizon = horizon
    paper.plan.seed = seed
    return paper.outcome(replication: replication).runs.map(\.created.seconds)
  }

  @Test("a burst is one moment, every is a rhythm, times are sorted")
  func shapes() {
    #expect(created(.burst(count: 3), start: 7) == [7, 7, 7])
    #expect(created(.every(interval: 10, count: 4), start: 5) == [5, 15, 25, 35])
    #expect(created(.times([30, 10, 20])) == [10, 20, 30])
  }

  @Test("nothing arrives at or after the horizon")
  func horizon() {
    #expect(created(.every(interval: 10, count: 9), horizon: .s(30)) == [0, 10, 20])
  }

  @Test("business hours: the clock stands still while they are closed")
  func businessHours() {
    // Open 9 to 11, 2 h a day. A run every 45 min: 9:00, 9:45, 10:30, then 15 min of open time are
    // left: the fourth is 30 min into the next day.
    let hours = ArrivalStream.BusinessHours(from: 9 * 3600, to: 11 * 3600, weekdaysOnly: false)
    let day = 86_400.0
    #expect(
      created(.every(interval: 2700, count: 4), hours: hours)
        == [32_400, 35_100, 37_800, day + 32_400 + 900])
  }

  @Test("with weekdays only, the sixth open day is the next Monday")
  func weekdays() {
    // One run at each opening: Monday to Friday, then Monday, the seventh day from the start.
    let hours = ArrivalStream.BusinessHours(from: 0, to: 3600, weekdaysOnly: true)
    #expect(
      created(.every(interval: 3600, count: 6), hours: hours)
        == [0, 1, 2, 3, 4, 7].map { $0 * 86_400 })
  }

  @Test("Poisson arrivals have their rate, and their luck by seed and replication")
  func poisson() {
    let times = created(.poisson(ratePerHour: 60, count: 1000))
    // 1000 gaps of 60 s on average; their sum has a standard deviation of 60 * sqrt(1000) = 1897 s.
    // Four of them: 60000 +- 7590.
    #expect(abs((times.last ?? 0) - 60_000) < 7590)
    #expect(times == times.sorted())
    #expect(times == created(.poisson(ratePerHour: 60, count: 1000)))
    #expect(times != created(.poisson(ratePerHour: 60, count: 1000), seed: 2))
    #expect(times != created(.poisson(ratePerHour: 60, count: 1000), replication: 1))
    // The same luck at another rate: twice as fast, to the nanosecond that times are rounded to.
    let fast = created(.poisson(ratePerHour: 120, count: 1000))
    #expect(zip(times, fast).allSatisfy { abs($0 - 2 * $1) < 1e-8 })
  }
}
