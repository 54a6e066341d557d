public import GantryModel

/// All kinds of findings that gantry makes: those of reading and compiling, and those of the rules.
public enum FindingKinds {
  /// The kinds of one stage.
  public struct Group: Sendable {
    /// The stage in a few words.
    public var title: String
    /// Its kinds, sorted by code.
    public var kinds: [FindingKind]

    init(_ title: String, _ kinds: [FindingKind]) {
      self.title = title
      self.kinds = kinds.sorted { $0.code < $1.code }
    }
  }

  /// The kinds by stage, in the order in which the stages look at an input.
  public static let groups = [
    Group("Reading files", reading),
    Group("Cluster manifests", clusterFiles),
    Group("The scenario file", scenario),
    Group("Axes of a sweep", sweep),
    Group("What Tekton accepts", tekton),
    Group("Making the cluster", cluster),
    Group("Volumes and file systems", storage),
    Group("Workload and settings", workload),
    Group("Resolving runs", runs),
    Group("What steps do", work),
    Group("What would go wrong or slowly", CheckRules.kinds),
    Group("Prices", prices),
  ]

  /// The kinds, sorted by code.
  public static let all: [FindingKind] = groups.flatMap(\.kinds).sorted { $0.code < $1.code }
}
