import GantryModel

/// The time of one step of a task, fitted.
public struct StepFit: Sendable, Hashable {
  public var task: TaskKey
  public var step: String
  /// The architecture it holds for; nil when the dump does not tell, or all are fitted together.
  public var architecture: String?
  /// How many of the values come from each instance type, by name; `nil` names are not counted.
  public var instances: [InstanceCount]
  /// The instance type that the times are carried to; nil when none is known.
  public var instance: String?
  /// Whether the times of several instance types agree better when each is multiplied by its speed.
  public var scales: Bool
  public var fit: SpanFit

  /// Values by instance type.
  public struct InstanceCount: Sendable, Hashable {
    public var instance: String
    public var count: Int
  }
}

/// Fits steps by task, step and, where several are known, architecture.
struct StepFitting {
  /// Seconds of a reference thread that one thread of an instance type does in a second.
  let speed: (String) -> Double?

  /// From so many values on an instance type is compared with others.
  private static let comparable = 3

  /// One duration with where it ran.
  private struct Value {
    var seconds: Double
    var architecture: String?
    var instance: String?
  }

  private struct Group: Hashable {
    var task: TaskKey
    var step: String
  }

  /// The fits, sorted by task, in the order of the steps.
  func fits(_ taskRuns: [Observations.TaskRun]) -> [StepFit] {
    var values: [Group: [Value]] = [:]
    var order: [Group] = []
    for taskRun in taskRuns {
      for step in taskRun.steps {
        let group = Group(task: taskRun.task, step: step.name)
        if values[group] == nil { order.append(group) }
        values[group, default: []].append(
          Value(
            seconds: step.seconds, architecture: taskRun.architecture, instance: taskRun.instance))
      }
    }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let sorted = order.sorted {
      ($0.task, places[$0] ?? 0) < ($1.task, places[$1] ?? 0)
    }
    return sorted.flatMap { fits($0, values[$0] ?? []) }
  }

  private func fits(_ group: Group, _ values: [Value]) -> [StepFit] {
    let architectures = Set(values.compactMap(\.architecture)).sorted()
    guard architectures.count > 1 else {
      return [fit(group, values, architecture: nil)].compactMap { $0 }
    }
    // What all have in common first: it serves values whose architecture is not known.
    let unknown = values.filter { $0.architecture == nil }
    let common = unknown.isEmpty ? [] : [fit(group, values, architecture: nil)]
    return
      (common
      + architectures.map { architecture in
        fit(
          group, values.filter { $0.architecture == architecture }, architecture: architecture)
      }).compactMap { $0 }
  }

  private func fit(_ group: Group, _ values: [Value], architecture: String?) -> StepFit? {
    let named = Dictionary(grouping: values.filter { $0.instance != nil }) { $0.instance ?? "" }
    let counts = named.map { StepFit.InstanceCount(instance: $0.key, count: $0.value.count) }
      .sorted { ($1.count, $0.instance) < ($0.count, $1.instance) }
    let reference = counts.first?.instance
    let scales = scales(named)
    let seconds = values.map { value in
      guard scales, let own = value.instance.flatMap(speed), let other = reference.flatMap(speed)
      else { return value.seconds }
      return value.seconds * own / other
    }
    guard let fit = SpanFit(seconds) else { return nil }
    return StepFit(
      task: group.task, step: group.step, architecture: architecture, instances: counts,
      instance: reference, scales: scales, fit: fit)
  }

  /// Whether the medians of several instance types lie closer together when multiplied by the types'
  /// speeds: the step computes, rather than waits.
  private func scales(_ named: [String: [Value]]) -> Bool {
    var plain: [Double] = []
    var carried: [Double] = []
    for (instance, values) in named where values.count >= Self.comparable {
      guard let speed = speed(instance), speed > 0,
        let median = Sample(values.map(\.seconds)).median, median > 0
      else { continue }
      plain.append(Elementary.log(median))
      carried.append(Elementary.log(median * speed))
    }
    guard plain.count > 1 else { return false }
    func width(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
    // A difference of 5 % is within what medians of whole seconds differ by anyway.
    return width(carried) + 0.05 < width(plain)
  }
}
