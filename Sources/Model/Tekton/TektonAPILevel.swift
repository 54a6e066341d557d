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
