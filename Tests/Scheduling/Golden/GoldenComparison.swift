/// Compares a result with the real one, field by field.
///
/// Where the real one was shortened, what is left of it is compared: a list may stand as its length
/// ("#17"), or as its first name and its length.
enum GoldenComparison {
  private struct Rejection: Hashable {
    var plugin: String
    var code: String
    var reasons: [String]

    init(_ unfit: GoldenResult.Unfit) {
      plugin = unfit.plugin
      code = unfit.code
      reasons = unfit.orderedReasons
    }
  }

  static func differences(_ mine: GoldenResult, _ expected: GoldenResult) -> [String] {
    var found: [String] = []
    func compare<T: Equatable>(_ name: String, _ mine: T, _ expected: T) {
      if mine != expected { found.append("\(name) \(mine) for \(expected)") }
    }
    compare("pod", mine.pod, expected.pod)
    compare("message", mine.preFilterMessage ?? "", expected.preFilterMessage ?? "")
    compare("feasible", mine.feasibleCount, expected.feasibleCount)
    found += unfitDifferences(mine.unfit ?? [], expected.unfit ?? [])
    found += scoreDifferences(mine, expected)
    if !isEqual(mine.best, expected.best) {
      found.append("best \(mine.best) for \(expected.best)")
    }
    compare("chosen", mine.chosen, expected.chosen)
    if let next = expected.nextStartNodeIndex { compare("next", mine.nextStartNodeIndex, next) }
    if let order = expected.feasibleOrder, !isOrder(mine.feasibleOrder ?? [], order) {
      found.append("order \(mine.feasibleOrder ?? []) for \(order)")
    }
    if let preemption = expected.preemption {
      found += preemptionDifferences(mine.preemption, preemption)
    }
    if let after = expected.afterPreemption?.result {
      found +=
        mine.afterPreemption.map { differences($0.result, after).map { "after: " + $0 } }
        ?? ["no second try"]
    }
    return found
  }

  private static func unfitDifferences(
    _ mine: [GoldenResult.Unfit], _ expected: [GoldenResult.Unfit]
  ) -> [String] {
    var left: [Rejection: [String]] = [:]
    for each in mine { left[Rejection(each), default: []] += each.nodes }
    var found: [String] = []
    for each in expected {
      let nodes = left.removeValue(forKey: Rejection(each)) ?? []
      if !isEqual(nodes.sorted(), each.nodes.sorted()) {
        found.append("unfit \(nodes) for \(each)")
      }
    }
    return found + left.map { "unfit \($0.key) \($0.value)" }
  }

  private static func scoreDifferences(
    _ mine: GoldenResult, _ expected: GoldenResult
  ) -> [String] {
    var found: [String] = []
    if let top = expected.bestTotal, top != mine.bestTotal ?? 0 {
      found.append("total \(mine.bestTotal ?? 0) for \(top)")
    }
    if let sum = expected.sumOfTotals, sum != mine.sumOfTotals ?? 0 {
      found.append("sum \(mine.sumOfTotals ?? 0) for \(sum)")
    }
    if let plugins = expected.scorePlugins, plugins != mine.scorePlugins ?? [] {
      found.append("plugins \(mine.scorePlugins ?? []) for \(plugins)")
    }
    guard let scores = expected.scores else { return found }
    let own = mine.scores ?? [:]
    for (node, row) in scores.sorted(by: { $0.key < $1.key }) where own[node] != row {
      found.append("scores of \(node) \(own[node] ?? []) for \(row)")
    }
    if scores.count != own.count { found.append("\(own.count) nodes scored") }
    return found
  }

  private static func preemptionDifferences(
    _ mine: GoldenResult.Preemption?, _ expected: GoldenResult.Preemption
  ) -> [String] {
    guard let mine else { return ["no preemption"] }
    var found: [String] = []
    if mine.eligible != expected.eligible { found.append("eligible \(mine.eligible)") }
    if let message = expected.message, !expected.eligible, message != mine.message ?? "" {
      found.append("message \(mine.message ?? "") for \(message)")
    }
    let candidates = (mine.candidates ?? []).sorted { $0.node < $1.node }
    let wanted = (expected.candidates ?? []).sorted { $0.node < $1.node }
    if candidates != wanted { found.append("candidates \(candidates) for \(wanted)") }
    if !isEqual(mine.best ?? [], expected.best ?? []) { found.append("best \(mine.best ?? [])") }
    if mine.chosen ?? "" != expected.chosen ?? "" { found.append("victims' \(mine.chosen ?? "")") }
    return found
  }

  /// Whether a list is the expected one or what it was shortened to.
  private static func isEqual(_ mine: [String], _ expected: [String]) -> Bool {
    if mine == expected { return true }
    guard let last = expected.first(where: { $0.hasPrefix("#") }) else { return false }
    let names = expected.filter { $0 != last }
    return last == "#\(mine.count)" && Array(mine.prefix(names.count)) == names
  }

  /// Whether an order is the expected one or has its first two and last two names.
  private static func isOrder(_ mine: [String], _ expected: [String]) -> Bool {
    mine == expected
      || expected.count == 4 && mine.count > 4
        && Array(mine.prefix(2) + mine.suffix(2)) == expected
  }
}
