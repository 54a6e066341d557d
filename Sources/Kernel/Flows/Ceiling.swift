/// The smallest whole number of nanoseconds that is not less than `value`, nil when it lies
/// beyond the end of time or `value` is not a number.
@inlinable @inline(__always)
func ceilingNanoseconds(_ value: Double) -> Int64? {
  // 2^63 is the first value that no Int64 holds; the comparison is false for a NaN.
  guard value < 0x1p63 else { return nil }
  let whole = Int64(value)
  return Double(whole) < value ? whole &+ 1 : whole
}
