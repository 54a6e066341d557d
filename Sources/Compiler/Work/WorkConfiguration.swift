public import GantryModel

/// What is given from outside about the work of steps.
public struct WorkConfiguration: Sendable {
  /// Work of steps given by the scenario, which replaces what is read; the last one that fits wins.
  public var profiles: [ScenarioFile.StepProfile] = []
  /// The processors of the instance types that profiles name.
  public var processors: [String: Processor] = [:]
  /// Sizes of images given by the scenario.
  public var images: [ScenarioFile.ImageSettings] = []
  /// Values by assumption id, given by the scenario.
  public var assumptions: [String: Double] = [:]
  /// The file system of the nodes' root volumes.
  public var nodeFileSystem: FileSystem = .xfs
  /// The files behind a Git URL as a clone names it; nil when gantry cannot see them.
  public var source: @Sendable (_ url: String) -> SourceTree? = { _ in nil }

  /// How fast an instance type is, in reference threads.
  public struct Processor: Sendable, Hashable {
    /// One thread alone, and all threads together.
    public var thread: Double
    public var total: Double

    /// One thread of m5a.2xlarge is 1 by definition; what all threads do is from `cpu-scores.csv`.
    public static let reference = Processor(thread: 1, total: 5.2)

    /// Joins both speeds.
    public init(thread: Double, total: Double) {
      self.thread = thread
      self.total = total
    }

    /// What so many threads do together.
    public func speed(threads: Double) -> Double { min(max(threads, 1) * thread, total) }
  }

  /// Makes a configuration in which everything is read or assumed.
  public init() {}
}
