import GantryModel
import GantryUnits

/// EBS volumes: what is included, and what may be provisioned.
///
/// Source: Amazon EBS user guide, volume types (gp3: 3000 IOPS and 125 MiB/s included, 500 IOPS per
/// GiB, 0.25 MiB/s per IOPS; gp2: 3 IOPS per GiB, 100 to 16000; io1: 50 IOPS per GiB up to 64000; io2:
/// 1000 per GiB up to 256000; st1: 40 MiB/s per TiB, 250 while credits last, 1 TiB of them per TiB;
/// gp2 under 1000 GiB: 3000 IOPS for 5.4 million operations), read 2026-11-22.
enum BlockVolume {
  /// What a volume kind allows.
  private struct Limits {
    var sizes: ClosedRange<Int>
    var iopsPerGiB: Double?
    var maxIOPS = 0.0
    var maxThroughput = 0.0
    /// Why IOPS that are given have no effect; nil when they have one.
    var iopsFollow: String?
    /// The same for throughput.
    var throughputFollows: String?
  }

  private static let limits: [String: Limits] = [
    "gp2": Limits(
      sizes: 1...16_384, iopsFollow: "follow from its size",
      throughputFollows: "follows from its size"),
    "gp3": Limits(sizes: 1...65_536, iopsPerGiB: 500, maxIOPS: 80_000, maxThroughput: 2000),
    "io1": Limits(
      sizes: 4...16_384, iopsPerGiB: 50, maxIOPS: 64_000, maxThroughput: 1000,
      throughputFollows: "follows from its IOPS"),
    "io2": Limits(
      sizes: 4...65_536, iopsPerGiB: 1000, maxIOPS: 256_000, maxThroughput: 4000,
      throughputFollows: "follows from its IOPS"),
    "st1": Limits(
      sizes: 125...16_384, iopsFollow: "are the same for every size",
      throughputFollows: "follows from its size"),
  ]

  /// A volume with the figures that its kind, size and settings give; problems are reported.
  static func make(
    kind: String, sizeGiB: Int, iops: Located<Int>?, throughputMiBps: Located<Int>?,
    at location: SourceLocation?, sink: DiagnosticSink
  ) -> VolumeSpec {
    reportUnused(kind: kind, iops: iops, throughput: throughputMiBps, sink: sink)
    var volume = VolumeSpec()
    volume.kind = kind
    volume.size = .gib(Double(sizeGiB))
    let sizes = limits[kind]?.sizes ?? 1...65_536
    if !sizes.contains(sizeGiB) {
      sink.error(
        "E0320",
        "a \(kind) volume has \(sizes.lowerBound) to \(sizes.upperBound) GiB, not \(sizeGiB)",
        at: location)
      return volume
    }
    let size = Double(sizeGiB)
    switch kind {
    case "gp3":
      volume.iops = Double(wanted(iops) ?? 3000)
      volume.throughput = .mibps(Double(wanted(throughputMiBps) ?? 125))
    case "gp2":
      volume.iops = min(max(3 * size, 100), 16_000)
      volume.throughput = .mibps(size <= 170 ? 128 : 250)
      if size < 1000 { volume.iopsBurst = Burst(rate: 3000, credits: 5_400_000) }
    case "io1", "io2":
      guard let iops = wanted(iops) else {
        sink.error("E0321", "a volume of type \(kind) needs 'iops'", at: location)
        return volume
      }
      volume.iops = Double(iops)
      // 256 KiB per operation up to the kind's ceiling; io1 has 500 MiB/s up to 32000 IOPS, then
      // 16 KiB per operation.
      volume.throughput = .mibps(
        min(Double(iops) / 4, kind == "io1" ? max(500, Double(iops) / 64) : 4000))
    case "st1":
      volume.iops = 500
      volume.largestOperation = .mib(1)
      volume.throughput = .mibps(min(40 * size / 1024, 500))
      let burst = BytesPerSecond.mibps(min(250 * size / 1024, 500))
      if burst > volume.throughput {
        volume.throughputBurst = Burst(
          rate: burst.value, credits: Double(volume.size.count))
      }
    default:
      sink.error(
        "E0322", "unknown volume type '\(kind)'; expected gp2, gp3, io1, io2 or st1", at: location,
        suggestion: nearestName(to: kind, in: ["gp2", "gp3", "io1", "io2", "st1"])
          .map { "did you mean '\($0)'?" })
    }
    check(volume, size: size, at: location, sink: sink)
    return volume
  }

  /// MachineSets write 0 for "the default".
  private static func wanted(_ value: Located<Int>?) -> Int? {
    value.flatMap { $0.value == 0 ? nil : $0.value }
  }

  /// Warns of figures that a kind does not take, once for a place.
  private static func reportUnused(
    kind: String, iops: Located<Int>?, throughput: Located<Int>?, sink: DiagnosticSink
  ) {
    let limit = limits[kind]
    if let iops, wanted(iops) != nil, let follow = limit?.iopsFollow {
      sink.warnUnused(
        "the IOPS of a \(kind) volume \(follow): \(iops.value) is ignored", at: iops.location,
        suggestion: "leave them out, or choose gp3, io1 or io2")
    }
    if let throughput, wanted(throughput) != nil, let follows = limit?.throughputFollows {
      sink.warnUnused(
        "the throughput of a \(kind) volume \(follows): \(throughput.value) MiB/s is ignored",
        at: throughput.location, suggestion: "leave it out, or choose gp3")
    }
  }

  private static func check(
    _ volume: VolumeSpec, size: Double, at location: SourceLocation?, sink: DiagnosticSink
  ) {
    guard let limit = limits[volume.kind], let perGiB = limit.iopsPerGiB else { return }
    let most = min(limit.maxIOPS, max(perGiB * size, volume.kind == "gp3" ? 3000 : 100))
    if volume.iops > most || volume.iops < 100 {
      sink.error(
        "E0323",
        "a \(volume.kind) volume of \(Int(size)) GiB has 100 to \(Int(most)) IOPS, not "
          + "\(Int(volume.iops))", at: location)
    }
    let ceiling = BytesPerSecond.mibps(
      volume.kind == "gp3" ? min(limit.maxThroughput, volume.iops / 4) : limit.maxThroughput)
    if volume.throughput > ceiling {
      sink.error(
        "E0324",
        "a \(volume.kind) volume with \(Int(volume.iops)) IOPS has at most "
          + "\(Int(ceiling.value / 1_048_576)) MiB/s", at: location)
    }
  }
}

extension DiagnosticSink {
  /// Warns of a storage setting that changes nothing, once for a message and place.
  func warnUnused(_ message: String, at location: SourceLocation?, suggestion: String) {
    let isKnown = diagnostics.contains {
      $0.code == "W0338" && $0.location == location && $0.message == message
    }
    if !isKnown { warning("W0338", message, at: location, suggestion: suggestion) }
  }
}
