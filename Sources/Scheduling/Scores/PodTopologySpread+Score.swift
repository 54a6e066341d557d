extension PodTopologySpread {
  /// Even spreading first; nil when the pod has no preference.
  static func scores(_ attempt: Attempt, _ nodes: [Int], in state: ClusterState) -> [Int64]? {
    let constraints = attempt.shape.softSpread
    guard !constraints.isEmpty else { return nil }
    let needsKeys = !attempt.shape.usesDefaultSpread
    let isIgnored = nodes.map {
      needsKeys && !hasAllKeys(constraints, node: $0, in: state)
    }
    let counted = zip(nodes, isIgnored).filter { !$0.1 }.map(\.0)
    let counts = constraints.map {
      SoftCounts($0, constraints, attempt, counted, needsKeys: needsKeys, in: state)
    }
    let raw = zip(nodes, isIgnored).map { node, isIgnored -> Int64? in
      isIgnored ? nil : evenness(counts, node: node, in: state)
    }
    return normalised(raw)
  }

  /// A soft constraint with the counts of a state.
  private struct SoftCounts {
    var constraint: CompiledShape.Spread
    /// Matching pods by domain; empty when nodes are counted one by one.
    var pods: [Int64] = []
    /// Grows with the number of domains, so that many small ones count as much as few large.
    var weight: Double

    init(
      _ constraint: CompiledShape.Spread, _ all: [CompiledShape.Spread], _ attempt: Attempt,
      _ nodes: [Int], needsKeys: Bool, in state: ClusterState
    ) {
      self.constraint = constraint
      guard !constraint.isHostname else {
        weight = naturalLogarithm(Double(nodes.count + 2))
        return
      }
      let column = state.columns[constraint.column]
      var isDomain = [Bool](repeating: false, count: column.domainCount)
      for node in nodes { isDomain[Int(column.domainOfNode[node])] = true }
      weight = naturalLogarithm(Double(isDomain.count { $0 } + 2))
      pods = [Int64](repeating: 0, count: column.domainCount)
      for node in state.tree.order.map(\.index) {
        let domain = Int(column.domainOfNode[node])
        guard isDomain[domain], !needsKeys || hasAllKeys(all, node: node, in: state),
          isIncluded(constraint, attempt.shape, node: node, in: state)
        else { continue }
        pods[domain] += Int64(state.spread.matchers[constraint.matcher].count(on: node))
      }
    }
  }

  private static func evenness(
    _ counts: [SoftCounts], node: Int, in state: ClusterState
  ) -> Int64 {
    var score = 0.0
    for each in counts {
      let domain = state.columns[each.constraint.column].domainOfNode[node]
      guard domain != TopologyColumn.noDomain else { continue }
      let pods =
        each.constraint.isHostname
        ? Int64(state.spread.matchers[each.constraint.matcher].count(on: node))
        : each.pods[Int(domain)]
      score += Double(pods) * each.weight + Double(each.constraint.maxSkew - 1)
    }
    return Int64(score.rounded(.toNearestOrAwayFromZero))
  }

  /// Nil stands for nodes that lack a key; they get nothing.
  private static func normalised(_ raw: [Int64?]) -> [Int64] {
    let counted = raw.compactMap { $0 }
    let least = counted.min() ?? 0
    let most = counted.max() ?? 0
    return raw.map {
      guard let score = $0 else { return 0 }
      return most == 0 ? ScoreChain.best : ScoreChain.best * (most + least - score) / most
    }
  }
}

/// The natural logarithm by the method that Go's `math.Log` documents (reduction to
/// [√½, √2) and a polynomial in ((x−1)/(x+1))²), so that no platform's library changes a score.
///
/// Source of the coefficients: FreeBSD msun e_log.c, which Go follows, read 2026-11-23.
func naturalLogarithm(_ x: Double) -> Double {
  let highLn2 = 6.93147180369123816490e-01
  let lowLn2 = 1.90821492927058770002e-10
  var exponent = Double(x.exponent) + 1
  var fraction = x.significand / 2
  if fraction < 0.5.squareRoot() {
    fraction *= 2
    exponent -= 1
  }
  let f = fraction - 1
  let s = f / (2 + f)
  let square = s * s
  let fourth = square * square
  let odd =
    square
    * (6.666666666666735130e-01
      + fourth
      * (2.857142874366239149e-01
        + fourth * (1.818357216161805012e-01 + fourth * 1.479819860511658591e-01)))
  let even =
    fourth
    * (3.999999999940941908e-01
      + fourth * (2.222219843214978396e-01 + fourth * 1.531383769920937332e-01))
  let rest = odd + even
  let half = 0.5 * f * f
  return exponent * highLn2 - ((half - (s * (half + rest) + exponent * lowLn2)) - f)
}
