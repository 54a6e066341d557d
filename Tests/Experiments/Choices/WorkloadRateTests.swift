import GantryCompiler
import GantryExperiments
import GantryModel
import Testing

@Suite("How many builds a day")
struct WorkloadRateTests {
  private func stream(_ process: ArrivalStream.Process) -> ArrivalStream {
    ArrivalStream(template: 0, process: process)
  }

  @Test("streams that keep coming add up; anything else has no rate")
  func perDay() {
    var plan = Plan()
    plan.workload = [
      stream(.poisson(ratePerHour: 2, count: 10)), stream(.every(interval: 3600, count: 5)),
    ]
    // 48 and 24 a day.
    #expect(WorkloadRate.perDay(plan) == 72)
    plan.workload[1].businessHours = .init(from: 8 * 3600, to: 18 * 3600, weekdaysOnly: true)
    // Ten hours on five days of seven: 50 ÷ 7 a day.
    #expect(abs((WorkloadRate.perDay(plan) ?? 0) - (48 + 50.0 / 7)) < 1e-9)
    plan.workload.append(stream(.burst(count: 3)))
    #expect(WorkloadRate.perDay(plan) == nil)
    #expect(WorkloadRate.perDay(Plan()) == nil)
  }

  @Test("another rate keeps the shares, and creates at least 40 runs")
  func applied() {
    var plan = Plan()
    plan.workload = [stream(.burst(count: 1)), stream(.burst(count: 3))]
    let other = WorkloadRate.applied(96, to: plan)
    // 96 a day are 4 an hour: one and three; of 40 runs, 10 and 30.
    #expect(
      other.workload.map(\.process) == [
        .poisson(ratePerHour: 1, count: 10), .poisson(ratePerHour: 3, count: 30),
      ])
    #expect(WorkloadRate.perDay(other) == 96)
    plan.workload = [stream(.poisson(ratePerHour: 7, count: 100))]
    plan.workload[0].businessHours = .init(from: 0, to: 12 * 3600, weekdaysOnly: false)
    let open = WorkloadRate.applied(24, to: plan)
    // In twelve hours a day: two an hour.
    #expect(open.workload[0].process == .poisson(ratePerHour: 2, count: 100))
    #expect(WorkloadRate.perDay(open) == 24)
  }
}
