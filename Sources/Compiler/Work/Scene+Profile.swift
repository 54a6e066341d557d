import GantryModel

extension ScenarioFile.StepProfile {
  /// Whether it says what the step does, not only what it takes of memory and disk.
  var givesWork: Bool {
    duration != nil || cpuSeconds != nil || readMiB != nil || writeMiB != nil
      || downloadMiB != nil || uploadMiB != nil || operations != nil
      || (memoryMiB == nil && diskMiB == nil)
  }
}

extension Scene {
  /// Puts the scenario's work in place of what was read, with the memory and disk that were read.
  func replace(
    by profile: ScenarioFile.StepProfile, taskRun: ResolvedTaskRun, _ footprint: Footprint
  ) {
    forget()
    play(profile, taskRun: taskRun)
    guard let last = phases.indices.last else { return }
    let written = phases[last].footprint.changes
    phases[last].footprint = footprint
    if profile.writeMiB != nil { phases[last].footprint.changes = written }
  }

  /// The work that the scenario gives for a step, in one phase.
  func play(_ profile: ScenarioFile.StepProfile, taskRun: ResolvedTaskRun) {
    var demands: [Demand] = []
    if let text = profile.duration?.value {
      if let seconds = Self.seconds(ofDuration: text) {
        demands.append(.fixed(seconds: seconds))
      } else {
        tell(.error, "E0613", "the profile's duration '\(text)' is no duration such as 90s or 2m")
      }
    }
    let figures = [
      profile.cpuSeconds, profile.threads, profile.readMiB, profile.writeMiB, profile.downloadMiB,
      profile.uploadMiB, profile.operations, profile.memoryMiB, profile.diskMiB,
    ]
    if figures.contains(where: { $0.map { !$0.value.isFinite || $0.value < 0 } ?? false }) {
      return tell(.error, "E0614", "a figure of the profile is negative or no number")
    }
    if let seconds = profile.cpuSeconds?.value, seconds > 0 {
      demands.append(.cpu(seconds: seconds, threads: max(1, profile.threads?.value ?? 1)))
    }
    let target = target(ofWorkspace: profile.workspace?.value, taskRun)
    let read = (profile.readMiB?.value ?? 0) * 1_048_576
    let write = (profile.writeMiB?.value ?? 0) * 1_048_576
    let operations = profile.operations?.value ?? 0
    // Operations go with the direction that moves more bytes; alone they are reads.
    let isWriting = write > read
    if read > 0 || (operations > 0 && !isWriting) {
      demands.append(
        .transfer(.init(.read, target, bytes: read, operations: isWriting ? 0 : operations)))
    }
    if write > 0 {
      if target == .nodeDisk { noteStored(.container(0), kept: write) }
      demands.append(
        .transfer(.init(.write, target, bytes: write, operations: isWriting ? operations : 0)))
    }
    if let mib = profile.downloadMiB?.value, mib > 0 {
      demands += download(Self.server, bytes: mib * 1_048_576, requests: 1, connections: 1)
    }
    if let mib = profile.uploadMiB?.value, mib > 0 {
      demands += upload(Self.server, bytes: mib * 1_048_576, requests: 1, connections: 1)
    }
    emit("as the profile says", demands)
  }

  /// The service that stands for whatever a profile downloads from or uploads to.
  static let server = "a profile's server"

  private func target(ofWorkspace name: String?, _ taskRun: ResolvedTaskRun) -> IOTarget {
    for workspace in taskRun.workspaces where name == nil || workspace.name == name {
      if case .claim(let index) = workspace.binding { return .claim(index) }
    }
    return .nodeDisk
  }

  /// Reads a Go duration such as `1h2m3.5s`, or plain seconds; nil for anything else.
  static func seconds(ofDuration text: String) -> Double? {
    if let seconds = Double(text), seconds >= 0, seconds.isFinite { return seconds }
    let units: [(String, Double)] = [("ms", 1e-3), ("h", 3600), ("m", 60), ("s", 1)]
    var rest = Substring(text)
    var seconds = 0.0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest.dropFirst(number.count)
      guard let value = Double(number), let unit = units.first(where: { rest.hasPrefix($0.0) })
      else {
        return nil
      }
      seconds += value * unit.1
      rest = rest.dropFirst(unit.0.count)
    }
    return seconds
  }
}
