import GantryEngine
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
  ///
  /// Each is the largest over the times at which streams of runs begin, of all that are open then.
  public func shares() -> [SweepPoint.OfferedLoad] {
    let openings = plan.workload.compactMap(Opening.init)
    guard !openings.isEmpty else { return [] }
    let demand = OfferedDemand(plan, templates: Set(openings.map(\.template)))
    var largest: [String: Double] = [:]
    for moment in Set(openings.map(\.from)).sorted() {
      var rates: [Int: Double] = [:]
      for opening in openings where opening.isOpen(moment) {
        rates[opening.template, default: 0] += opening.rate
      }
      for load in demand.shares(rates) {
        largest[load.resource] = max(largest[load.resource] ?? 0, load.share)
      }
    }
    return largest.map { .init(resource: $0, share: $1) }
      .sorted { ($1.share, $0.resource) < ($0.share, $1.resource) }
  }
}

/// A stretch in which a stream creates runs at a rate.
private struct Opening {
  var template: Int
  /// Runs a second.
  var rate: Double
  var from: Double
  var to: Double

  /// Nil for runs that come once, or all at the same moment.
  init?(_ stream: ArrivalStream) {
    template = stream.template
    var first = 0.0
    var length: Double
    switch stream.process {
    case .every(let interval, let count) where count > 1 && interval > 0:
      rate = 1 / interval
      length = interval * Double(count - 1)
    case .poisson(let perHour, let count) where count > 1 && perHour > 0:
      rate = perHour / 3600
      length = Double(count) / rate
    case .times(let times):
      guard let low = times.min(), let high = times.max(), low < high else { return nil }
      // As for equal intervals: n runs are n − 1 intervals apart.
      length = high - low
      rate = Double(times.count - 1) / length
      first = low
    default: return nil
    }
    // Closing hours stretch it: then it counts as open to the end.
    if stream.businessHours != nil { length = .infinity }
    from = stream.start + first
    to = from + length
  }

  func isOpen(_ moment: Double) -> Bool { from <= moment && moment < to }
}

/// What a run of each template asks of nodes and controllers.
private struct OfferedDemand {
  /// Work that some nodes may do.
  private struct Work {
    /// Positions in the plan.
    var nodes: Set<Int>
    /// Seconds of a reference thread, on the architecture where they are fewest.
    var seconds: Double
  }

  private let plan: Plan
  private var works: [Int: [Work]] = [:]
  private var taskRuns: [Int: Double] = [:]

  init(_ plan: Plan, templates: Set<Int>) {
    self.plan = plan
    let probe = PlacementProbe(plan)
    var known: [PlannedPod: Set<Int>] = [:]
    for template in templates.sorted() {
      let run = plan.templates[template]
      for taskRun in run.tasks.filter(\.whenHolds).flatMap(\.taskRuns) {
        taskRuns[template, default: 0] += 1
        let nodes =
          known[taskRun.pod]
          ?? Self.nodes(of: probe.refusals(of: taskRun.pod, namespace: run.namespace))
        known[taskRun.pod] = nodes
        let seconds = Set(nodes.map { plan.nodes[$0].architecture.index }).map {
          Self.seconds(of: taskRun, on: $0)
        }
        if let least = seconds.min(), least > 0 {
          works[template, default: []].append(Work(nodes: nodes, seconds: least))
        }
      }
    }
  }

  private static func nodes(of refusals: [PlacementProbe.Refusal?]) -> Set<Int> {
    Set(refusals.indices.filter { refusals[$0] == nil })
  }

  /// Processor seconds of a TaskRun's steps on one reference thread.
  private static func seconds(of taskRun: PlannedTaskRun, on architecture: Int) -> Double {
    taskRun.steps.flatMap { $0.phases[architecture] }.flatMap(\.demands).reduce(0) { sum, demand in
      if case .cpu(let seconds, _) = demand { sum + seconds } else { sum }
    }
  }

  /// The shares at so many runs of each template a second.
  ///
  /// Of every set of nodes that some pods are bound to: the work that can be done nowhere else.
  func shares(_ rates: [Int: Double]) -> [SweepPoint.OfferedLoad] {
    let offered = rates.sorted { $0.key < $1.key }.flatMap { template, rate in
      (works[template] ?? []).map { Work(nodes: $0.nodes, seconds: $0.seconds * rate) }
    }
    var sets = Set(offered.map(\.nodes))
    let all = sets.reduce(into: Set<Int>()) { $0.formUnion($1) }
    sets.insert(all)
    var shares: [SweepPoint.OfferedLoad] = []
    for nodes in sets {
      let capacity = nodes.sorted().reduce(0) { $0 + speed(of: plan.nodes[$1]) }
      guard capacity > 0 else { continue }
      let bound = offered.reduce(0) { $1.nodes.isSubset(of: nodes) ? $0 + $1.seconds : $0 }
      shares.append(.init(resource: name(of: nodes, all), share: bound / capacity))
    }
    if plan.control.apiQPS > 0 {
      let requests = rates.sorted { $0.key < $1.key }.reduce(0) {
        $0 + $1.value * (taskRuns[$1.key] ?? 0) * plan.control.requestsPerTaskRun
      }
      shares.append(.init(resource: "controller requests", share: requests / plan.control.apiQPS))
    }
    return shares
  }

  /// Reference threads that a node has for pods.
  private func speed(of node: PlannedNode) -> Double {
    node.totalSpeed * max(0, 1 - node.platformLoad / Double(max(node.vcpu, 1)))
  }

  /// `all processors`, `arm64 processors`, `processors of pool builders`.
  private func name(of nodes: Set<Int>, _ all: Set<Int>) -> String {
    if nodes == all { return "all processors" }
    for architecture in Architecture.allCases
    where nodes == all.filter({ plan.nodes[$0].architecture == architecture }) {
      return "\(architecture.rawValue) processors"
    }
    let pools = Set(nodes.map { plan.nodes[$0].pool })
    let names = pools.sorted().joined(separator: ", ")
    let isWhole = nodes == all.filter { pools.contains(plan.nodes[$0].pool) }
    return isWhole
      ? "processors of \(pools.count == 1 ? "pool" : "pools") \(names)"
      : "processors of \(nodes.count) nodes of \(names)"
  }
}
