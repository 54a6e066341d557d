import GantryCloud
import GantryModel

/// Checks the profiles of a scenario against the catalogue and against the steps that run.
///
/// A profile of the scenario itself must fit a step. A file with profiles may hold those of pipelines that
/// the scenario does not run; they are left out, but not all of them.
struct ProfileCheck {
  let input: CompilerInput
  let sink: DiagnosticSink

  /// The largest mean of a figure; far above what any step does.
  private static let most = 1e15

  private var profiles: [ScenarioFile.StepProfile] { input.scenario.profiles }

  /// The processors of the instance types that profiles name; unknown ones are reported.
  func processors() -> [String: WorkConfiguration.Processor] {
    var found: [String: WorkConfiguration.Processor] = [:]
    for profile in profiles {
      guard let instance = profile.instance else { continue }
      do {
        let cpu = try input.catalog.instance(instance.value).cpu
        found[instance.value] = .init(thread: cpu.perThread, total: cpu.total)
      } catch {
        sink.error("E0310", error.description, at: instance.location)
      }
    }
    return found
  }

  /// Reports figures that cannot be used and profiles that fit nothing.
  func check(_ runs: [ResolvedPipelineRun]) {
    for profile in profiles {
      checkFigures(profile)
      if !runs.isEmpty { checkNames(profile, runs) }
    }
    guard !runs.isEmpty else { return }
    for file in input.profileFiles.sorted() {
      let own = profiles.filter { $0.location.file == file }
      guard !own.isEmpty, own.allSatisfy({ !isOfPipeline($0, runs) }) else { continue }
      let known = Set(runs.map(\.pipelineName)).sorted()
      sink.error(
        "E0632", "no profile of the file is for a pipeline of the scenario",
        at: own[0].pipeline?.location ?? own[0].location,
        suggestion: "pipelines are \(known.joined(separator: ", "))")
    }
  }

  private func checkFigures(_ profile: ScenarioFile.StepProfile) {
    for (name, figure) in profile.figures {
      guard let figure, figure.value.mean > Self.most else { continue }
      sink.error("E0614", "\(name): the figure is above \(Self.most)", at: figure.location)
    }
    for (name, figure) in [("memoryMiB", profile.memoryMiB), ("diskMiB", profile.diskMiB)] {
      guard let figure, figure.value > Self.most else { continue }
      sink.error("E0614", "\(name): the figure is above \(Self.most)", at: figure.location)
    }
    if profile.scales == true, profile.duration == nil {
      sink.error("E0633", "'scales' needs a duration", at: profile.location)
    }
  }

  private func isOfPipeline(
    _ profile: ScenarioFile.StepProfile, _ runs: [ResolvedPipelineRun]
  ) -> Bool {
    guard let pipeline = profile.pipeline else { return true }
    return runs.contains { $0.pipelineName == pipeline.value }
  }

  private func checkNames(_ profile: ScenarioFile.StepProfile, _ runs: [ResolvedPipelineRun]) {
    let runs = runs.filter { isOfPipeline(profile, [$0]) }
    if runs.isEmpty, let pipeline = profile.pipeline {
      guard !input.profileFiles.contains(profile.location.file) else { return }
      report(
        "E0630", "the profile names the pipeline '\(pipeline.value)', which no run has", pipeline,
        input.manifests.pipelines.compactMap { $0.name.value })
      return
    }
    let tasks = runs.flatMap(\.tasks)
    let named = tasks.filter { [$0.name, $0.taskName].contains(profile.task.value) }
    guard !named.isEmpty else {
      report(
        "E0630", "the profile names the task '\(profile.task.value)', which no run has",
        profile.task, tasks.flatMap { [$0.name, $0.taskName] })
      return
    }
    guard let step = profile.step else { return }
    let steps = named.flatMap { $0.taskRuns.flatMap { $0.steps.map(\.name) } }
    // A task that is refused or cannot be read has none to compare with.
    guard !steps.isEmpty, !steps.contains(step.value) else { return }
    report(
      "E0631", "the task '\(profile.task.value)' has no step '\(step.value)'", step, steps)
  }

  private func report(
    _ code: String, _ message: String, _ name: Located<String>, _ known: [String]
  ) {
    let known = Set(known).sorted()
    sink.error(
      code, message, at: name.location,
      suggestion: nearestName(to: name.value, in: known).map { "did you mean '\($0)'?" }
        ?? (known.isEmpty ? nil : "known: \(known.joined(separator: ", "))"))
  }
}
