/// Refuses nodes outside the zone or region that a bound volume's labels name.
enum VolumeZone {
  private static let keys = [
    "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region",
    "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
  ]
  /// From this minor release on, a node without a beta label is asked for the stable one.
  ///
  /// Source: Kubernetes 1.29 changelog, pull request 118923, read 2026-11-25.
  private static let firstTranslating = 29

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
        let stable = attempt.minor >= firstTranslating ? stableKey(of: key) : key
        guard let own = labels[key] ?? labels[stable], values.contains(own) else { return true }
      }
    }
    return false
  }

  private static func stableKey(of key: String) -> String {
    switch key {
    case keys[0]: keys[2]
    case keys[1]: keys[3]
    default: key
    }
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
    return parts.contains("") ? nil : parts
  }
}
