public import GantryModel

/// How much work comes in, against what the cluster can do: known before anything is simulated.
///
/// A lower bound: processor work of steps and requests of the controllers only. What is not kept up
/// with here never settles; what is may still wait for other things.
public struct OfferedLoad {
  private let plan: Plan

  /// Takes the plan of one point.
  public init(_ plan: Plan) { self.plan = plan }

  /// The shares by what limits them, the largest first; none when runs do not keep coming.
  public func shares() -> [SweepPoint.OfferedLoad] {
    let rates = runsPerSecond()
    guard !rates.isEmpty else { return [] }
    let capacity = Architecture.allCases.map(speed)
    var bound = Architecture.allCases.map { _ in 0.0 }
    var total = 0.0
    var taskRuns = 0.0
    for (template, rate) in rates {
      let run = plan.templates[template]
      for task in run.tasks where task.whenHolds {
        for taskRun in task.taskRuns {
          taskRuns += rate
          let choices = architectures(for: taskRun.pod).filter { capacity[$0.index] > 0 }
          let work = choices.map { rate * seconds(of: taskRun, on: $0) }
          total += work.min() ?? 0
          if choices.count == 1, let only = choices.first { bound[only.index] += work[0] }
        }
      }
    }
    var shares: [SweepPoint.OfferedLoad] = []
    for architecture in Architecture.allCases where bound[architecture.index] > 0 {
      shares.append(
        .init(
          resource: "\(architecture.rawValue) processors",
          share: bound[architecture.index] / capacity[architecture.index]))
    }
    let all = capacity.reduce(0, +)
    if total > 0, all > 0 { shares.append(.init(resource: "all processors", share: total / all)) }
    if plan.control.apiQPS > 0 {
      let requests = taskRuns * plan.control.requestsPerTaskRun
      shares.append(.init(resource: "controller requests", share: requests / plan.control.apiQPS))
    }
    return shares.sorted { ($1.share, $0.resource) < ($0.share, $1.resource) }
  }

  /// By template: the runs created in a second while its streams are open.
  private func runsPerSecond() -> [(template: Int, rate: Double)] {
    plan.workload.compactMap { stream in
      switch stream.process {
      case .every(let interval, let count) where count > 1 && interval > 0:
        (stream.template, 1 / interval)
      case .poisson(let perHour, let count) where count > 1: (stream.template, perHour / 3600)
      default: nil
      }
    }
  }

  /// Reference threads that nodes of an architecture have for pods without tolerations.
  private func speed(of architecture: Architecture) -> Double {
    plan.nodes.filter { node in
      node.architecture == architecture && !node.isUnschedulable
        && !node.taints.contains { $0.effect != .preferNoSchedule }
    }.reduce(0) { $0 + $1.totalSpeed * max(0, 1 - $1.platformLoad / Double(max($1.vcpu, 1))) }
  }

  private func architectures(for pod: PlannedPod) -> [Architecture] {
    let wanted =
      pod.nodeSelector["kubernetes.io/arch"] ?? pod.nodeSelector["beta.kubernetes.io/arch"]
    return Architecture.allCases.filter { wanted == nil || wanted == $0.rawValue }
  }

  /// Processor seconds of a TaskRun's steps on one reference thread.
  private func seconds(of taskRun: PlannedTaskRun, on architecture: Architecture) -> Double {
    taskRun.steps.reduce(0) { sum, step in
      sum
        + step.phases[architecture.index].flatMap(\.demands).reduce(0) { sum, demand in
          if case .cpu(let seconds, _) = demand { sum + seconds } else { sum }
        }
    }
  }
}
