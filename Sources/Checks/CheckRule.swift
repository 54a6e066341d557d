public import GantryModel

/// One rule of `gantry check`: looks at a compiled scenario and reports; changes nothing.
public protocol CheckRule: Sendable {
  /// The kinds of findings that the rule makes.
  static var kinds: [FindingKind] { get }

  /// Makes the rule.
  init()

  /// What the rule finds, in the order of runs and tasks.
  func findings(in subject: CheckSubject) -> [Diagnostic]
}

/// All rules, in the order of their codes.
public enum CheckRules {
  /// The rules.
  public static let all: [any CheckRule] = [
    RunOutcomeRule(), FileOrderRule(), ForeignFilesRule(), PlacementRule(),
    AssistantArchitectureRule(), BlockVolumeRule(), EphemeralStorageRule(),
    DeprecatedLabelRule(), ClusterTaskRule(), FeatureFlagRule(), TimeoutRule(),
    EmptyDirRule(), ImageArchitectureRule(), VolumeLimitRule(), MissingObjectRule(),
    ControllerLimitRule(), AccessPointOwnerRule(), MachineArchitectureRule(), BestEffortRule(),
    PriorityClassRule(), MemoryRule(), ClaimSizeRule(),
  ]

  /// The kinds of all rules' findings.
  public static var kinds: [FindingKind] { all.flatMap { type(of: $0).kinds } }

  /// Applies all rules.
  public static func findings(in subject: CheckSubject) -> [Diagnostic] {
    all.flatMap { $0.findings(in: subject) }
  }
}
