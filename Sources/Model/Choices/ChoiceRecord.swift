/// The cheapest configuration that keeps a service level, and what the choice rests on.
public struct ChoiceRecord: Sendable, Hashable {
  public var scenario: String
  public var programVersion: String
  public var catalogVersion: String
  public var seed: UInt64
  /// The paths of the axes, in the order in which the points run through them.
  public var axes: [String]
  public var warmUp: SweepPlan.WarmUp
  /// Service levels first, budgets last.
  public var goals: [ServiceGoal]
  /// The probability that no point is judged wrongly.
  public var confidence: Double
  /// No point gets more simulations than these.
  public var mostReplications: Int
  /// Every point, in the order of the grid.
  public var candidates: [ChoiceCandidate] = []
  /// The position of the cheapest candidate that keeps all goals; nil when none is shown to.
  public var winner: Int?
  /// The position of the next cheapest one that does.
  public var runnerUp: Int?
  /// What the runner-up costs more a month; nil without a runner-up.
  public var runnerUpExtraUSD: Estimate?
  /// Undecided candidates that may keep the goals for less than the winner.
  public var contenders: [Int] = []
  /// Without a winner: the candidate that misses by the least.
  public var nearestMiss: Int?
  public var flips: [ChoiceFlip] = []
  /// Simulations that the choice rests on, those included that the store had.
  public var simulations = 0
  /// What it takes to simulate every point as often as the most examined one.
  public var exhaustiveSimulations = 0

  /// Makes a choice without candidates.
  public init(
    scenario: String, programVersion: String, catalogVersion: String, seed: UInt64,
    axes: [String], plan: SweepPlan, goals: [ServiceGoal], confidence: Double
  ) {
    self.scenario = scenario
    self.programVersion = programVersion
    self.catalogVersion = catalogVersion
    self.seed = seed
    self.axes = axes
    warmUp = plan.warmUp
    mostReplications = plan.replications
    self.goals = goals
    self.confidence = confidence
  }
}

/// A point with what was found out about it.
public struct ChoiceCandidate: Sendable, Hashable {
  /// What is known of a candidate.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// All goals, with confidence.
    case keeps
    /// At least one goal is missed, with confidence.
    case misses
    /// Runs fail or never end, or more work comes in than can be done.
    case fails
    /// The most simulations were not enough to tell.
    case unsure
    /// Costs more than what was found, and was not looked at any further.
    case dearer
  }

  /// What is known of one limit.
  public enum LimitVerdict: String, Sendable, Hashable, CaseIterable {
    /// With confidence.
    case keeps, misses
    /// Too few simulations to tell, or none.
    case unsure
  }

  /// With its samples, and estimates where it has any.
  public var point: SweepPoint
  /// What a month costs at least, known before anything is simulated.
  public var standingUSD: Double
  public var verdict: Verdict
  /// Why it fails.
  public var fault: PointEstimates.Caveat?
  /// By goal: what it comes to; nil where there is nothing to estimate.
  public var readings: [Estimate?] = []
  /// By goal: whether it is kept, with the confidence of the choice; empty is all unsure.
  public var limits: [LimitVerdict] = []

  /// Joins a point, its standing cost and the verdict.
  public init(point: SweepPoint, standingUSD: Double, verdict: Verdict) {
    self.point = point
    self.standingUSD = standingUSD
    self.verdict = verdict
  }

  /// Whether the limit of a goal is kept.
  public func limit(_ goal: Int) -> LimitVerdict {
    limits.indices.contains(goal) ? limits[goal] : .unsure
  }
}

/// What would turn a choice.
public enum ChoiceFlip: Sendable, Hashable {
  /// A cheaper candidate would do if a goal were no stricter than `value`.
  case looser(goal: Int, value: Estimate, candidate: Int, savedUSD: Double)
  /// The winner would no longer do if a goal were stricter than `value`; then `candidate` is next,
  /// nil when no other is known to do.
  case tighter(goal: Int, value: Estimate, candidate: Int?)
  /// The runner-up would be as cheap if a month of it cost so much less, or one of the winner so much
  /// more; the share is that of the winner's month.
  case price(candidate: Int, usd: Double, share: Double)
  /// The runner-up would be as cheap from so many runs a month on.
  case runs(candidate: Int, perMonth: Double)
}
