import GantryKernel
import Testing

@Suite("random streams")
struct RandomStreamTests {
  @Test("values are what they have always been")
  func pinned() {
    // Computed with an independent implementation of the same formulas in Python.
    let source = RandomStream(seed: 42)
    #expect(source.bits(0) == 0xE9F1_0FDC_A831_66D5)
    let stream = source.stream(entity: 7, purpose: 3)
    #expect(stream.bits(0) == 0x4131_9733_F1FF_A006)
    #expect(stream.bits(1) == 0xC064_75A0_FB3E_2E3E)
    #expect(stream.uniform(0) == 0.2546629430598828)
    let extreme = RandomStream(seed: .max, replication: 5).stream(entity: .max, purpose: .max)
    #expect(extreme.bits(.max) == 0x08B1_CE28_AAD4_216D)
    let value = RandomStream.uniform(seed: 42, replication: 0, entity: 7, purpose: 3, index: 0)
    #expect(value == stream.uniform(0))
  }

  /// One of the five numbers that make a draw.
  enum Coordinate: CaseIterable { case seed, replication, entity, purpose, index }

  static func draw(_ coordinate: Coordinate, _ number: UInt64) -> Double {
    func pick(_ own: Coordinate) -> UInt64 { own == coordinate ? number : 3 }
    return RandomStream.uniform(
      seed: pick(.seed), replication: pick(.replication), entity: pick(.entity),
      purpose: UInt32(pick(.purpose)), index: pick(.index))
  }

  @Test("neighbours along each coordinate are spread evenly", arguments: Coordinate.allCases)
  func even(coordinate: Coordinate) {
    var cells = [Int](repeating: 0, count: 64)
    for number in 0..<64_000 as Range<UInt64> {
      cells[Int(Self.draw(coordinate, number) * 64)] += 1
    }
    // 1000 expected in each cell; chi-squared with 63 degrees of freedom has mean 63 and standard
    // deviation √126 = 11.2; outside 63 ± 4 · 11.2 about once in 20 000.
    let chi = cells.reduce(0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
    #expect(chi > 18 && chi < 108)
  }

  @Test("neighbours along each coordinate are independent", arguments: Coordinate.allCases)
  func independent(coordinate: Coordinate) {
    var cells = [Int](repeating: 0, count: 256)
    var correlation = 0.0
    let count = 64_000
    for number in 0..<UInt64(count) {
      let first = Self.draw(coordinate, number)
      let second = Self.draw(coordinate, number + 1)
      cells[Int(first * 16) * 16 + Int(second * 16)] += 1
      correlation += (first - 0.5) * (second - 0.5) * 12
    }
    // Serial correlation has standard deviation 1 ÷ √64 000 = 0.004.
    #expect(abs(correlation / Double(count)) < 0.016)
    // Pairs: 250 expected in each of 256 cells; mean 255, standard deviation about √510 = 22.6.
    let chi = cells.reduce(0) { $0 + Double(($1 - 250) * ($1 - 250)) / 250 }
    #expect(chi > 165 && chi < 346)
  }

  @Test("one changed bit of any coordinate changes half of the bits")
  func avalanche() {
    var changed = 0
    var count = 0
    for bit in 0..<32 as Range<UInt64> {
      let base = RandomStream(seed: 9, replication: 8).stream(entity: 7, purpose: 6).bits(5)
      let flip = UInt64(1) << bit
      let others = [
        RandomStream(seed: 9 ^ flip, replication: 8).stream(entity: 7, purpose: 6).bits(5),
        RandomStream(seed: 9, replication: 8 ^ flip).stream(entity: 7, purpose: 6).bits(5),
        RandomStream(seed: 9, replication: 8).stream(entity: 7 ^ flip, purpose: 6).bits(5),
        RandomStream(seed: 9, replication: 8).stream(entity: 7, purpose: 6 ^ UInt32(flip)).bits(5),
        RandomStream(seed: 9, replication: 8).stream(entity: 7, purpose: 6).bits(5 ^ flip),
      ]
      for other in others {
        changed += (base ^ other).nonzeroBitCount
        count += 64
      }
    }
    // 10 240 bits: half of them, standard deviation 51.
    #expect(abs(changed - count / 2) < 200)
  }

  @Test("coordinates do not stand in for one another")
  func distinct() {
    var seen: Set<UInt64> = []
    for a in 0..<8 as Range<UInt64> {
      for b in 0..<8 as Range<UInt64> {
        for c in 0..<8 as Range<UInt64> {
          for d in 0..<8 as Range<UInt32> {
            seen.insert(RandomStream(seed: a, replication: b).stream(entity: c, purpose: d).bits(0))
          }
        }
      }
    }
    #expect(seen.count == 4096)
  }

  @Test("ranges hold at their ends")
  func ranges() {
    let stream = RandomStream(seed: 1)
    for index in 0..<10_000 as Range<UInt64> {
      #expect(stream.uniform(index) >= 0 && stream.uniform(index) < 1)
      #expect(stream.openUniform(index) > 0 && stream.openUniform(index) < 1)
      #expect(stream.integer(index, below: 3) < 3)
    }
    #expect(stream.integer(0, below: 1) == 0)
  }
}
