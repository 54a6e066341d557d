/// An amount of data in bytes.
public struct Bytes: Comparable, Hashable, Sendable, Codable {
  /// The number of bytes.
  public var count: Int64

  /// Makes an amount from a number of bytes.
  @inlinable public init(_ count: Int64) { self.count = count }

  /// No bytes.
  public static let zero = Bytes(0)

  /// 2^10 bytes each.
  @inlinable public static func kib(_ n: Double) -> Bytes { Bytes(Int64(n * 1024)) }
  /// 2^20 bytes each.
  @inlinable public static func mib(_ n: Double) -> Bytes { Bytes(Int64(n * 1_048_576)) }
  /// 2^30 bytes each.
  @inlinable public static func gib(_ n: Double) -> Bytes { Bytes(Int64(n * 1_073_741_824)) }
  /// 10^9 bytes each, as AWS bills transfers.
  @inlinable public static func gb(_ n: Double) -> Bytes { Bytes(Int64(n * 1e9)) }

  /// The amount in units of 2^30 bytes.
  @inlinable public var gib: Double { Double(count) / 1_073_741_824 }
  /// The amount in units of 10^9 bytes.
  @inlinable public var gb: Double { Double(count) / 1e9 }

  @inlinable public static func < (a: Bytes, b: Bytes) -> Bool { a.count < b.count }
  @inlinable public static func + (a: Bytes, b: Bytes) -> Bytes { Bytes(a.count + b.count) }
  @inlinable public static func - (a: Bytes, b: Bytes) -> Bytes { Bytes(a.count - b.count) }
  @inlinable public static func += (a: inout Bytes, b: Bytes) { a = a + b }
}

/// A rate of data in bytes per second.
public struct BytesPerSecond: Comparable, Hashable, Sendable, Codable {
  /// Bytes per second.
  public var value: Double

  /// Makes a rate from bytes per second.
  @inlinable public init(_ value: Double) { self.value = value }

  /// 2^20 bytes per second each.
  @inlinable public static func mibps(_ n: Double) -> BytesPerSecond { .init(n * 1_048_576) }
  /// 10^6 bytes per second each.
  @inlinable public static func mbps(_ n: Double) -> BytesPerSecond { .init(n * 1e6) }
  /// 10^9 bits per second each, as EC2 network figures are given.
  @inlinable public static func gigabits(_ n: Double) -> BytesPerSecond { .init(n * 1.25e8) }
  /// 10^6 bits per second each, as EC2 EBS figures are given.
  @inlinable public static func megabits(_ n: Double) -> BytesPerSecond { .init(n * 1.25e5) }

  @inlinable public static func < (a: Self, b: Self) -> Bool { a.value < b.value }
}

/// An amount of money in United States dollars, unrounded.
public struct USD: Comparable, Hashable, Sendable, Codable {
  /// The amount in dollars.
  public var amount: Double

  /// Makes an amount from dollars.
  @inlinable public init(_ amount: Double) { self.amount = amount }

  /// No money.
  public static let zero = USD(0)

  @inlinable public static func < (a: USD, b: USD) -> Bool { a.amount < b.amount }
  @inlinable public static func + (a: USD, b: USD) -> USD { USD(a.amount + b.amount) }
  @inlinable public static func - (a: USD, b: USD) -> USD { USD(a.amount - b.amount) }
  @inlinable public static func * (a: USD, b: Double) -> USD { USD(a.amount * b) }
  @inlinable public static func += (a: inout USD, b: USD) { a = a + b }
}
