/// Random numbers as a pure function of (seed, replication, entity, purpose, index).
///
/// A draw needs no state and shifts no other draw: two what-if points meet the same luck, in any
/// order of events and on any thread. Within one (entity, purpose) the draws by index are the
/// SplitMix64 sequence (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014) from a start that is mixed from the other four numbers.
@frozen
public struct RandomStream: BitwiseCopyable, Hashable, Sendable {
  /// The start of the sequence.
  @usableFromInline let key: UInt64

  @inlinable init(key: UInt64) { self.key = key }

  /// The source of all draws of one replication.
  @inlinable public init(seed: UInt64, replication: UInt64 = 0) {
    key = Self.combine(Self.combine(0, seed), replication)
  }

  /// The draws of one entity for one purpose; both numbers are the caller's.
  @inlinable public func stream(entity: UInt64, purpose: UInt32) -> RandomStream {
    RandomStream(key: Self.combine(Self.combine(key, entity), UInt64(purpose)))
  }

  /// The draw number `index` as 64 random bits.
  @inlinable public func bits(_ index: UInt64) -> UInt64 {
    Self.mix(key &+ (index &+ 1) &* Self.golden)
  }

  /// The draw number `index`, uniform on [0, 1) in steps of 2^-53.
  @inlinable public func uniform(_ index: UInt64) -> Double {
    Double(bits(index) &>> 11) * 0x1p-53
  }

  /// The draw number `index`, uniform on (0, 1): the middles of 2^52 equal intervals.
  @inlinable public func openUniform(_ index: UInt64) -> Double {
    (Double(bits(index) &>> 12) + 0.5) * 0x1p-52
  }

  /// The draw number `index`, uniform on the whole numbers below `bound`.
  ///
  /// The bias is below `bound` ÷ 2^64.
  ///
  /// - Precondition: `bound` is above 0.
  @inlinable public func integer(_ index: UInt64, below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "there is no whole number below 0")
    return bits(index).multipliedFullWidth(by: bound).high
  }

  /// One draw, uniform on [0, 1), from all five numbers at once.
  @inlinable public static func uniform(
    seed: UInt64, replication: UInt64, entity: UInt64, purpose: UInt32, index: UInt64
  ) -> Double {
    RandomStream(seed: seed, replication: replication)
      .stream(entity: entity, purpose: purpose).uniform(index)
  }

  /// 2^64 ÷ golden ratio, made odd: the increment of SplitMix64.
  @inlinable static var golden: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  /// Makes a key from a key and one more number; the order matters.
  @inlinable static func combine(_ key: UInt64, _ value: UInt64) -> UInt64 {
    mix(mix(key ^ 0x6A09_E667_F3BC_C908) &+ value &* golden &+ golden)
  }

  /// A bijection of 64-bit words that spreads every input bit over all output bits.
  ///
  /// The finaliser of SplitMix64 (variant 13 of D. Stafford, "Better bit mixing", 2011).
  @inlinable static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}
