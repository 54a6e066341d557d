public import GantryModel

/// Looks for the cheapest points that keep goals, with as few simulations as it takes.
///
/// Points are looked at in the order of their cost, of which the standing part is known without any
/// simulation. A point gets simulations until it is told, with confidence, whether it keeps the
/// goals; those that are certainly dearer than one that does get no more, most of them none at all.
///
/// What comes out depends on the points and the goals only: not on threads, nor on what was stored.
public struct ChoiceRace: Sendable {
  /// A point, and what its month costs at least.
  public struct Entry: Sendable {
    public var point: SweepPoint
    public var standingUSD: Double

    /// Joins a point and its standing cost.
    public init(_ point: SweepPoint, standingUSD: Double) {
      self.point = point
      self.standingUSD = standingUSD
    }
  }

  /// The samples of the replications from 0 up to a number, of the entry at a position; nil to stop.
  public typealias Sampler = (_ entry: Int, _ replications: Int) async throws -> [PointSample]?

  /// Simulations of a point before the first look at it.
  public static let firstLook = 5
  /// With fewer simulations no point is told to keep a limit.
  public static let leastToKeep = ReplicationRule.first

  private let goals: [ServiceGoal]
  private let confidence: Double
  private let plan: SweepPlan

  /// Takes the goals, the probability that no point is judged wrongly, and the warm-up and most
  /// replications of the plan.
  public init(_ goals: [ServiceGoal], confidence: Double, plan: SweepPlan) {
    self.goals = goals
    self.confidence = confidence
    self.plan = plan
  }

  /// The numbers of replications after which a point is looked at, each twice the last.
  public static func looks(most: Int) -> [Int] {
    var looks: [Int] = []
    var next = firstLook
    while next < most {
      looks.append(next)
      next *= 2
    }
    return looks + [most]
  }

  /// The choice put into `record`, with every point as a candidate; nil when the sampler stopped.
  public func run(
    _ entries: [Entry], into record: ChoiceRecord, sample: Sampler
  ) async throws -> ChoiceRecord? {
    let looks = Self.looks(most: plan.replications)
    // Half of what may go wrong is for goals, half for costs, which are compared with the winner's
    // and the runner-up's; each is shared by all bounds that may be looked at.
    let share = (1 - confidence) / 2 / Double(max(1, entries.count) * looks.count)
    let judge = GoalJudge(goals: goals, level: share / Double(max(1, goals.count)), plan: plan)
    var field = ChoiceField(entries, looks: looks, judge: judge, costLevel: share / 2)
    while let next = field.next(besides: nil) {
      guard let samples = try await sample(next, field.wanted(next)) else { return nil }
      field.take(samples, of: next)
    }
    let winner = field.best(besides: nil)
    if let winner {
      while let next = field.next(besides: winner) {
        guard let samples = try await sample(next, field.wanted(next)) else { return nil }
        field.take(samples, of: next)
      }
    } else {
      while let next = field.witness() {
        guard let samples = try await sample(next, field.wanted(next)) else { return nil }
        field.lookAgain(samples, at: next)
      }
    }
    return ChoiceFindings(field: field, goals: goals).filled(record)
  }
}
