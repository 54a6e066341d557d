import GantryKernel
import GantryModel
import GantryUnits

/// What the engine writes down of the runs in its scope while it plays them out.
struct Watch {
  let scope: ExplainScope
  var observation = Observation()
  /// The watched runs.
  var runs: Set<Int> = []
  /// Of watched TaskRuns: their place among the observation's stories.
  private var stories: [Int: Int] = [:]
  /// Watched TaskRuns in a phase, in the order in which they came into one.
  private(set) var working: [Int] = []
  private var phases: [Int: [[LimitShare]]] = [:]
  /// Pulls under way by node: their flows with shapes, and what limited each.
  var pulls: [Int: OpenPull] = [:]

  /// A pull of an image.
  struct OpenPull {
    var started: Instant
    var flows: [(flow: FlowID, shape: Int)] = []
    var limits: [[LimitShare]] = []

    /// What limited the part that ended last: it decided how long the pull took.
    var decisive: [LimitShare] { limits.endingLast }
  }

  init(_ scope: ExplainScope) { self.scope = scope }

  /// Whether a TaskRun is watched.
  func watches(_ index: Int) -> Bool { stories[index] != nil }

  mutating func begin(_ index: Int, run: Int, taskRun: Int) {
    stories[index] = observation.taskRuns.count
    observation.taskRuns.append(TaskRunStory(run: run, taskRun: taskRun))
  }

  /// A TaskRun is tried again.
  mutating func beginAttempt(_ index: Int) {
    guard let place = stories[index] else { return }
    observation.taskRuns[place].attempts.append(PodStory())
  }

  /// Changes the story of a watched TaskRun's present attempt.
  mutating func tell(_ index: Int, _ change: (inout PodStory) -> Void) {
    guard let place = stories[index] else { return }
    let last = observation.taskRuns[place].attempts.count - 1
    change(&observation.taskRuns[place].attempts[last])
  }

  // MARK: Phases

  mutating func beginPhase(_ index: Int, demands: Int) {
    guard stories[index] != nil else { return }
    if phases[index] == nil { working.append(index) }
    phases[index] = Array(repeating: [], count: demands)
  }

  mutating func add(_ limit: Limit, others: Int, for span: Span, to demand: Int, of index: Int) {
    phases[index]?[demand].add(limit, for: span, others: others)
  }

  /// What limited the demand of the phase that ended last.
  mutating func endPhase(_ index: Int) -> [LimitShare]? {
    guard let limits = phases.removeValue(forKey: index) else { return nil }
    working.removeAll { $0 == index }
    return limits.endingLast
  }
}

extension [[LimitShare]] {
  /// The list whose stretches are longest together, its own longest first.
  ///
  /// All lists began at the same moment, so that is the one that ended last; of equal ones the
  /// first.
  fileprivate var endingLast: [LimitShare] {
    var longest: [LimitShare] = []
    for list in self where list.total > longest.total { longest = list }
    let order = longest.indices.sorted { (longest[$1].span, $0) < (longest[$0].span, $1) }
    return order.map { longest[$0] }
  }
}
