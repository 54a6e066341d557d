public import GantryModel
import GantryUnits

/// A plan with its work laid out in flat tables: made once, shared by all replications.
///
/// A class although nothing in it ever changes: as a structure it is copied, whole, wherever the
/// simulation looks something up in it.
public final class PreparedPlan: Sendable {
  /// The plan itself.
  public let plan: Plan
  let templates: [PreparedTemplate]
  let taskRuns: [PreparedTaskRun]
  /// By TaskRun.
  let pods: [PreparedPod]
  let steps: [PreparedStep]
  let phases: [PreparedPhase]
  /// By phase.
  let phaseNotes: [PhaseNote]
  let demands: [PreparedDemand]
  /// By demand: what a timer waits for.
  let timerLimits: [Limit]
  let changes: [PreparedChange]
  let claimChanges: [PreparedClaimChange]
  let shapes: [FlowShape]
  /// What drawn amounts are multiplied by, each once.
  let factors: [RandomFactor]
  let pull: PreparedPull
  /// By stretch: the positions of the assumptions behind it.
  let stretchAssumptions: [[Int]]

  /// Lays out a plan.
  /// - Complexity: O(size of the plan).
  public init(_ plan: Plan) {
    var builder = PlanBuilder(plan)
    for template in plan.templates { builder.add(template) }
    pull = builder.addPulls()
    self.plan = plan
    templates = builder.templates
    taskRuns = builder.taskRuns
    pods = builder.footprints.pods
    steps = builder.steps
    phases = builder.phases
    phaseNotes = builder.phaseNotes
    demands = builder.demands
    timerLimits = builder.timerLimits
    changes = builder.footprints.changes
    claimChanges = builder.footprints.claimChanges
    shapes = builder.shapes
    factors = builder.factors
    stretchAssumptions = Stretch.allCases.map { stretch in
      stretch.assumptions.compactMap { plan.control.assumptions[$0] }
    }
  }
}

/// Where the TaskRuns of a template's tasks lie.
struct PreparedTemplate: Sendable {
  /// By task: its TaskRuns.
  var taskRuns: [Range<Int>]
  /// The tasks of the graph, parents before children.
  var order: [Int32]
}

// What every event looks up are plain values: copying them counts no references. Texts and lists that
// only few events need lie apart.

/// A TaskRun's steps, and what its pod's start takes.
struct PreparedTaskRun: Sendable {
  var template: Int
  var task: Int
  var combination: Int
  var steps: Range<Int>
  /// The shape of the processor work that starting its pod takes.
  var startShape: Int
  var initContainerCount: Int
  /// Whether the first step waits for Tekton's annotation.
  var waitsForReady: Bool
  /// Seconds after which Tekton gives it up; nil for no limit.
  var timeout: Double?
}

/// A step's phases and limits.
struct PreparedStep: Sendable {
  var amd64: StepWork
  var arm64: StepWork
  /// Seconds after which Tekton kills it; nil for no limit.
  var timeout: Double?

  /// What the step does on one architecture.
  struct StepWork: Sendable {
    var phases: Range<Int>
    /// Whether it goes on after its phases until something ends it.
    var isEndless: Bool
    /// Whether it fails after its phases.
    var fails: Bool
  }

  func work(on architecture: Architecture) -> StepWork {
    switch architecture {
    case .amd64: amd64
    case .arm64: arm64
    }
  }
}

/// A phase's words, and the assumptions behind its length.
struct PhaseNote: Sendable {
  var label: String
  var assumptions: [Int]
}

/// A phase's demands.
struct PreparedPhase: Sendable {
  var demands: Range<Int>
  var footprint: PreparedFootprint
}

/// One flow or timer of a phase.
struct PreparedDemand: Sendable {
  var kind: TimeKind
  /// The flow's shape; nil for a timer.
  var shape: Int?
  /// Units to move, or seconds to wait.
  var amount: Double
  /// Its position among the plan's factors, when the amount is drawn.
  var factor: Int?
  /// What the amount counts as when it is done.
  var meter: Meter
  /// The claim whose block volume the flow crosses; nil for all others.
  var volume: Int?

  /// Which account a finished demand goes to.
  enum Meter: Sendable, Hashable {
    case none
    case cpu
    /// Bytes of a file system; metered unless the operations are what is metered.
    case fileSystemRead(Int, isMetered: Bool)
    case fileSystemWrite(Int, claim: Int, isMetered: Bool)
    /// Operations on a file system, each metered as so many bytes.
    case operations(Int, isWrite: Bool, metered: Double)
    case blockWrite(claim: Int)
    case download(service: Int)
    case upload(service: Int)
    case requests(service: Int, isWrite: Bool)
    case disk
  }
}

/// The shapes of image pulls.
struct PreparedPull: Sendable {
  /// By service: the download's shape.
  var download: [Int]
  var unpack: Int
  var disk: Int
}
