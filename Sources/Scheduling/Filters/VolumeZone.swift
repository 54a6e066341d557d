/// Refuses nodes outside the zone or region that a bound volume's labels name.
enum VolumeZone {
  private static let keys = [
    "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region",
    "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
  ]

  static func preFilter(_ attempt: Attempt, in state: ClusterState) -> Refusal? {
    for id in attempt.claims {
      guard let name = state.claims[id.index].claim?.volumeName, state.volumes[name] == nil else {
        continue
      }
      return .pod(.volumeZone, .unresolvable, "persistentvolume \"\(name)\" not found")
    }
    return nil
  }

  static func isElsewhere(_ attempt: Attempt, node: Int, in state: ClusterState) -> Bool {
    let labels = state.nodes[node].node.labels
    let hasZone = keys.contains { labels[$0] != nil }
    guard hasZone else { return false }
    for id in attempt.claims {
      guard let name = state.claims[id.index].claim?.volumeName,
        let volume = state.volumes[name]
      else { continue }
      for key in keys {
        guard let text = volume.labels[key], let values = zones(in: text) else { continue }
        guard let own = labels[key], values.contains(own) else { return true }
      }
    }
    return false
  }

  /// The parts of a label that names several zones with "__" between; nil when a part is empty,
  /// which the real code takes for a malformed label and ignores.
  static func zones(in label: String) -> [String]? {
    var parts: [String] = []
    var rest = Substring(label)
    while let range = rest.firstRange(of: "__") {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    parts.append(String(rest))
    let trimmed = parts.map { String($0.drop { $0 == " " }) }
    return trimmed.contains("") ? nil : trimmed
  }
}
