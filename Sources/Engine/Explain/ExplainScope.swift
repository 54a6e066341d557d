/// Which runs an observation is about.
public enum ExplainScope: Sendable, Hashable {
  /// The first so many runs that are created.
  case first(Int)
  /// The run of this name.
  case named(String)

  /// Whether a run that is created belongs to it.
  func contains(run index: Int, name: String) -> Bool {
    switch self {
    case .first(let count): index < count
    case .named(let wanted): name == wanted
    }
  }
}
