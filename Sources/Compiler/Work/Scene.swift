import GantryModel

/// One reading of one step on one architecture: what is known, and the phases found so far.
///
/// A reference type because the reading is one ongoing thing that commands act upon in turn.
final class Scene {
  /// The architecture of the node.
  let architecture: Architecture
  /// Claims on block volumes.
  let localClaims: Set<Int>
  let configuration: WorkConfiguration
  var world: World
  var tables: WorkTables
  var paths: PathSpace
  /// The distribution of the root file system that commands run in.
  var distribution: Distribution
  /// The architecture that commands run as; foreign ones run under QEMU.
  var machine: Machine
  var phases: [Phase] = []
  /// What was written to and removed from volumes of the pod since the last phase.
  var changes: [VolumeChange] = []
  private(set) var findings: [Finding] = []
  /// Why the step fails, once that is known.
  private(set) var failure: String?
  /// What keeps the step from ever ending, once that is known.
  private(set) var endless: String?
  /// What the command under way reads from a pipe or a redirection.
  var input: ByteStream?
  /// How many jobs in the background the command under way lies in.
  var backgroundDepth = 0
  /// Whether a job in the background never ends.
  var hasEndlessJob = false
  /// The `timeout` commands around the command under way.
  var limits: [Limit] = []
  /// Whether the innermost of them has ended what it runs.
  var isCutShort = false
  /// The time that the TaskRun has, for messages: `1h for this task`.
  var timeoutText = ""
  /// The step's name.
  var stepName = ""
  /// The Containerfile whose instruction is played.
  var origin: FindingOrigin?

  /// What `timeout` allows, and the first phase that counts.
  struct Limit {
    var seconds: Double
    var start: Int
  }

  /// Commands that may still be played; a guard against scripts that never end.
  var budget = 10_000
  /// How deep scripts are nested in each other.
  var depth = 0
  private var used: [Int] = []
  private(set) var recognised = 0
  /// The command under way, for what it reads and changes.
  var command = ""
  var touches: Set<Touch> = []
  /// What the commands gave to read and write calls, and left in storage folders.
  var tally = WorkTally()
  private var containers = 0
  /// Whether the storage.conf of the step's image has fuse-overlayfs mount overlays.
  var imageMountsWithFuse = false
  /// Containers whose files a mount program serves.
  private var fuseContainers: Set<VolumeID> = []
  /// CPU of the mount program for the next phase.
  private var fuseCPU = 0.0
  /// Where containers that are being built keep their bytes.
  private(set) var homes: [VolumeID: VolumeID] = [:]

  /// Something to tell the user about a step.
  struct Finding: Hashable {
    var severity: Diagnostic.Severity
    var code: String
    var message: String
    /// Where, when that is not the step itself.
    var location: SourceLocation?
  }

  init(
    architecture: Architecture, localClaims: Set<Int>, configuration: WorkConfiguration,
    world: World, tables: WorkTables, paths: PathSpace, distribution: Distribution
  ) {
    self.architecture = architecture
    self.localClaims = localClaims
    self.configuration = configuration
    self.world = world
    self.tables = tables
    self.paths = paths
    self.distribution = distribution
    machine = .init(architecture)
  }

  /// Whether commands run under QEMU.
  var isEmulated: Bool { !machine.runs(on: architecture) }

  // MARK: Figures

  /// The value of a figure; the next phase rests on it.
  func value(_ figure: Figure) -> Double {
    let index = tables.assumptions.index(of: figure.assumption)
    rest(on: [index])
    return tables.assumptions.value(at: index)
  }

  /// The value of a figure that only the tally depends on: no phase rests on it.
  func counted(_ figure: Figure) -> Double {
    configuration.assumptions[figure.id] ?? figure.value
  }

  /// Seconds of the measuring machine as seconds of the reference thread.
  func reference(_ measured: Double) -> Double {
    measured == 0 ? 0 : measured * value(.referenceFactor)
  }

  /// Makes the next phase rest on further assumptions.
  func rest(on assumptions: [Int]) {
    for index in assumptions where !used.contains(index) { used.append(index) }
  }

  /// Makes all phases from a position on rest on a further assumption.
  func rest(phasesFrom first: Int, on assumption: Int) {
    for index in phases.indices.dropFirst(first)
    where !phases[index].assumptions.contains(assumption) {
      phases[index].assumptions = (phases[index].assumptions + [assumption]).sorted()
    }
  }

  /// The assumptions used since the last phase, which are thereby taken.
  func takeUsed() -> [Int] {
    defer { used = [] }
    return used
  }

  /// The assumptions used since the last phase.
  var pendingAssumptions: [Int] { used }

  // MARK: Results

