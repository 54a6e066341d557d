public import GantryUnits

/// What a simulation keeps of runs that have ended.
public enum RunKeeping: Sendable, Hashable {
  /// Every run with its TaskRuns, steps and critical path.
  case everything
  /// Sums over all runs: times, waits, critical paths, failures.
  case totals
  /// Times and waits alone.
  case times
}

/// What runs came to that are not kept one by one.
///
/// Takes 24 bytes a run, known before the first one starts; runs that end add nothing to that.
public struct RunTally: Sendable {
  /// When one run began, how long it took, and how it ended.
  public struct Run: Sendable, Hashable {
    public var created: Instant
    /// From creation to completion; NaN while it has not ended.
    public var seconds: Double
    /// The template's position in the plan.
    public var template: UInt16
    public var status: RunStatus

    /// Joins the figures of a run.
    public init(created: Instant, seconds: Double, template: Int, status: RunStatus) {
      self.created = created
      self.seconds = seconds
      self.template = UInt16(truncatingIfNeeded: template)
      self.status = status
    }

    /// Whether it came to an end.
    public var hasEnded: Bool { !seconds.isNaN }
  }

  /// Time of TaskRuns that ended.
  public struct Waits: Sendable, Hashable {
    /// Before a node was found.
    public var waited = 0.0
    /// From ready to completion.
    public var lived = 0.0
    /// All their time by kind, of those that did not end as well.
    public var breakdown = TimeBreakdown()

    /// Makes an empty sum.
    public init() {}

    /// The share of their time that TaskRuns waited; nil when none ended.
    public var share: Double? { lived > 0 ? waited / lived : nil }

    /// Adds a TaskRun.
    public mutating func add(_ task: TaskRunOutcome) {
      breakdown += task.breakdown
      guard let completed = task.completed else { return }
      let life = (completed - task.ready).seconds
      lived += life
      waited += task.wait?.seconds ?? (life - task.failedAttempts.seconds)
    }

    public static func += (sum: inout Waits, other: Waits) {
      sum.waited += other.waited
      sum.lived += other.lived
      sum.breakdown += other.breakdown
    }
  }

  /// What stretches of critical paths have in common.
  public struct Stretch: Sendable, Hashable {
    /// The template, and the pipeline task; no task for the run's own controller.
    public var template: Int
    public var task: String?
    public var kind: TimeKind
    public var label: String

    /// Joins what they have in common.
    public init(template: Int, task: String?, kind: TimeKind, label: String) {
      self.template = template
      self.task = task
      self.kind = kind
      self.label = label
    }
  }

  /// The lives of all claims of one template and name in one zone.
  public struct Claims: Sendable, Hashable {
    /// Those that were deleted, how long each was there in all (one minute at least), and bytes times
    /// seconds.
    public var deleted = 0
    public var deletedSeconds = 0.0
    public var deletedByteSeconds = 0.0
    /// Those that are there at the end: how many, the sum of their moments of creation, bytes, and
    /// bytes times creation.
    public var kept = 0
    public var keptCreated = 0.0
    public var keptBytes = 0.0
    public var keptByteCreated = 0.0

    /// Makes an empty sum.
    public init() {}
  }

  /// Names claims that are counted together.
  public struct ClaimKind: Sendable, Hashable {
    public var template: Int
    public var claim: Int
    public var zone: String?

    /// Joins what they have in common.
    public init(template: Int, claim: Int, zone: String?) {
      self.template = template
      self.claim = claim
      self.zone = zone
    }
  }

  /// By run, in order of creation.
  public var runs: [Run] = []
  /// By template.
  public var waits: [Waits]
  /// Seconds of critical paths by what they were spent on; none when only times are kept.
  public var paths: [Stretch: Double] = [:]
  /// Seconds of critical paths by the assumption they rest on.
  public var assumptionSeconds: [Double]
  public var claims: [ClaimKind: Claims] = [:]
  /// The first runs that did not succeed, in full.
  public var failures: [RunOutcome] = []
  /// What nodes did for want of memory or disk and is not kept: how often.
  public var furtherNodeEvents = 0

  /// Kinds of stretches that are told apart; further ones go by their kind alone.
  public static let mostStretches = 4096
  /// Runs without success that are kept.
  public static let mostFailures = 20
  /// Node events that are kept.
  public static let mostNodeEvents = 1000

  /// Makes an empty tally.
  public init(templates: Int, assumptions: Int) {
    waits = Array(repeating: Waits(), count: templates)
    assumptionSeconds = Array(repeating: 0, count: assumptions)
  }
}

extension Outcome {
  /// How many runs were created.
  public var runCount: Int { tally?.runs.count ?? runs.count }

  /// Every run in a line, in order of creation.
  public var runTimes: [RunTally.Run] {
    if let tally { return tally.runs }
    return runs.map { run in
      RunTally.Run(
        created: run.created, seconds: run.completed.map { ($0 - run.created).seconds } ?? .nan,
        template: run.template, status: run.status)
    }
  }

  /// The waits of all TaskRuns that ended.
  public var waits: RunTally.Waits {
    var sum = RunTally.Waits()
    if let tally {
      for waits in tally.waits { sum += waits }
    } else {
      for task in runs.flatMap(\.taskRuns) { sum.add(task) }
    }
    return sum
  }
}
