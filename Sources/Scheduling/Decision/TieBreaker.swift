/// How one of several equally good nodes is chosen.
public enum TieBreaker: Hashable, Sendable {
  /// The node whose name sorts first; for tests and comparisons.
  case lowestName
  /// A random number decides; the caller draws a new one for every pod.
  case seeded(UInt64)

  /// The position to take among `count` equally good ones.
  func position(among count: Int) -> Int {
    switch self {
    case .lowestName: 0
    case .seeded(let draw): Int(draw.multipliedFullWidth(by: UInt64(count)).high)
    }
  }
}
