/// The known name closest to a mistyped one, when it is close enough to be meant.
///
/// Distance is Levenshtein's with adjacent swaps (optimal string alignment), case ignored; the
/// limit is a third of the longer name, at least one.
/// - Complexity: O(n·m) per known name.
public func nearestName(to name: String, in known: some Sequence<String>) -> String? {
  let target = Array(name.lowercased().unicodeScalars)
  guard target.count <= 256 else { return nil }
  var best: (distance: Int, name: String)?
  for candidate in known where candidate != name {
    let other = Array(candidate.lowercased().unicodeScalars)
    let limit = max(1, max(target.count, other.count) / 3)
    guard abs(other.count - target.count) <= limit else { continue }
    let distance = alignmentDistance(target, other)
    if distance <= limit,
      distance < (best?.distance ?? .max)
        || (distance == best?.distance && candidate < (best?.name ?? ""))
    {
      best = (distance, candidate)
    }
  }
  return best?.name
}

private func alignmentDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  var before = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  for i in 1...a.count {
    var row = [i] + [Int](repeating: 0, count: b.count)
    for j in 1...b.count {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], before[j - 2] + 1)
      }
    }
    before = previous
    previous = row
  }
  return previous[b.count]
}
