public import GantryModel

/// Turns the steps of tasks into phases of work.
///
/// # How a step becomes phases
/// 1. A profile of the scenario that names the step replaces everything (`StepProfile`).
/// 2. Else its script, or its command and arguments, is read (`Shell/`): assignments, parameters,
///    `for` over known lists, `if` and `case` on known values, functions, `$(…)`, here-documents, pipes
///    of known size. The reader executes nothing. A condition that cannot be decided counts as true. A
///    loop goes round as often as its condition tells; one that something unknown decides on as often as
///    `loop.<command>.rounds` assumes, one that nothing leaves until the TaskRun's timeout.
/// 3. Each command is looked up in `CommandRegistry` and played by its model (`Commands/`, one file
///    each): it adds phases to the `Scene` and puts what it leaves into the `World`: checkouts,
///    `node_modules`, archives with images, container storages. So a later task that pulls
///    `oci-archive:/srv/oci-images/x86_64.tar` finds the image that an earlier one wrote, through
///    workspaces, sub-paths and claims (`Files/`).
/// 4. `buildah build` reads the Containerfile (`Containerfile/`), whose RUN lines go through the same
///    registry inside the container: under QEMU when the platform is not the node's, where each kind
///    of CPU work has its own measured ratio. What buildah itself does (`Buildah/`) is native.
/// 5. A step in which nothing is recognised gets the guess `step.default`; an unknown command the
///    guess `unknown.<command>`, each with a note.
///
/// # Figures
/// Every coefficient is a `Figure` (`Figures/`) with unit, confidence and source, becomes an
/// `Assumption` of the plan when used, is named by the phases that rest on it, and can be replaced by
/// its id. CPU measured elsewhere is carried to m5a.2xlarge by `reference.factor`.
///
/// Reading is deterministic: no randomness, no clock, no dependence on dictionary order.
public struct WorkReader: Sendable {
  /// What phases point into; the compiler copies it into the plan.
  public var tables: WorkTables
  private let configuration: WorkConfiguration
  private var told: Set<Told> = []

  private struct Told: Hashable {
    var code: String
    var message: String
    var location: SourceLocation
  }

  /// Makes a reader for one scenario.
  public init(configuration: WorkConfiguration) {
    self.configuration = configuration
    tables = WorkTables(assumptions: configuration.assumptions, images: configuration.images)
  }

  /// Plans one step; call it for the steps of a TaskRun in order, and for tasks in topological order.
  public mutating func plan(
    step: ResolvedStep, stepIndex: Int, taskRun: ResolvedTaskRun, task: ResolvedPipelineTask,
    run: ResolvedPipelineRun, context: inout RunContext, sink: DiagnosticSink
  ) -> PlannedStep {
    let bound = taskRun.boundArchitecture
    var planned = PlannedStep(name: step.name, phases: [[], []])
    planned.timeout = step.timeout
    planned.continuesOnError = step.continuesOnError
    for node in Architecture.allCases {
      if stepIndex == 0 { context.worlds[node.index].startPod() }
      // What sidecars leave is not followed.
      if !taskRun.sidecars.isEmpty { context.worlds[node.index].noteUnknownWork() }
      // In the world of a node that the pod cannot get, the step runs where it can.
      let architecture = bound ?? node
      let profile = configuration.profiles.last {
        $0.fits(step: step, task: task, pipeline: run.pipelineName, on: architecture)
      }
      let scene = Scene(
        architecture: architecture, localClaims: context.localClaims, configuration: configuration,
        world: context.worlds[node.index], tables: tables,
        paths: Self.paths(step, taskRun, run),
        distribution: ImageCatalog.row(for: ImageReference(step.image))?.distribution ?? .other)
      scene.stepName = step.name
      scene.timeoutText = Self.timeoutText(step, task)
      scene.imageMountsWithFuse = ImageReference(step.image).mountsWithFuse
      read(step, profile: profile, taskRun: taskRun, scene)
      scene.finishFootprints()
      scene.noteWrites()
      context.worlds[node.index] = scene.world
      context.accesses.formUnion(
        scene.touches.map {
          FileAccess(
            claim: $0.claim, path: $0.path, isWrite: $0.isWrite, command: $0.command, world: node)
        })
      tables = scene.tables
      planned.phases[node.index] = scene.phases
      planned.failures[node.index] = scene.failure
      planned.endless[node.index] = scene.endless
      report(scene.findings, step, sink)
    }
    return planned
  }