  /// Adds a phase; CPU of an emulated command is multiplied by its kind's ratio.
  ///
  /// The `serial` share of the work keeps one thread busy, the rest up to `threads`: that is two
  /// phases, and what is transferred meanwhile is shared out between them in the same way.
  func emit(
    _ label: String, kind: WorkKind = .native, cpu: Double = 0, threads: Double = 1,
    serial: Double = 0, _ demands: [Demand] = []
  ) {
    recognised += 1
    if isEmulated { tellOfEmulation() }
    var seconds = cpu
    if isEmulated, seconds > 0, let ratio = kind.emulation { seconds *= value(ratio) }
    // The command waits for the mount program, which runs natively.
    seconds += fuseCPU
    fuseCPU = 0
    let assumptions = takeUsed().sorted()
    let isSplit = seconds > 0 && threads > 1 && serial > 0 && serial < 1
    let pieces: [(share: Double, width: Double, part: Double?)] =
      isSplit ? [(serial, 1, serial), (1 - serial, threads, nil)] : [(1, threads, nil)]
    for (share, width, part) in pieces {
      var all = demands.map { $0.scaled(by: share) }
      if seconds > 0 {
        all.insert(.cpu(seconds: seconds * share, threads: max(1, width)), at: 0)
      }
      guard !all.isEmpty else { return }
      add(
        Phase(
          label: label.shortened(to: 120), demands: all, assumptions: assumptions,
          footprint: takeFootprint(kind: kind, threads: width, part: part)))
    }
  }

  /// Adds a phase whose demands may have random factors.
  func emit(_ label: String, drawn demands: [(demand: Demand, factor: RandomFactor?)]) {
    recognised += 1
    if isEmulated { tellOfEmulation() }
    guard !demands.isEmpty else { return }
    var phase = Phase(
      label: label.shortened(to: 120), demands: demands.map(\.demand),
      assumptions: takeUsed().sorted(), footprint: takeFootprint(kind: .native, threads: 1))
    if demands.contains(where: { $0.factor != nil }) { phase.factors = demands.map(\.factor) }
    phases.append(phase)
  }

  /// Adds a phase; the same small CPU work again lengthens the phase before.
  private func add(_ phase: Phase) {
    if let last = phases.last, last.label == phase.label, last.assumptions == phase.assumptions,
      last.footprint.changes.isEmpty, phase.footprint == last.footprint,
      last.demands.count == 1, phase.demands.count == 1,
      case .cpu(let before, let threads) = last.demands[0],
      case .cpu(let seconds, threads) = phase.demands[0]
    {
      phases[phases.count - 1].demands = [.cpu(seconds: before + seconds, threads: threads)]
    } else {
      phases.append(phase)
    }
  }

  private func tellOfEmulation() {
    let place = origin
    origin = nil
    defer { origin = place }
    tell(
      .note, "N0616",
      "commands for \(machine.name) run under QEMU on \(architecture.rawValue) nodes, which must "
        + "have qemu-user registered with binfmt_misc")
    guard machine.native == nil else { return }
    tell(
      .note, "N0737",
      "emulation of \(machine.name) was not measured: the factors of arm64 on amd64 stand for it, "
        + "and the sizes of \(machine.nearest.rawValue) images for its own")
  }

  /// Forgets phases and findings; what commands left stays.
  func forget() {
    (phases, findings, failure, endless, used, changes) = ([], [], nil, nil, [], [])
    tally = WorkTally()
  }

  /// Notes that something was understood.
  func countKnown() { recognised += 1 }

  /// Notes that a command was known although it costs nothing.
  func countFree() {
    recognised += 1
    guard isEmulated else { return }
    emit("start of a process (QEMU)", cpu: reference(value(.emulatedProcessStart)))
  }

  /// Tells the user something, once; of very many findings the first ones.
  func tell(_ severity: Diagnostic.Severity, _ code: String, _ message: String) {
    guard findings.count < Self.findingLimit else { return }
    let message = origin.map { $0.file == nil ? "\($0.text): \(message)" : message } ?? message
    var finding = Finding(
      severity: severity, code: code, message: message.shortened(to: 400),
      location: origin?.location)
    if findings.count == Self.findingLimit - 1 {
      finding = Finding(
        severity: .warning, code: "W0615", message: "further findings in this step are left out")
    }
    if !findings.contains(finding) { findings.append(finding) }
  }

  private static let findingLimit = 40

  /// The step fails here for a known reason.
  func fail(_ reason: String) {
    if failure == nil, endless == nil { failure = reason }
    budget = 0
  }

  /// The step stays here until something ends it.
  func stay(_ reason: String) {
    if failure == nil, endless == nil { endless = reason }
    budget = 0
  }

  /// A new volume for a container that is being built, kept in a storage folder's volume.
  func newContainer(in storage: ContainerStorage) -> VolumeID {
    containers += 1
    homes[.container(containers)] = home(of: storage.place.volume)
    if storage.driver == .fuse { fuseContainers.insert(.container(containers)) }
    return .container(containers)
  }

  /// A command that gantry does not follow may have left files: in a container that is being built only
  /// there, else on any volume.
  func noteUnknownWork() {
    if homes[paths.root] != nil {
      world[paths.root].mayHoldMore = true
    } else {
      world.noteUnknownWork()
    }
  }

  /// Counts what the mount program of a container takes for files that a command writes there.
  func countMountProgram(_ volume: VolumeID, _ tree: Tree) {
    guard fuseContainers.contains(volume) else { return }
    fuseCPU +=
      value(.fuseWritePerKiloFile) * tree.files / 1000
      + value(.fuseWritePerGiB) * tree.bytes.gibibytes
  }
}

extension String {
  /// The text, or its beginning and an ellipsis when it is longer.
  func shortened(to limit: Int) -> String {
    utf8.count <= limit || count <= limit ? self : prefix(limit - 1) + "…"
  }
}
