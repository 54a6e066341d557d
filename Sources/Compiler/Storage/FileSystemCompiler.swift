import GantryCloud
import GantryModel
import GantryUnits

/// The limits of an EFS file system, from the catalogue and the scenario's settings.
struct FileSystemCompiler {
  let input: CompilerInput
  let region: String
  /// Zones of the nodes, in their order.
  let zones: [String]
  let sink: DiagnosticSink

  /// A file system with the settings of the scenario.
  mutating func make(name: String, at location: SourceLocation) -> FileSystemSpec {
    let settings = input.scenario.storage.efs
    var system = FileSystemSpec(name: name)
    system.mode = mode(settings)
    system.isOneZone = settings.oneZone ?? false
    let stored = settings.storedGiB?.value ?? 0
    system.stored = .gib(max(stored, 0))
    let item = system.isOneZone ? "one_zone" : "regional"
    system.readLatency =
      (figure(item, "read_latency_typical") ?? figure("regional", "read_latency_typical") ?? 1)
      / 1000
    system.writeLatency = (figure(item, "write_latency") ?? 2.7) / 1000
    system.perClient = .mibps(
      figure(system.mode == .elastic ? "elastic" : "bursting", "per_client_throughput") ?? 500)
    reportUnused(settings, of: system)
    setCeilings(&system, storedGiB: stored, settings: settings)
    setOperations(&system)
    system.writeStream = figure("measured", "write_stream").map { BytesPerSecond($0 * 1e6) }
    system.directoryStreams = figure("measured", "streams_per_directory")
    // Source: Amazon EFS user guide, metering throughput, read 2026-11-22.
    system.leastRequest = 4096
    system.usesTLS = settings.tls ?? true
    setMounts(&system, settings)
    return system
  }

  /// Access points, how long claims keep them, and where mount targets are.
  private func setMounts(_ system: inout FileSystemSpec, _ settings: ScenarioFile.EFSSettings) {
    system.accessPointLimit =
      settings.accessPoints?.value ?? figure("all", "access_points_per_fs").map { Int($0) }
    system.keepClaims = settings.keepClaims.flatMap { DurationText.seconds($0.value) }
    if let limit = settings.accessPoints, limit.value < 0 {
      sink.error(
        "E0334", "a file system has 0 access points or more, not \(limit.value)",
        at: limit.location)
    }
    for zone in settings.mountTargetZones {
      let name = zone.value.count == 1 ? region + zone.value : zone.value
      if !zones.contains(name) {
        sink.warning(
          "W0335", "the mount target in \(name) serves no node: none is there", at: zone.location,
          suggestion: "zones with nodes are \(Set(zones).sorted().joined(separator: ", "))")
      }
      system.mountTargetZones.append(name)
    }
    if system.isOneZone {
      // A One Zone file system has the one mount target of its zone.
      system.mountTargetZones = Array(
        (system.mountTargetZones + zones.prefix(1)).prefix(1))
    }
  }

  /// Warns of settings that change nothing in the mode chosen; a bought throughput outside its mode
  /// is an error of the file.
  private func reportUnused(_ settings: ScenarioFile.EFSSettings, of system: FileSystemSpec) {
    if let credits = settings.initialCreditsGiB, system.mode != .bursting {
      sink.warnUnused(
        "only the throughput mode 'bursting' has credits, and this one is "
          + "'\(system.mode.rawValue)': initialCreditsGiB is ignored", at: credits.location,
        suggestion: "leave it out, or write 'throughputMode: bursting'")
    }
    if system.isOneZone, let second = settings.mountTargetZones.dropFirst().first {
      sink.warnUnused(
        "a One Zone file system has one mount target: those after the first are ignored",
        at: second.location, suggestion: "name one zone, or leave out oneZone")
    }
  }

  private func mode(_ settings: ScenarioFile.EFSSettings) -> FileSystemSpec.ThroughputMode {
    guard let written = settings.throughputMode else { return .elastic }
    if let mode = FileSystemSpec.ThroughputMode(rawValue: written.value) { return mode }
    sink.error(
      "E0332",
      "'\(written.value)' is not a throughput mode; expected elastic, bursting or "
        + "provisioned", at: written.location,
      suggestion: nearestName(
        to: written.value, in: FileSystemSpec.ThroughputMode.allCases.map(\.rawValue)
      ).map { "did you mean '\($0)'?" })
    return .elastic
  }

  /// Ceilings where a region has none of its own: 3 GiB/s read and 1 GiB/s written, the default
  /// quota of Elastic throughput.
  ///
  /// Source: Amazon EFS user guide, quotas, read 2026-11-22.
  private func setCeilings(
    _ system: inout FileSystemSpec, storedGiB: Double, settings: ScenarioFile.EFSSettings
  ) {
    let gib = 1_073_741_824.0
    let modeItem = system.mode == .elastic ? "elastic" : "bursting"
    let item = system.isOneZone ? "one_zone" : modeItem
    system.readCeiling = .init((figure(item, "max_read_throughput") ?? 3) * gib)
    let write =
      figure(item, "max_write_throughput") ?? figure("bursting", "max_metered_throughput") ?? 1
    system.writeCeiling = .init(write * gib)
    let baseline = max(50.0 / 1024 * storedGiB, 1)
    switch system.mode {
    case .elastic: break
    case .bursting:
      let burst = max(100, 100 * storedGiB / 1024)
      let credits = 2.1 * 1024 * gib * max(1, storedGiB / 1024)
      let initial = settings.initialCreditsGiB.map { $0.value * gib }
      if let initial, let given = settings.initialCreditsGiB, initial < 0 || initial > credits {
        sink.error(
          "E0336",
          "burst credits are 0 to \(Int((credits / gib).rounded())) GiB, not \(given.value)",
          at: given.location)
      }
      system.metered = BurstRate(
        baseline: .mibps(baseline), burst: .mibps(max(burst, baseline)), credits: credits,
        initialCredits: initial)
    case .provisioned:
      guard let bought = settings.provisionedMiBps, bought.value > 0 else {
        sink.error(
          "E0333", "the throughput mode 'provisioned' needs 'provisionedMiBps' above 0",
          at: settings.provisionedMiBps?.location ?? settings.throughputMode?.location)
        return
      }
      system.provisioned = .mibps(bought.value)
      system.metered = BurstRate(baseline: .mibps(max(bought.value, baseline)))
    }
  }

  private func setOperations(_ system: inout FileSystemSpec) {
    if system.isOneZone || system.mode == .bursting {
      let item = system.isOneZone ? "one_zone" : "bursting"
      // A write or metadata update takes 5 of 35000 operations. Source: Amazon EFS user guide,
      // quotas, read 2026-11-22.
      system.sharesOperations = true
      system.readIOPS = figure(item, "max_read_iops") ?? 35_000
      system.writeIOPS = figure(item, "max_write_iops") ?? 7_000
    } else if system.mode == .provisioned {
      system.readIOPS = figure("provisioned", "max_read_iops") ?? 55_000
      system.writeIOPS = figure("provisioned", "max_write_iops") ?? 25_000
    } else {
      system.readIOPS = figure("elastic", "max_read_iops_hot") ?? 250_000
      system.writeIOPS = figure("elastic", "max_write_iops") ?? 50_000
    }
  }

  private func figure(_ item: String, _ metric: String) -> Double? {
    try? input.catalog.figure(service: "efs", item: item, metric: metric, region: region).value
  }
}
