extension ScenarioFile {
  /// The work of one step, given instead of read.
  public struct StepProfile: Sendable {
    /// A task's or pipeline task's name.
    public var task: Located<String>
    /// A step's name; nil is every step of the task.
    public var step: Located<String>?
    /// A pipeline's name; nil is every pipeline.
    public var pipeline: Located<String>?
    /// The architecture of the node; nil is every one.
    public var architecture: Located<String>?
    /// The instance type that `cpuSeconds` and a scaled `duration` were measured on; nil is
    /// m5a.2xlarge.
    public var instance: Located<String>?
    /// A time in seconds that passes whatever the machine, unless it `scales`.
    public var duration: Located<ProbabilityDistribution>?
    /// Whether `duration` is processor work of `threads` threads, and so depends on the machine.
    public var scales: Bool?
    /// Processor seconds on one thread of `instance`, and threads used.
    public var cpuSeconds: Located<ProbabilityDistribution>?
    public var threads: Located<Double>?
    /// MiB moved.
    public var readMiB: Located<ProbabilityDistribution>?
    public var writeMiB: Located<ProbabilityDistribution>?
    public var downloadMiB: Located<ProbabilityDistribution>?
    public var uploadMiB: Located<ProbabilityDistribution>?
    /// The workspace read and written; default: the first one on a claim.
    public var workspace: Located<String>?
    /// File operations on that workspace.
    public var operations: Located<ProbabilityDistribution>?
    /// MiB of memory that the step's processes take, and MiB that it leaves on the node's disk.
    public var memoryMiB: Located<Double>?
    public var diskMiB: Located<Double>?
    /// What the figures rest on, for people.
    public var note: String?
    public var location: SourceLocation

    /// Makes an empty profile.
    public init(task: Located<String>, location: SourceLocation) {
      self.task = task
      self.location = location
    }

    /// The figures that can be drawn, with their names in a scenario file.
    public var figures: [(name: String, value: Located<ProbabilityDistribution>?)] {
      [
        ("duration", duration), ("cpuSeconds", cpuSeconds), ("readMiB", readMiB),
        ("writeMiB", writeMiB), ("downloadMiB", downloadMiB), ("uploadMiB", uploadMiB),
        ("operations", operations),
      ]
    }
  }
}

/// A file with profiles, such as `gantry calibrate` writes.
public struct ProfileFile: Sendable {
  /// Why the profiles should not be trusted; shown wherever they are used.
  public var warning: Located<String>?
  /// What the file rests on, for people.
  public var note: String?
  public var profiles: [ScenarioFile.StepProfile] = []
  /// Values of assumptions by their id, where the scenario has none of its own.
  public var assumptions: [ScenarioFile.Override] = []

  /// Makes an empty file.
  public init() {}
}
