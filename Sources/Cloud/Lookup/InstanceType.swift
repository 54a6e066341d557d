public import GantryModel
public import GantryUnits

/// An EC2 instance type as gantry believes it to be.
public struct InstanceType: Hashable, Sendable {
  /// The name, such as `m6g.2xlarge`.
  public var name: String
  public var architecture: Architecture
  /// Hardware threads.
  public var vcpu: Int
  /// Physical cores.
  public var cores: Int
  public var threadsPerCore: Int
  public var memory: Bytes
  /// The processor's model.
  public var processor: String
  /// Whether the processor was read on this type or taken from a sibling.
  public var processorProvenance: Provenance
  /// The sustained clock as published, in GHz.
  public var clockGHz: Double?
  /// The network link, each direction.
  public var network: LinkRate
  /// The link to EBS; nil for types of which none is published.
  public var ebs: EBSLink?
  /// How many volumes can be attached.
  public var attachments: AttachmentLimit
  /// The local disks together.
  public var localDisk: Bytes
  /// The local disks one by one, such as `2x1900ssd`; nil without any.
  public var localDisks: String?
  /// How a burstable type earns CPU time; nil for the others.
  public var credits: CPUCredits?
  public var maxNetworkInterfaces: Int
  public var addressesPerInterface: Int
  public var isBareMetal: Bool
  public var isCurrentGeneration: Bool
  public var supportsSpot: Bool
  /// What its processor does for build-like work.
  public var cpu: CPUScore
  /// Where the specification comes from; `cpu` and the processor have their own.
  public var specification: Provenance

  /// How many block volumes fit besides the root volume; the catalogue's number of slots leaves
  /// out the first network interface and the local disks, and OpenShift adds no more interfaces.
  ///
  /// Source: aws-ebs-csi-driver issue 1728: 27 volumes with the root on an m5.xlarge, 2023-08.
  public var volumeSlots: Int { max(attachments.count - 1, 0) }

  /// The part of the name before the dot.
  public var family: String { String(name.prefix { $0 != "." }) }
  /// The part of the name after the dot.
  public var size: String { String(name.drop { $0 != "." }.dropFirst()) }
}

/// A rate that holds for ever and one that holds for a while.
public struct LinkRate: Hashable, Sendable {
  /// Held for ever.
  public var baseline: BytesPerSecond
  /// Held while credits last; equal to the baseline where there is no burst.
  public var burst: BytesPerSecond

  /// Joins both rates.
  public init(baseline: BytesPerSecond, burst: BytesPerSecond) {
    self.baseline = baseline
    self.burst = burst
  }
}

/// What an instance can move to and from all its volumes together.
public struct EBSLink: Hashable, Sendable {
  public var throughput: LinkRate
  /// Operations of 16 KiB per second, for ever.
  public var baselineIOPS: Double
  /// Operations of 16 KiB per second, for a while.
  public var burstIOPS: Double
}

/// How many volumes an instance takes.
public struct AttachmentLimit: Hashable, Sendable {
  /// The number of slots.
  public var count: Int
  /// Whether network interfaces and local disks use the same slots.
  public var sharedWithInterfaces: Bool
}

/// How a burstable instance earns and spends CPU time.
public struct CPUCredits: Hashable, Sendable {
  /// Credits earned per hour; one credit is one vCPU for one minute.
  public var perHour: Double
  /// The share of each vCPU that is sustained for ever, from 0 to 1.
  public var baselinePerVCPU: Double
}
