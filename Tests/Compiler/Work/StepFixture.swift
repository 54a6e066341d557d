import GantryModel

@testable import GantryCompiler

/// Makes steps by hand and plans them, one TaskRun after the other.
struct StepFixture {
  static let location = SourceLocation(file: "task.yaml", line: 3, column: 5)

  var reader: WorkReader
  var context: RunContext
  var run: ResolvedPipelineRun
  let sink = DiagnosticSink()

  init(_ configuration: WorkConfiguration = WorkConfiguration(), localClaims: Set<Int> = []) {
    reader = WorkReader(configuration: configuration)
    context = RunContext(localClaims: localClaims)
    run = ResolvedPipelineRun(
      name: Located("run", at: Self.location), isGenerated: false, pipelineName: "p",
      namespace: "default", location: Self.location)
    run.claims = [
      ResolvedClaim(workspace: "images", claimName: "images", template: nil),
      ResolvedClaim(workspace: "sources", claimName: "sources", template: nil),
    ]
  }

  /// A TaskRun that sees claim 0 at /srv/oci-images and claim 1 at /workspace/source.
  static func taskRun(_ architecture: Architecture? = nil, subPath: String? = nil)
    -> ResolvedTaskRun
  {
    var taskRun = ResolvedTaskRun()
    taskRun.workspaces = [
      ResolvedWorkspace(name: "images", mountPath: "/srv/oci-images", binding: .claim(0)),
      ResolvedWorkspace(
        name: "source", mountPath: "/workspace/source", binding: .claim(1), subPath: subPath),
      ResolvedWorkspace(name: "config", mountPath: "/workspace/config", binding: .secret),
    ]
    taskRun.volumes = [
      Volume(
        name: Located("storage", at: location), source: .emptyDir(inMemory: false, sizeLimit: nil))
    ]
    if let architecture {
      taskRun.podTemplate.nodeSelector = [
        PodTemplate.NodeSelectorEntry(
          key: "kubernetes.io/arch", value: architecture.rawValue, location: location)
      ]
    }
    return taskRun
  }

  static func step(
    _ script: String?, image: String = "registry.redhat.io/rhel8/buildah:8.9",
    driver: String? = "vfs"
  ) -> ResolvedStep {
    var step = ResolvedStep(name: "work", image: image, location: location)
    step.script = script
    if let driver {
      step.environment = [EnvironmentVariable(name: "STORAGE_DRIVER", value: driver)]
    }
    step.volumeMounts = [VolumeMount(name: "storage", mountPath: "/var/lib/containers")]
    return step
  }

  /// Plans one step as the only one of its TaskRun.
  mutating func plan(
    _ step: ResolvedStep, _ taskRun: ResolvedTaskRun = StepFixture.taskRun(), index: Int = 0,
    task: String = "task"
  ) -> PlannedStep {
    reader.plan(
      step: step, stepIndex: index, taskRun: taskRun,
      task: ResolvedPipelineTask(name: task, taskName: task, location: Self.location), run: run,
      context: &context, sink: sink)
  }

  /// Plans a script and gives the phases on amd64.
  mutating func phases(
    _ script: String, image: String = "registry.redhat.io/rhel8/buildah:8.9",
    driver: String? = "vfs"
  ) -> [Phase] {
    plan(Self.step(script, image: image, driver: driver)).phases[0]
  }

  /// The ids of the assumptions that phases rest on, sorted.
  func assumptions(_ phases: [Phase]) -> Set<String> {
    Set(phases.flatMap(\.assumptions).map { reader.tables.assumptions.all[$0].id })
  }
}

extension [Phase] {
  /// CPU seconds in all.
  var cpu: Double {
    flatMap(\.demands).reduce(0) {
      if case .cpu(let seconds, _) = $1 { $0 + seconds } else { $0 }
    }
  }

  /// Fixed time in all.
  var fixed: Double {
    flatMap(\.demands).reduce(0) { if case .fixed(let seconds) = $1 { $0 + seconds } else { $0 } }
  }

  /// All transfers that go one way to what fits.
  func transfers(
    _ direction: IODirection, where fits: (IOTarget) -> Bool = { _ in true }
  ) -> [Demand.Transfer] {
    flatMap(\.demands).compactMap {
      guard case .transfer(let transfer) = $0, transfer.direction == direction,
        fits(transfer.target)
      else { return nil }
      return transfer
    }
  }

  /// The threads of the phases' CPU work, in order.
  var threads: [Double] {
    flatMap(\.demands).compactMap { if case .cpu(_, let threads) = $0 { threads } else { nil } }
  }

  func operations(_ direction: IODirection, _ target: IOTarget) -> Double {
    transfers(direction) { $0 == target }.reduce(0) { $0 + $1.operations }
  }

  func bytes(_ direction: IODirection, _ target: IOTarget) -> Double {
    transfers(direction) { $0 == target }.reduce(0) { $0 + $1.bytes }
  }

  func serviceBytes(_ direction: IODirection) -> Double {
    transfers(direction) { if case .service = $0 { true } else { false } }
      .reduce(0) { $0 + $1.bytes }
  }
}

/// Whether two figures agree to a billionth.
func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(1, abs(a), abs(b)) }
