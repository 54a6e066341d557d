import GantryModel
import GantryUnits

/// Machines of one kind, before the catalogue is asked: what manifests, scenario and defaults say.
struct MachineGroup {
  /// The key under the scenario's `nodes`, or `controlPlane`.
  var name: String
  var isControlPlane = false
  var type: Located<String>
  var count: Int
  /// Full zone names, in turn for the nodes; empty until the region's are known.
  var zones: [Located<String>] = []
  var rootVolume = RootVolumeSpec()
  var labels: [String: String] = [:]
  var taints: [Taint] = []
  var isSpot = false
  /// Whether containers and emptyDir volumes lie on the instance's local disks.
  var usesLocalDisk = false
  /// Whether ordinary pods may run there; nil decides by the rules of OpenShift.
  var isSchedulable: Bool?
  var platformLoad: Double?
  /// Nodes of a live cluster, with their own names, labels and capacities.
  var dumped: [NodeManifest] = []
  /// What the scenario says of it, if anything.
  var settings: ScenarioFile.PoolSettings?
  var location: SourceLocation

  init(name: String, type: Located<String>, count: Int, location: SourceLocation) {
    self.name = name
    self.type = type
    self.count = count
    self.location = location
  }
}

extension MachineGroup {
  /// Puts what the scenario says in place of what was there.
  mutating func apply(_ settings: ScenarioFile.PoolSettings, region: String, sink: DiagnosticSink) {
    self.settings = settings
    if let type = settings.type {
      self.type = type
      // Another type is another machine: what the live node said of itself no longer holds.
      dumped = []
    }
    if let count = settings.count {
      if count.value < 0 || count.value > 100_000 {
        sink.error(
          "E0301", "the count of '\(name)' must be from 0 to 100000, not \(count.value)",
          at: count.location)
      } else if count.value != self.count {
        self.count = count.value
        dumped = []
      }
    }
    if !settings.zones.isEmpty {
      zones = settings.zones.map { zone in
        Located(zone.value.count == 1 ? region + zone.value : zone.value, at: zone.location)
      }
    }
    if let volume = settings.rootVolume { apply(volume) }
    for label in settings.labels { labels[label.key.value] = label.value.value }
    for taint in settings.taints {
      if let parsed = Taint(text: taint.value) {
        // A node has one taint of a key and effect.
        taints.removeAll { $0.key == parsed.key && $0.effect == parsed.effect }
        taints.append(parsed)
      } else {
        sink.error(
          "E0302", "'\(taint.value)' is not a taint; expected key=value:Effect", at: taint.location,
          suggestion: "effects are NoSchedule, PreferNoSchedule and NoExecute")
      }
    }
    if let spot = settings.spot { isSpot = spot }
    if let storage = settings.containerStorage { usesLocalDisk = storage.value == "localDisk" }
    if let schedulable = settings.schedulable { isSchedulable = schedulable }
    if let load = settings.platformLoad { platformLoad = load.value }
  }

  private mutating func apply(_ volume: ScenarioFile.VolumeSettings) {
    if let type = volume.type, type.value != rootVolume.type {
      rootVolume.type = type.value
      rootVolume.iops = nil
      rootVolume.throughputMiBps = nil
    }
    if let size = volume.sizeGiB { rootVolume.sizeGiB = size.value }
    if let iops = volume.iops { rootVolume.iops = iops.value }
    if let throughput = volume.throughputMiBps { rootVolume.throughputMiBps = throughput.value }
  }
}

extension Taint {
  /// Reads `key=value:Effect` or `key:Effect`; nil for anything else.
  init?(text: String) {
    guard let colon = text.lastIndex(of: ":"),
      let effect = TaintEffect(rawValue: String(text[text.index(after: colon)...]))
    else { return nil }
    let parts = text[..<colon].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let key = parts.first, !key.isEmpty else { return nil }
    self.init(key: String(key), value: parts.count > 1 ? String(parts[1]) : "", effect: effect)
  }
}
