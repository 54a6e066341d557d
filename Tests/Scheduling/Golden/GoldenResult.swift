/// What became of one pod, by the real scheduler or by ours, in the form of the reference files.
struct GoldenResult: Decodable {
  struct Unfit: Decodable, Hashable {
    var plugin: String
    var code: String
    var reasons: [String]
    var nodes: [String]
  }
  struct Candidate: Decodable, Hashable {
    var node: String
    var victims: [String]
    var pdbViolations: Int
  }
  struct Preemption: Decodable {
    var eligible: Bool
    /// Why the pod may not evict others.
    var message: String?
    var candidates: [Candidate]?
    var best: [String]?
    var chosen: String?
  }
  /// A result inside a result.
  final class Box: Decodable {
    let result: GoldenResult
    init(_ result: GoldenResult) { self.result = result }
    init(from decoder: any Decoder) throws { result = try GoldenResult(from: decoder) }
  }
  var pod: String
  var unfit: [Unfit]?
  var preFilterMessage: String?
  var feasibleCount: Int
  var scorePlugins: [String]?
  var scores: [String: [Int64]]?
  var bestTotal: Int64?
  var sumOfTotals: Int64?
  var best: [String]
  var chosen: String
  var nextStartNodeIndex: Int?
  var feasibleOrder: [String]?
  var preemption: Preemption?
  var afterPreemption: Box?
}

extension GoldenResult {
  /// Everything that is compared, as text; only full results have one that says all.
  var canonical: String {
    var lines = [
      "pod \(pod) of \(feasibleCount), message \(preFilterMessage ?? "")",
      "totals \(bestTotal ?? 0) \(sumOfTotals ?? 0)",
      "plugins \((scorePlugins ?? []).joined(separator: " "))",
      "best \(best.joined(separator: " ")), chosen \(chosen)",
    ]
    lines += (unfit ?? []).map(\.canonical).sorted()
    lines += (scores ?? [:]).map { "scores \($0) \($1)" }.sorted()
    if let preemption {
      lines.append("eligible \(preemption.eligible), chosen \(preemption.chosen ?? "")")
      lines.append("best \((preemption.best ?? []).joined(separator: " "))")
      lines += (preemption.candidates ?? []).map(\.canonical).sorted()
    }
    if let afterPreemption { lines.append("after\n" + afterPreemption.result.canonical) }
    return lines.joined(separator: "\n")
  }
}

extension GoldenResult.Unfit {
  /// The reasons in an order of ours where the real one has none: extended resources come from a
  /// map.
  var orderedReasons: [String] {
    let isExtended = { (reason: String) in
      reason.hasPrefix("Insufficient ") && (reason.contains("/") || reason.contains("hugepages-"))
    }
    return reasons.filter { !isExtended($0) } + reasons.filter(isExtended).sorted()
  }

  fileprivate var canonical: String {
    let reasons = orderedReasons.joined(separator: "; ")
    return "unfit \(plugin) \(code) \(reasons): \(nodes.sorted().joined(separator: " "))"
  }
}

extension GoldenResult.Candidate {
  fileprivate var canonical: String {
    "candidate \(node) \(pdbViolations) \(victims.joined(separator: " "))"
  }
}
