import GantryCloud
import Testing

@Suite("observed launches")
struct LaunchTests {
  // The medians of 73 launches without bare metal, as published with them: 26, 15 and 31 s.
  @Test("medians")
  func medians() throws {
    let launches = try Catalog().observedLaunches()
    #expect(launches.count == 73)
    let virtual = launches.filter { !$0.isBareMetal }
    #expect(median(virtual.compactMap(\.callReturned)) == 26)
    #expect(median(virtual.compactMap(\.kernelStarted)) == 15)
    #expect(median(virtual.compactMap(\.userDataStarted)) == 31)
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
