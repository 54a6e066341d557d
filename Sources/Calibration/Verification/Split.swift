/// Which runs are held out of the fit: a share of them, chosen by a hash of their names, so that it
/// depends neither on the order of files nor on chance.
enum Split {
  /// The positions of the held-out runs; at least one of two, and never all.
  static func heldOut(_ runs: [Observations.Run], share: Double) -> Set<Int> {
    guard runs.count > 1, share > 0 else { return [] }
    let wanted = Int((Double(runs.count) * share).rounded())
    let count = min(max(wanted, 1), runs.count - 1)
    let order = runs.indices.sorted { a, b in
      (hash(runs[a].name), runs[a].name, a) < (hash(runs[b].name), runs[b].name, b)
    }
    return Set(order.prefix(count))
  }

  /// FNV-1a of the text's bytes, with its bits spread once more by the finaliser of SplitMix64: names that
  /// differ in their last letter only lie far apart.
  private static func hash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return hash ^ hash >> 31
  }
}
