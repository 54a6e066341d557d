public import GantryUnits

/// Why one attempt of a TaskRun went as it did, from the controller to the last step.
public struct PodStory: Sendable, Hashable {
  public var controller: ControllerWait?
  public var claims: ClaimWait?
  public var scheduling: [SchedulingAttempt] = []
  public var volumes: [VolumeWait] = []
  public var images: [ImageWait] = []
  public var phases: [PhaseStory] = []

  /// Makes a story without events.
  public init() {}

  /// The wait for Tekton's controller.
  public struct ControllerWait: Sendable, Hashable {
    public var from: Instant
    /// How long the controller takes to react.
    public var reaction: Span
    /// How long all its workers had other work, on top.
    public var queued: Span = .zero
    /// How long its limit of requests a second made it wait, on top.
    public var limited: Span
    /// The limit: requests a second, and in a burst; 0 is no limit.
    public var requestsPerSecond: Double
    public var burst: Double
    /// How many TaskRuns it can look at at the same time.
    public var workers: Int

    /// Makes a wait in which no worker was missing.
    public init(
      from: Instant, reaction: Span, limited: Span, requestsPerSecond: Double, burst: Double,
      workers: Int
    ) {
      self.from = from
      self.reaction = reaction
      self.limited = limited
      self.requestsPerSecond = requestsPerSecond
      self.burst = burst
      self.workers = workers
    }
  }

  /// The wait for claims to be provisioned, before the scheduler looks at the pod.
  public struct ClaimWait: Sendable, Hashable {
    public var claims: [String]
    public var from: Instant
    /// nil when they never were.
    public var until: Instant?
    /// Why a claim can never be bound; nil where it can.
    public var obstacle: String?

    /// Makes a wait that has not ended.
    public init(claims: [String], from: Instant, obstacle: String? = nil) {
      self.claims = claims
      self.from = from
      self.obstacle = obstacle
    }
  }

  /// A block volume on its way to the pod's node.
  public struct VolumeWait: Sendable, Hashable {
    public var claim: String
    /// The claim's position among the run's claims.
    public var position: Int
    public var from: Instant
    /// When the volume could begin to move; later than `from` while pods elsewhere held it.
    public var free: Instant?
    /// When it was mounted; nil when it never was.
    public var until: Instant?
    /// TaskRuns on another node that held it, and that node.
    public var heldBy: [String] = []
    public var holder: String?
    /// What had to be done: made, detached, attached, mounted.
    public var actions: [Action] = []

    /// A part of the way.
    public struct Action: Sendable, Hashable {
      public var name: String
      public var span: Span

      /// Makes a part.
      public init(_ name: String, _ span: Span) {
        self.name = name
        self.span = span
      }
    }

    /// Makes a wait that has not ended.
    public init(claim: String, position: Int, from: Instant) {
      self.claim = claim
      self.position = position
      self.from = from
    }
  }

  /// An image that the pod needs.
  public struct ImageWait: Sendable, Hashable {
    public var image: String
    /// Bytes sent by the registry.
    public var bytes: Double
    public var from: Instant
    /// When it was there; equal to `from` when the node had it, nil when it never came.
    public var until: Instant?
    /// When its pull began: a node pulls one image at a time.
    public var pullStarted: Instant?
    /// Images that the node had to pull first.
    public var behind: [String] = []
    /// Other TaskRuns that waited for the same pull.
    public var sharedWith: [String] = []
    public var limits: [LimitShare] = []

    /// Whether the node had it.
    public var isCached: Bool { until == from }

    /// Makes a wait that has not ended.
    public init(image: String, bytes: Double, from: Instant) {
      self.image = image
      self.bytes = bytes
      self.from = from
    }
  }

  /// A stretch of a step, and what limited the part of it that ended last.
  public struct PhaseStory: Sendable, Hashable {
    public var step: String
    public var label: String
    public var start: Instant
    /// nil when it was cut off.
    public var end: Instant?
    /// The longest first.
    public var limits: [LimitShare]

    /// Makes a stretch.
    public init(step: String, label: String, start: Instant, end: Instant?, limits: [LimitShare]) {
      self.step = step
      self.label = label
      self.start = start
      self.end = end
      self.limits = limits
    }
  }
}