  private mutating func report(
    _ findings: [Scene.Finding], _ step: ResolvedStep, _ sink: DiagnosticSink
  ) {
    for finding in findings {
      let location = finding.location ?? step.location
      let key = Told(code: finding.code, message: finding.message, location: location)
      guard told.insert(key).inserted else { continue }
      sink.add(
        Diagnostic(
          finding.severity, finding.code, "step '\(step.name)': \(finding.message)",
          at: location))
    }
  }

  /// The time that a step has, for messages: `1h for this task`.
  private static func timeoutText(_ step: ResolvedStep, _ task: ResolvedPipelineTask) -> String {
    let limits = [step.timeout, task.timeout].compactMap(\.self).filter { $0 > 0 }
    return limits.min().map { "\(DurationText.text($0)) for this task" } ?? "this task has none"
  }

  private func read(
    _ step: ResolvedStep, profile: ScenarioFile.StepProfile?, taskRun: ResolvedTaskRun,
    _ scene: Scene
  ) {
    // The step of a StepAction that is not here, which the resolver has reported.
    if step.image.isEmpty, step.script == nil, step.command.isEmpty { return }
    var environment = ["HOME": "/root"]
    for variable in taskRun.podTemplate.environment + step.environment {
      environment[variable.name] = variable.value
    }
    if let profile {
      // What the step leaves is still read; its time is the profile's.
      perform(step, environment, scene)
      scene.finishFootprints()
      let footprint = scene.wholeFootprint
      if profile.givesWork { scene.replace(by: profile, taskRun: taskRun, footprint) }
      return scene.apply(profile)
    }
    perform(step, environment, scene)
    if scene.recognised == 0, scene.failure == nil, scene.endless == nil {
      scene.tell(
        .note, "N0612", "nothing in the step is recognised: the guess step.default stands for it")
      scene.emit("unknown work", [.fixed(seconds: scene.value(.stepDefault))])
    }
  }

  private func perform(_ step: ResolvedStep, _ environment: [String: String], _ scene: Scene) {
    var shell = ShellInterpreter(
      scene: scene, registry: .standard, environment: environment, positional: step.args,
      directory: step.workingDir ?? "/")
    let result: CommandResult
    if let script = step.script, let name = Self.foreignInterpreter(script) {
      result = shell.run(words: [name, "script"] + step.args)
    } else if let script = step.script {
      shell.exitsOnError = Self.exitsOnError(script)
      result = shell.run(script: script)
    } else if step.command.isEmpty {
      // The image's own entry point: its name is the best guess.
      let name = ImageReference(step.image).path.split(separator: "/").last.map(String.init)
      result = shell.run(words: [name ?? "image"] + step.args)
    } else {
      result = shell.run(words: step.command + step.args)
    }
    if let reason = result.failure { scene.fail(reason) }
  }

  /// Whether the first command that fails ends a script: Tekton gives one without a first line `set -e`.
  ///
  /// Source: Tekton Pipelines v0.59, pkg/pod/script.go, defaultScriptPreamble.
  private static func exitsOnError(_ script: String) -> Bool {
    let line = script.prefix { !$0.isNewline }
    guard line.hasPrefix("#!") else { return true }
    return line.split(whereSeparator: \.isWhitespace).dropFirst()
      .contains { $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("e") }
  }

  /// The interpreter that a script's first line names, when it is no shell.
  static func foreignInterpreter(_ script: String) -> String? {
    let line = script.prefix { !$0.isNewline }
    guard line.hasPrefix("#!") else { return nil }
    var words = line.dropFirst(2).split(whereSeparator: \.isWhitespace)[...]
    guard var name = words.popFirst()?.split(separator: "/").last else { return nil }
    if name == "env" {
      guard let next = words.first(where: { !$0.hasPrefix("-") && !$0.contains("=") }) else {
        return nil
      }
      name = next.split(separator: "/").last ?? next
    }
    return ["sh", "bash", "ash", "dash", "ksh", "zsh"].contains(name) ? nil : String(name)
  }
}
