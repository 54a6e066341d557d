import GantryKernel
import GantryModel

/// Predicts TaskRuns and runs from what was fitted on other runs.
///
/// A TaskRun takes its start-up overhead, its steps, and what lies between and after them. A run is its
/// TaskRuns in their order: which tasks wait for which is taken from the runs of the fit (a task waits
/// for another that had ended before it was created in every run that had both). All parts are drawn,
/// and the median of the draws is the prediction.
struct Prediction {
  /// A prediction: the median, and the range that nine of ten draws lie in.
  struct Span {
    var median: Double
    var low: Double
    var high: Double
  }

  private static let draws = 300
  /// From so many values on a task has figures of its own; else all tasks share them.
  private static let own = 5

  private let steps: [StepKey: [StepFit]]
  private let overheads: Pool
  private let remainders: Pool
  private let gaps: Pool
  private let tails: [Double]
  private let precedence: Precedence
  private let speed: (String) -> Double?
  private let random = RandomStream(seed: 1)

  private struct StepKey: Hashable {
    var task: TaskKey
    var step: String
  }

  /// Values by task, and all of them.
  private struct Pool {
    var byTask: [TaskKey: [Double]] = [:]
    var all: [Double] = []

    mutating func add(_ value: Double, _ task: TaskKey) {
      byTask[task, default: []].append(value)
      all.append(value)
    }

    func sorted() -> Pool {
      Pool(byTask: byTask.mapValues { $0.sorted() }, all: all.sorted())
    }

    /// What a task draws from, in rising order; nothing is 0.
    func values(of task: TaskKey) -> [Double] {
      if let values = byTask[task], values.count >= Prediction.own { return values }
      return all.isEmpty ? [0] : all
    }
  }

  /// Learns from the runs of the fit.
  init(
    fits: [StepFit], taskRuns: [Observations.TaskRun], runs: [Observations.Run],
    all: [Observations.TaskRun], speed: @escaping (String) -> Double?
  ) {
    steps = Dictionary(grouping: fits) { StepKey(task: $0.task, step: $0.step) }
    self.speed = speed
    var overheads = Pool()
    var remainders = Pool()
    for taskRun in taskRuns {
      overheads.add(taskRun.overhead, taskRun.task)
      remainders.add(taskRun.remainder, taskRun.task)
    }
    precedence = Precedence(runs, all)
    var gaps = Pool()
    var tails: [Double] = []
    for run in runs {
      let members = run.taskRuns.map { all[$0] }
      for member in members {
        let parents = precedence.parents(of: member.task)
        let ends = members.filter { parents.contains($0.task) }.map(\.completed)
        gaps.add(max(0, member.started - (ends.max() ?? run.started)), member.task)
      }
      tails.append(max(0, run.completed - (members.map(\.completed).max() ?? run.completed)))
    }
    self.overheads = overheads.sorted()
    self.remainders = remainders.sorted()
    self.gaps = gaps.sorted()
    self.tails = tails.isEmpty ? [0] : tails.sorted()
  }

  /// What a draw is for.
  private enum Purpose: UInt32 {
    case overhead, remainder, gap, tail, step
  }

  private func pick(_ values: [Double], _ entity: Int, _ purpose: Purpose, _ draw: Int) -> Double {
    random.stream(entity: UInt64(entity), purpose: purpose.rawValue)
      .empirical(UInt64(draw), sorted: values)
  }

  /// Seconds from start to completion of a TaskRun, or nil when a step of it was never fitted.
  func taskRun(_ taskRun: Observations.TaskRun) -> Span? {
    Self.span((0..<Self.draws).compactMap { seconds(of: taskRun, entity: 0, draw: $0) })
  }

  /// Seconds from start to completion of a run; nil when a step of it was never fitted.
  func run(_ run: Observations.Run, _ all: [Observations.TaskRun]) -> Span? {
    let members = run.taskRuns.map { all[$0] }
    return Self.span(
      (0..<Self.draws).compactMap { draw in
        var memory: [TaskKey: Double] = [:]
        var end = 0.0
        for task in Set(members.map(\.task)).sorted() {
          guard let own = finish(task, members, draw, &memory, depth: 0) else { return nil }
          end = max(end, own)
        }
        return end + pick(tails, 0, .tail, draw)
      })
  }

  /// When the last TaskRun of a task ends, counted from the start of the run.
  private func finish(
    _ task: TaskKey, _ members: [Observations.TaskRun], _ draw: Int,
    _ memory: inout [TaskKey: Double], depth: Int
  ) -> Double? {
    if let known = memory[task] { return known }
    var begin = 0.0
    // The order may be contradictory where no run had all tasks; a chain is never longer than the tasks.
    if depth <= members.count {
      let present = Set(members.map(\.task))
      for parent in precedence.parents(of: task).intersection(present).sorted() {
        guard let end = finish(parent, members, draw, &memory, depth: depth + 1) else {
          return nil
        }
        begin = max(begin, end)
      }
    }
    var end = begin
    for (index, member) in members.enumerated() where member.task == task {
      guard let seconds = seconds(of: member, entity: index + 1, draw: draw) else { return nil }
      end = max(end, begin + pick(gaps.values(of: task), index + 1, .gap, draw) + seconds)
    }
    memory[task] = end
    return end
  }

  private func seconds(of taskRun: Observations.TaskRun, entity: Int, draw: Int) -> Double? {
    var seconds =
      pick(overheads.values(of: taskRun.task), entity, .overhead, draw)
      + pick(remainders.values(of: taskRun.task), entity, .remainder, draw)
    for (index, step) in taskRun.steps.enumerated() {
      let known = steps[StepKey(task: taskRun.task, step: step.name)] ?? []
      guard
        let fit = known.first(where: {
          $0.architecture != nil && $0.architecture == taskRun.architecture
        }) ?? known.first(where: { $0.architecture == nil })
      else { return nil }
      let stream = random.stream(
        entity: UInt64(entity) << 16 | UInt64(index), purpose: Purpose.step.rawValue)
      seconds +=
        stream.draw(UInt64(draw), of: fit.fit.distribution) * scale(fit, to: taskRun.instance)
    }
    return seconds
  }

  private func scale(_ fit: StepFit, to instance: String?) -> Double {
    guard fit.scales, let from = fit.instance.flatMap(speed), let to = instance.flatMap(speed),
      to > 0
    else { return 1 }
    return from / to
  }

  private static func span(_ seconds: [Double]) -> Span? {
    let sample = Sample(seconds)
    guard sample.count == draws, let median = sample.median, let low = sample.quantile(0.05),
      let high = sample.quantile(0.95)
    else { return nil }
    return Span(median: median, low: low, high: high)
  }
}

extension RandomStream {
  /// The draw number `index` of a distribution.
  fileprivate func draw(_ index: UInt64, of distribution: ProbabilityDistribution) -> Double {
    switch distribution {
    case .fixed(let value): value
    case .lognormal(let median, let sigma): lognormal(index, median: median, sigma: sigma)
    case .triangular(let low, let mode, let high):
      triangular(index, low: low, mode: mode, high: high)
    case .empirical(let values): empirical(index, sorted: values)
    }
  }
}
