import GantryExperiments
import GantryModel
import Testing

@Suite("Where a difference changes its sign")
struct CrossingSearchTests {
  /// The crossings of a difference with a constant half width, and how many values it took.
  private func search(
    _ low: Double, _ high: Double, isWhole: Bool = false, half: Double? = 0.5,
    _ difference: @escaping (Double) -> Double
  ) async throws -> (found: [BreakevenCrossing], count: Int) {
    let axis = BreakevenAxis(path: "x", low: low, high: high, unit: nil, isWhole: isWhole)
    let counter = Counter()
    let found = try await CrossingSearch(axis).crossings { values in
      counter.count += values.count
      return values.map { Estimate(value: difference($0), halfWidth: half) }
    }
    return (found, counter.count)
  }

  private final class Counter { var count = 0 }

  @Test("a straight line: where it is 0, and where it leaves its own half width")
  func line() async throws {
    // 2 (x − 37) is 0 at 37, and within ±5 from 34.5 to 39.5.
    let (found, count) = try await search(10, 60, half: 5) { 2 * ($0 - 37) }
    try #require(found.count == 1)
    #expect(abs(found[0].value - 37) < 0.01)
    // Ends are values at which it is told, at most half a percent of their size too far out.
    let low = try #require(found[0].low)
    let high = try #require(found[0].high)
    #expect(low <= 34.5 && low > 34.5 - 0.3)
    #expect(high >= 39.5 && high < 39.5 + 0.3)
    #expect(!found[0].isSecondBetterAbove)
    #expect(count < 45)
  }

  @Test("a falling line makes the second choice the better one above")
  func falling() async throws {
    let (found, _) = try await search(1, 200) { 100 - $0 * $0 }
    try #require(found.count == 1)
    // Steps of equal ratios: 200 times in 8 steps. The parabola is nearly straight within half a percent.
    #expect(abs(found[0].value - 10) < 0.01 && found[0].isSecondBetterAbove)
  }

  @Test("whole numbers: the first one beyond, and neighbours as ends")
  func whole() async throws {
    // At 4 still −1, at 5 +1: both are told, so that nothing lies between.
    let (found, _) = try await search(1, 30, isWhole: true) { 2 * $0 - 9 }
    #expect(
      found == [BreakevenCrossing(value: 5, low: 4, high: 5, isSecondBetterAbove: false)])
  }

  @Test("several crossings, in rising order, each in its own direction")
  func several() async throws {
    // Roots at 12, 30 and 47.
    let (found, _) = try await search(10, 60, half: 1) {
      ($0 - 12) * ($0 - 30) * ($0 - 47)
    }
    #expect(found.map { $0.value.rounded() } == [12, 30, 47])
    #expect(found.map(\.isSecondBetterAbove) == [false, true, false])
    for (crossing, next) in zip(found, found.dropFirst()) {
      #expect((crossing.high ?? .infinity) <= (next.low ?? -.infinity))
    }
  }

  @Test("no crossing where the sign stays, or where there is no difference at all")
  func none() async throws {
    let (same, count) = try await search(1, 5) { _ in 0 }
    #expect(same.isEmpty && count == CrossingSearch.gridCount)
    let (positive, _) = try await search(-5, 5) { $0 * $0 + 1 }
    #expect(positive.isEmpty)
  }

  @Test("an end without any told value is open")
  func open() async throws {
    // Never above 2 on the upper side: not told with ±3. Below 40 − 3 it is.
    let (found, _) = try await search(10, 42, half: 3) { $0 - 40 }
    try #require(found.count == 1)
    #expect(found[0].high == nil)
    let low = try #require(found[0].low)
    #expect(low <= 37 && low > 36.7)
    let (unknown, _) = try await search(10, 42, half: nil) { $0 - 40 }
    #expect(unknown.count == 1 && unknown[0].low == nil && unknown[0].high == nil)
  }

  @Test("the grid holds both ends and no value twice")
  func grid() {
    let few = BreakevenAxis(path: "x", low: 1, high: 3, unit: nil, isWhole: true)
    #expect(CrossingSearch(few).grid == [1, 2, 3])
    let wide = BreakevenAxis(path: "x", low: 1, high: 256, unit: "day", isWhole: false)
    // Eight doublings.
    let grid = CrossingSearch(wide).grid
    #expect(grid.map { $0.rounded() } == [1, 2, 4, 8, 16, 32, 64, 128, 256])
    #expect(grid.first == 1 && grid.last == 256)
  }
}
