public import GantryUnits

/// A rate that may be exceeded while a bucket of credits lasts.
public struct BurstRate: Sendable, Hashable {
  public var baseline: BytesPerSecond
  /// The rate while credits last; equal to the baseline when there is no burst.
  public var burst: BytesPerSecond
  /// The bytes above the baseline that a full bucket allows.
  public var credits: Double
  /// The credits at the start.
  public var initialCredits: Double

  /// Makes a rate without burst, or with one; the bucket is full at the start unless said.
  public init(
    baseline: BytesPerSecond, burst: BytesPerSecond? = nil, credits: Double = 0,
    initialCredits: Double? = nil
  ) {
    self.baseline = baseline
    self.burst = burst ?? baseline
    self.credits = credits
    self.initialCredits = min(initialCredits ?? credits, credits)
  }
}

/// What a full bucket of credits allows beyond a baseline that is given elsewhere.
public struct Burst: Sendable, Hashable {
  /// Units per second while credits last.
  public var rate: Double
  /// Units above the baseline that a full bucket allows.
  public var credits: Double

  /// Joins rate and credits.
  public init(rate: Double, credits: Double) {
    self.rate = rate
    self.credits = credits
  }
}

/// A block volume.
public struct VolumeSpec: Sendable, Hashable {
  /// `gp2`, `gp3`, `io1`, `io2` or `st1`.
  public var kind: String = "gp3"
  public var size: Bytes = .gib(120)
  /// Provisioned or included operations per second, held for ever.
  public var iops: Double = 3000
  /// What gp2 volumes under 1000 GiB do while their credits last.
  public var iopsBurst: Burst?
  /// Provisioned or included throughput, held for ever.
  public var throughput = BytesPerSecond.mibps(125)
  /// What st1 volumes do while their credits last, in bytes.
  public var throughputBurst: Burst?
  /// The most bytes that count as one operation.
  public var largestOperation: Bytes = .mib(0.25)

  /// Makes the volume the OpenShift installer makes by default (gp3, 120 GiB).
  public init() {}
}

/// The disks inside an instance, taken as one.
public struct LocalDisk: Sendable, Hashable {
  public var size: Bytes
  /// Bytes written for ever; reads of what was just written come from memory.
  public var write: BytesPerSecond

  /// Joins size and speed.
  public init(size: Bytes, write: BytesPerSecond) {
    self.size = size
    self.write = write
  }
}
