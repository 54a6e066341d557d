extension Decision {
  /// The event message of the real scheduler for a pod that fits nowhere; nil when it was placed
  /// or when the decision holds no explanation.
  ///
  /// - Parameters:
  ///   - nodes: The number of nodes of the cluster.
  ///   - preemption: What preemption found, whose reasons are appended.
  /// - Returns: The message.
  public func failureSummary(nodes: Int, preemption: PreemptionDecision? = nil) -> String? {
    guard chosen == nil else { return nil }
    if let fault { return fault }
    guard nodes > 0 else { return "no nodes available to schedule pods" }
    guard let explanation else { return nil }
    var text = "0/\(nodes) nodes are available:"
    if let message = explanation.preFilterMessage {
      text += " \(message)."
    } else {
      text += Self.histogram(explanation.rejected.map(\.rejection))
    }
    guard let preemption, preemption.chosen == nil else { return text }
    text += " preemption: "
    if let reason = preemption.ineligibility { return text + reason }
    let unhelpful = Self.count("Preemption is not helpful for scheduling", preemption.unhelpful)
    let without = Self.count(
      "No preemption victims found for incoming pod", preemption.withoutVictims)
    let rest = preemption.refusals.flatMap(\.reasons)
    return text + "0/\(nodes) nodes are available:" + Self.histogram(unhelpful + without + rest)
  }

  private static func count(_ reason: String, _ count: Int) -> [String] {
    [String](repeating: reason, count: count)
  }

  private static func histogram(_ rejections: [Rejection]) -> String {
    histogram(rejections.flatMap(\.reasons))
  }

  /// Each reason with its number, sorted as text.
  private static func histogram(_ reasons: [String]) -> String {
    guard !reasons.isEmpty else { return "" }
    let counts = Dictionary(grouping: reasons, by: \.self).mapValues(\.count)
    return " " + counts.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", ") + "."
  }
}
