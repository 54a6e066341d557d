/// A release of Tekton Pipelines whose rules are known.
public enum TektonVersion: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// v0.59.0, 2024-04-25: the last long-term release line with ClusterTask and
  /// `disable-affinity-assistant` that OpenShift Pipelines 1.14 and 1.15 carry.
  case v0_59 = "0.59"
  /// v1.15.0, 2026-07-31: neither of the two.
  case v1_15 = "1.15"

  public static func < (a: Self, b: Self) -> Bool { a == .v0_59 && b == .v1_15 }
}

/// How mature a feature must be to be allowed (`enable-api-fields`).
public enum TektonAPILevel: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case stable
  case beta
  case alpha

  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .stable: 0
    case .beta: 1
    case .alpha: 2
    }
  }
}
