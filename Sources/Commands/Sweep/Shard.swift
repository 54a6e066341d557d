import ArgumentParser

/// One of several parts of a sweep's points, as `2/3`.
///
/// Points are dealt out in turn, so that parts take about as long as each other.
struct Shard: ExpressibleByArgument {
  /// From 1.
  let part: Int
  let parts: Int

  /// Nil for anything but two whole numbers in order.
  init?(argument: String) {
    let halves = argument.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let part = Int(halves[0]), let parts = Int(halves[1]), part >= 1,
      part <= parts, parts <= 1_000_000
    else { return nil }
    self.part = part
    self.parts = parts
  }

  /// Whether the point at a position, counted from 0, belongs to this part.
  func contains(_ position: Int) -> Bool { position % parts == part - 1 }
}
