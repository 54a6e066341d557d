public import GantryModel

/// What a dump of real runs says about how long things take, and how well that predicts runs that were
/// held out of it.
public struct Calibration: Sendable {
  public let observations: Observations
  /// The runs that were held out, as positions among the observed ones.
  public let heldOut: Set<Int>
  public let fits: [StepFit]
  /// Seconds from creation to start, of all usable TaskRuns that tell.
  public let queueing: Sample
  /// Seconds from start to the first step, of all usable TaskRuns.
  public let overhead: Sample
  /// Seconds between steps and after the last, of all usable TaskRuns.
  public let remainder: Sample
  /// The mean start-up overhead in the fit without stragglers.
  public let typicalOverhead: Double?
  public let taskErrors: [TaskError]
  public let runErrors: [RunError]
  public let verdict: FitVerdict
  /// How many TaskRuns the fit rests on.
  public let fittedTaskRuns: Int
  /// How many complete runs the fit rests on.
  public var fittedRuns: Int { observations.runs.count - heldOut.count }
  /// Usable TaskRuns whose instance type, or architecture, the dump does not tell.
  public var withoutInstance: Int { observations.taskRuns.count { $0.instance == nil } }
  public var withoutArchitecture: Int { observations.taskRuns.count { $0.architecture == nil } }

  /// Fits what was not held out, and compares it with what was.
  ///
  /// `speed` gives the speed of one thread of an instance type, relative to m5a.2xlarge; nil for unknown
  /// types.
  public init(_ dump: RunDump, holdout: Double, speed: @escaping (String) -> Double?) {
    let observations = Observations(dump)
    let all = observations.taskRuns
    let heldOut = Split.heldOut(observations.runs, share: holdout)
    let outside = Set(heldOut.flatMap { observations.runs[$0].taskRuns })
    let inFit = all.indices.filter { !outside.contains($0) }.map { all[$0] }
    let fits = StepFitting(speed: speed).fits(inFit)
    let prediction = Prediction(
      fits: fits, taskRuns: inFit,
      runs: observations.runs.indices.filter { !heldOut.contains($0) }.map {
        observations.runs[$0]
      },
      all: all, speed: speed)
    self.observations = observations
    self.heldOut = heldOut
    self.fits = fits
    fittedTaskRuns = inFit.count
    queueing = Sample(all.compactMap(\.queueing))
    overhead = Sample(all.map(\.overhead))
    remainder = Sample(all.map(\.remainder))
    typicalOverhead = Self.typical(inFit.map(\.overhead))
    runErrors = heldOut.sorted().map { index in
      let run = observations.runs[index]
      let span = prediction.run(run, all)
      return RunError(
        run: run.name, pipeline: run.pipeline, actual: run.seconds, predicted: span?.median,
        low: span?.low, high: span?.high)
    }
    taskErrors = Self.taskErrors(outside.sorted().map { all[$0] }, prediction)
    verdict = FitVerdict(
      fitted: observations.runs.count - heldOut.count, errors: runErrors)
  }

  private static func typical(_ overheads: [Double]) -> Double? {
    let sample = Sample(overheads)
    guard let median = sample.median, let deviation = sample.deviation else { return nil }
    let limit = 3.5 * max(1.4826 * deviation, 1)
    return Sample(overheads.filter { ($0 - median).magnitude <= limit }).mean
  }

  private static func taskErrors(
    _ taskRuns: [Observations.TaskRun], _ prediction: Prediction
  ) -> [TaskError] {
    struct Key: Hashable {
      var task: TaskKey
      var architecture: String?
    }
    let groups = Dictionary(grouping: taskRuns) {
      Key(task: $0.task, architecture: $0.architecture)
    }
    let keys = groups.keys.sorted {
      ($0.task, $0.architecture ?? "") < ($1.task, $1.architecture ?? "")
    }
    return keys.map { key in
      let members = groups[key] ?? []
      let actual = members.map { $0.completed - $0.started }
      let predicted = members.map { prediction.taskRun($0)?.median }
      let errors = zip(actual, predicted).compactMap { actual, predicted in
        predicted.map { ($0 - actual).magnitude / max(actual, 1) }
      }
      return TaskError(
        task: key.task, architecture: key.architecture, count: members.count,
        actual: Sample(actual).median ?? 0, predicted: Sample(predicted.compactMap { $0 }).median,
        error: Sample(errors).median)
    }
  }
}
