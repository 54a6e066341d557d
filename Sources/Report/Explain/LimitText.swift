internal import GantryModel
internal import GantryUnits

extension Limit {
  /// The limit as a phrase.
  var text: String {
    let name = self.name ?? ""
    switch kind {
    case .ownThreads:
      let threads = threads.map { $0 == 1 ? "one thread" : "\(Figures.plain($0)) threads" }
      return "its \(threads ?? "own threads") at full speed of \(name)"
    case .podLimit: return "the pod's cpu limit"
    case .processors: return "all processors of \(name)"
    case .network: return "network card of \(name)"
    case .internet: return "EC2's limit for internet traffic of \(name)"
    case .rootVolume: return "root volume of \(name)"
    case .memory: return "copying in memory of \(name)"
    case .ebsLink: return "link of \(name) to EBS"
    case .ebsOperations: return "operations a second of the link of \(name) to EBS"
    case .blockOperations: return "operations a second of its block volume"
    case .blockVolume: return "throughput of its block volume"
    case .fileSystemThroughput: return "throughput of file system \(name)"
    case .fileSystemClient: return "what file system \(name) gives one node"
    case .fileSystemOperations: return "operations a second of file system \(name)"
    case .fileSystemLatency: return "latency of operations on file system \(name)"
    case .fileSystemStream: return "what file system \(name) takes from one stream of writes"
    case .server: return "what \(name) gives all connections together"
    case .serverRequests: return "requests a second that \(name) answers"
    case .serverStorage: return "node and storage of \(name)"
    case .connection: return "what \(name) gives each connection"
    case .fixedTime: return "time that passes on any machine (sleep, answers of a server)"
    }
  }
}

extension LimitShare {
  /// The limit with who shares it, without its time.
  var text: String {
    others == 0 ? limit.text : "\(limit.text), shared with up to \(Figures.count(others, "other"))"
  }
}

extension [LimitShare] {
  /// All limits with their times, the longest first; one alone without.
  var text: String {
    if count == 1 { return self[0].text }
    return filter { $0.span > .zero }
      .map { "\(Figures.duration($0.span.seconds)) \($0.text)" }.joined(separator: "; ")
  }
}

extension SchedulingAttempt.Cause {
  /// What let the scheduler look, as a phrase.
  var text: String {
    switch self {
    case .created: "the pod is new"
    case .podEnded(let name): "\(name.isEmpty ? "a pod" : name) ended"
    case .podPlaced(let name): "\(name.isEmpty ? "a pod" : name) was placed"
    case .changedMeanwhile: "something changed while it was tried"
    case .longWait: "nothing changed for five minutes"
    }
  }
}

extension SchedulingAttempt {
  /// Why the chosen node, in one line; nil when none was.
  var choice: String? {
    guard let chosen else { return nil }
    if scores.count == 1 { return "the only one of \(nodeCount) nodes that fits" }
    let top = scores.first { $0.node == chosen }?.total ?? 0
    if best.count > 1 {
      let names = best.prefix(4).joined(separator: ", ") + (best.count > 4 ? ", and more" : "")
      return "drawn at random from \(best.count) equally good nodes (\(names)) with score \(top)"
    }
    let next = scores.filter { $0.node != chosen }.max { ($0.total, $1.node) < ($1.total, $0.node) }
    let second = next.map { ", before \($0.node) with \($0.total)" } ?? ""
    return "highest score, \(top)\(second)"
  }

  /// The refusals' reasons with the number of nodes each, the most frequent first.
  var refusalSummary: String {
    groups.map { "\($0.nodes.count) \($0.refusal.reasons.joined(separator: ", "))" }
      .joined(separator: "; ")
  }

  /// Refusals that are alike, the most frequent first.
  var groups: [(refusal: Refusal, nodes: [String])] {
    var groups: [(refusal: Refusal, nodes: [String])] = []
    for refusal in refusals {
      let known = groups.firstIndex {
        $0.refusal.filter == refusal.filter && $0.refusal.status == refusal.status
          && $0.refusal.reasons == refusal.reasons
      }
      if let known {
        groups[known].nodes.append(refusal.node)
      } else {
        groups.append((refusal, [refusal.node]))
      }
    }
    return groups.indices.sorted { (groups[$1].nodes.count, $0) < (groups[$0].nodes.count, $1) }
      .map { groups[$0] }
  }
}
