import GantryKernel
import Testing

@Suite("plain max-min solver")
struct MaxMinReferenceTests {
  @Test("three links in a row")
  func line() {
    // Link capacities 10, 4, 6; flow 0 crosses all, flows 1 to 3 one each.
    // Link 1 is full at level 2 (flows 0 and 2); then link 0 leaves 8 and link 2 leaves 4.
    let rates = MaxMinReference.rates(
      capacities: [10, 4, 6],
      flows: [
        .init(path: [(0, 1), (1, 1), (2, 1)]), .init(path: [(0, 1)]), .init(path: [(1, 1)]),
        .init(path: [(2, 1)]),
      ])
    #expect(rates == [2, 8, 2, 4])
  }

  @Test("weights and caps")
  func weights() {
    // Level 12 ÷ (1 + 2 + 3) = 2 without the cap; the cap of 1 stops flow 1 at level 1/2, then
    // (12 − 1) ÷ (1 + 3) = 11/4.
    let rates = MaxMinReference.rates(
      capacities: [12],
      flows: [
        .init(path: [(0, 1)]), .init(path: [(0, 1)], weight: 2, cap: 1),
        .init(path: [(0, 1)], weight: 3),
      ])
    #expect(rates == [2.75, 1, 8.25])
  }

  @Test("coefficients and no capacity")
  func coefficients() {
    let rates = MaxMinReference.rates(
      capacities: [9, 0],
      flows: [
        .init(path: [(0, 2)]), .init(path: [(0, 1)]), .init(path: [(0, 1), (1, 1)]),
      ])
    // The third has nothing; the others are full at 9 ÷ 3.
    #expect(rates == [3, 3, 0])
  }
}
