public import GantryUnits

/// An EFS file system.
public struct FileSystemSpec: Sendable, Hashable {
  /// How throughput is paid for.
  public enum ThroughputMode: String, Sendable, Hashable, Codable, CaseIterable {
    case elastic
    case bursting
    case provisioned
  }

  public var name: String
  public var mode: ThroughputMode = .elastic
  /// Provisioned throughput (mode `provisioned`).
  public var provisioned = BytesPerSecond(0)
  /// Bytes stored besides what the runs write; sets the bursting baseline.
  public var stored: Bytes = .zero
  public var isOneZone: Bool = false
  /// Metered throughput without credits and with; elastic uses the read and write ceilings only.
  ///
  /// A byte read counts as a third of a byte written.
  public var metered = BurstRate(baseline: BytesPerSecond(0))
  public var readCeiling = BytesPerSecond(0)
  public var writeCeiling = BytesPerSecond(0)
  public var perClient = BytesPerSecond(0)
  public var readIOPS: Double = 0
  public var writeIOPS: Double = 0
  /// Whether reads and writes share one allowance, a write taking `readIOPS / writeIOPS` of it.
  public var sharesOperations: Bool = false
  /// In seconds per operation.
  public var readLatency: Double = 0
  public var writeLatency: Double = 0
  /// What one write under way carries besides its latency; nil when only latency counts.
  public var writeStream: BytesPerSecond?
  /// How many streams can create files in one directory at the same time; nil for any number.
  public var directoryStreams: Double?
  /// The bytes that a smaller request is metered and billed as.
  public var leastRequest: Double = 0
  /// Claims beyond this many stay pending; nil for no limit.
  public var accessPointLimit: Int?
  /// Seconds that the claims of a finished run stay; nil keeps them to the end.
  public var keepClaims: Double?
  /// Whether clients mount it through TLS, which takes longer.
  public var usesTLS: Bool = true
  /// Zones with a mount target; empty stands for every zone.
  public var mountTargetZones: [String] = []

  /// Makes a file system without limits yet.
  public init(name: String) { self.name = name }

  /// Whether clients of a zone reach it through a mount target of another, which is billed.
  public func isRemote(from zone: String) -> Bool {
    !mountTargetZones.isEmpty && !mountTargetZones.contains(zone)
  }
}
