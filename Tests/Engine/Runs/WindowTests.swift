import Testing

@testable import GantryEngine

@Suite("Windows")
struct WindowTests {
  @Test("numbers stay what they are when the oldest elements go", arguments: [1, 63, 64, 500])
  func numbers(width: Int) {
    var window = Window<Int>()
    for number in 0..<2000 {
      #expect(window.count == number)
      window.append(number * 10)
      if window.indices.count > width { window.dropFirst() }
      #expect(window.indices.upperBound == number + 1)
      #expect(window.indices.count == min(number + 1, width))
      #expect(Array(window.elements) == window.indices.map { $0 * 10 })
    }
    let first = window.indices.lowerBound
    window[first] += 7
    #expect(window[first] == first * 10 + 7)
    window.removeAll()
    #expect(window.count == 0 && window.indices.isEmpty)
  }
}
