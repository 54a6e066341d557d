// What a step does, as the engine plays it out.

/// Where bytes are read from or written to.
public enum IOTarget: Hashable, Sendable {
  /// The node's root volume behind its page cache: emptyDir volumes and container layers.
  case nodeDisk
  /// Memory: tmpfs and emptyDir volumes with medium Memory.
  case memory
  /// A claim of the run, by its position in the run's claims.
  case claim(Int)
  /// A server, by its position in the plan's services.
  case service(Int)
}

/// The direction of a transfer, seen from the step.
public enum IODirection: UInt8, Hashable, Sendable {
  case read
  case write
}

/// One thing a phase needs; a phase's demands run at the same time.
public enum Demand: Hashable, Sendable {
  /// Processor work: seconds on one reference thread (m5a.2xlarge), spread over at most `threads`.
  case cpu(seconds: Double, threads: Double)
  /// Bytes and operations: `operations` of them one after another in `concurrency` streams.
  case transfer(Transfer)
  /// Time that passes whatever the machine.
  case fixed(seconds: Double)

  /// Bytes moved and file-system operations (or requests) done.
  public struct Transfer: Hashable, Sendable {
    public var target: IOTarget
    public var direction: IODirection
    /// Bytes moved in all.
    public var bytes: Double
    /// Operations (NFS calls, requests) in all.
    public var operations: Double
    /// How many operations, or connections, are under way at once.
    public var concurrency: Double
    /// How many directories the files created are spread over; nil when that does not matter.
    public var directories: Double?

    /// Makes a transfer.
    public init(
      _ direction: IODirection, _ target: IOTarget, bytes: Double, operations: Double = 0,
      concurrency: Double = 1, directories: Double? = nil
    ) {
      self.target = target
      self.direction = direction
      self.bytes = bytes
      self.operations = operations
      self.concurrency = concurrency
      self.directories = directories
    }
  }
}

/// A stretch of a step whose demands run at the same time; it ends with the last of them.
public struct Phase: Hashable, Sendable {
  /// What is done, for people: `buildah bud: copy the base image (vfs)`.
  public var label: String
  public var demands: [Demand]
  /// By demand: what its amounts are multiplied by; where nothing stands, nothing is drawn.
  public var factors: [RandomFactor?] = []
  /// Positions in the plan's assumptions of the figures the phase rests on.
  public var assumptions: [Int]
  /// What it takes of memory and disk.
  public var footprint: Footprint

  /// Makes a phase.
  public init(
    label: String, demands: [Demand], assumptions: [Int] = [], footprint: Footprint = Footprint()
  ) {
    self.label = label
    self.demands = demands
    self.assumptions = assumptions
    self.footprint = footprint
  }
}

/// A figure that is assumed or measured elsewhere, with what it rests on.
public struct Assumption: Hashable, Sendable, Codable {
  /// How far the figure can be trusted.
  public enum Confidence: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Nobody measured it; a range is all that is known.
    case guess
    /// Derived from measurements of something close.
    case estimate
    /// Measured, with its source.
    case measured

    public static func < (a: Self, b: Self) -> Bool {
      let order: [Self] = [.guess, .estimate, .measured]
      return (order.firstIndex(of: a) ?? 0) < (order.firstIndex(of: b) ?? 0)
    }
  }

  /// A stable name such as `quay.push.rate`; the scenario's `assumptions:` overrides by it.
  public var id: String
  /// What is assumed, in one sentence.
  public var text: String
  public var value: Double
  public var unit: String
  public var confidence: Confidence
  /// Where the figure comes from, with its date.
  public var source: String

  /// Makes an assumption.
  public init(
    id: String, text: String, value: Double, unit: String, confidence: Confidence, source: String
  ) {
    self.id = id
    self.text = text
    self.value = value
    self.unit = unit
    self.confidence = confidence
    self.source = source
  }
}
