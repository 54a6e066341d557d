public import GantryModel

/// What is given from outside about the work of steps.
public struct WorkConfiguration: Sendable {
  /// Work of steps given by the scenario, which replaces what is read; the last one that fits wins.
  public var profiles: [ScenarioFile.StepProfile] = []
  /// Sizes of images given by the scenario.
  public var images: [ScenarioFile.ImageSettings] = []
  /// Values by assumption id, given by the scenario.
  public var assumptions: [String: Double] = [:]
  /// The file system of the nodes' root volumes.
  public var nodeFileSystem: FileSystem = .xfs
  /// The files behind a Git URL as a clone names it; nil when gantry cannot see them.
  public var source: @Sendable (_ url: String) -> SourceTree? = { _ in nil }

  /// Makes a configuration in which everything is read or assumed.
  public init() {}
}
