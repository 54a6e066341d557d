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

  /// The work that a profile gives for a step, in one phase.
  ///
  /// A figure with a distribution becomes its mean times a factor that the engine draws for each step
  /// that runs; what stays on the disk is the mean.
  func play(_ profile: ScenarioFile.StepProfile, taskRun: ResolvedTaskRun) {
    let plain = [profile.threads, profile.memoryMiB, profile.diskMiB].compactMap { $0?.value }
    guard profile.figures.allSatisfy({ $0.value?.value.isUsable ?? true }),
      plain.allSatisfy({ $0.isFinite && $0 >= 0 })
    else {
      return tell(.error, "E0614", "a figure of the profile is negative or no number")
    }
    let processor =
      profile.instance.flatMap { configuration.processors[$0.value] } ?? .reference
    let threads = max(1, profile.threads?.value ?? 1)
    var demands: [(demand: Demand, factor: RandomFactor?)] = []
    func add(
      _ figure: Located<ProbabilityDistribution>?, _ kind: RandomFactor.Figure,
      times unit: Double = 1,
      _ demand: (Double) -> [Demand]
    ) {
      guard let value = figure?.value, case let mean = value.mean * unit, mean > 0 else { return }
      let factor = value.isFixed ? nil : RandomFactor(kind, value.scaled(by: 1 / value.mean))
      demands += demand(mean).map { ($0, factor) }
    }
    if profile.scales == true {
      add(profile.duration, .duration, times: processor.speed(threads: threads)) {
        [.cpu(seconds: $0, threads: threads)]
      }
    } else {
      add(profile.duration, .duration) { [.fixed(seconds: $0)] }
    }
    add(profile.cpuSeconds, .cpu, times: processor.thread) {
      [.cpu(seconds: $0, threads: threads)]
    }
    addTransfers(profile, taskRun: taskRun, add)
    emit("as the profile says", drawn: demands)
  }

  private func addTransfers(
    _ profile: ScenarioFile.StepProfile, taskRun: ResolvedTaskRun,
    _ add: (Located<ProbabilityDistribution>?, RandomFactor.Figure, Double, (Double) -> [Demand]) ->
      Void
  ) {
    let mib = 1_048_576.0
    let target = target(ofWorkspace: profile.workspace?.value, taskRun)
    // Operations go with the direction that moves more bytes; alone they are reads.
    let isWriting =
      (profile.writeMiB?.value.mean ?? 0) > (profile.readMiB?.value.mean ?? 0)
    // Operations that are drawn on their own are a demand of their own.
    let areDrawn = profile.operations.map { !$0.value.isFixed } ?? false
    let operations = areDrawn ? 0 : profile.operations?.value.mean ?? 0
    let drawnBytes = isWriting ? profile.writeMiB : profile.readMiB
    let joined = drawnBytes.map { $0.value.isFixed && $0.value.mean > 0 } ?? false
    add(profile.readMiB, .read, mib) {
      [
        .transfer(
          .init(.read, target, bytes: $0, operations: !isWriting && joined ? operations : 0))
      ]
    }
    add(profile.writeMiB, .write, mib) {
      if target == .nodeDisk { noteStored(.container(0), kept: $0) }
      return [
        .transfer(
          .init(.write, target, bytes: $0, operations: isWriting && joined ? operations : 0))
      ]
    }
    if !joined || areDrawn {
      add(profile.operations, .operations, 1) {
        [.transfer(.init(isWriting ? .write : .read, target, bytes: 0, operations: $0))]
      }
    }
    add(profile.downloadMiB, .download, mib) {
      download(Self.server, bytes: $0, requests: 1, connections: 1)
    }
    add(profile.uploadMiB, .upload, mib) {
      upload(Self.server, bytes: $0, requests: 1, connections: 1)
    }
  }

  /// The service that stands for whatever a profile downloads from or uploads to.
  static let server = "a profile's server"

  private func target(ofWorkspace name: String?, _ taskRun: ResolvedTaskRun) -> IOTarget {
    for workspace in taskRun.workspaces where name == nil || workspace.name == name {
      if case .claim(let index) = workspace.binding { return .claim(index) }
    }
    return .nodeDisk
  }
}

extension ScenarioFile.StepProfile {
  /// Whether the profile is meant for a step.
  func fits(
    step: ResolvedStep, task: ResolvedPipelineTask, pipeline name: String,
    on node: Architecture
  ) -> Bool {
    [task.name, task.taskName].contains(self.task.value)
      && (self.step?.value ?? step.name) == step.name
      && (pipeline?.value ?? name) == name
      && (architecture?.value ?? node.rawValue) == node.rawValue
  }
}
