extension Cost {
  /// The runs' costs in whole cents that add up to the bill's cents exactly.
  ///
  /// Each run gets the cents below its cost; what is left goes to the runs with the largest parts of a
  /// cent, the earlier run first.
  public var runCents: [Int] {
    let exact = runs.map { $0.totalUSD * 100 }
    var cents = exact.map { Int($0.rounded(.down)) }
    var left = Int((totalUSD * 100).rounded()) - cents.reduce(0, +)
    let byRemainder = exact.indices.sorted {
      (exact[$1] - exact[$1].rounded(.down), $0) < (exact[$0] - exact[$0].rounded(.down), $1)
    }
    for index in byRemainder where left > 0 {
      cents[index] += 1
      left -= 1
    }
    return cents
  }
}
