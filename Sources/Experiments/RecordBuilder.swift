import GantryCloud
import GantryCompiler
import GantryModel
import GantryUnits

/// Turns an outcome, which has positions, into a record, which has names.
struct RecordBuilder: Sendable {
  let compilation: Compilation
  let pricing: Pricing

  private var plan: Plan { compilation.plan }

  /// The record with the results of the first replication.
  func fill(_ empty: SimulationRecord, outcome: Outcome) -> SimulationRecord {
    var record = empty
    record.makespanSeconds = outcome.makespan.seconds
    record.cost = pricing.cost(of: outcome)
    record.nodes = plan.nodes.indices.map { node($0, outcome: outcome) }
    record.nodeEvents = outcome.nodeEvents.map { nodeEvent($0, outcome: outcome) }
    record.runs = outcome.runs.indices.map { index in
      run(outcome.runs[index], cost: record.cost.runs[index], end: outcome.makespan)
    }
    record.assumptions = assumptions(outcome)
    record.replications = [summary(of: outcome, cost: record.cost)]
    return record
  }

  /// A replication in a line.
  func summary(of outcome: Outcome) -> ReplicationSummary {
    summary(of: outcome, cost: pricing.cost(of: outcome))
  }

  private func summary(of outcome: Outcome, cost: Cost) -> ReplicationSummary {
    let durations = outcome.runs.compactMap { run in
      run.completed.map { ($0 - run.created).seconds }
    }.sorted()
    let mean = durations.isEmpty ? 0 : durations.reduce(0, +) / Double(durations.count)
    let rank = max(0, Int((0.95 * Double(durations.count)).rounded(.up)) - 1)
    return ReplicationSummary(
      replication: outcome.replication, makespanSeconds: outcome.makespan.seconds,
      meanRunSeconds: mean, p95RunSeconds: durations.isEmpty ? 0 : durations[rank],
      failedRuns: outcome.runs.count { !$0.status.isSuccess }, totalUSD: cost.totalUSD)
  }

  private func node(_ index: Int, outcome: Outcome) -> NodeRecord {
    let node = plan.nodes[index]
    let usage = outcome.nodes[index]
    let offered = node.totalSpeed * outcome.makespan.seconds
    let platform = node.platformLoad / Double(max(node.vcpu, 1))
    let used = offered > 0 ? usage.cpuSeconds / offered : 0
    var record = NodeRecord(
      name: node.name, pool: node.pool, instanceType: node.instanceType,
      architecture: node.architecture, zone: node.zone, isControlPlane: node.isControlPlane,
      vcpu: node.vcpu, memoryGiB: node.memory.gib, cpuUtilisation: min(1, used + platform),
      peakPods: usage.peakPods, bytesIn: usage.bytesIn, bytesOut: usage.bytesOut,
      imageBytes: usage.imageBytes)
    record.peakMemoryBytes = usage.peakMemory
    record.peakDiskBytes = usage.peakDisk
    record.diskBytes = Double(node.containerDisk.count)
    return record
  }

  private func nodeEvent(_ event: NodeEvent, outcome: Outcome) -> NodeEventRecord {
    let run = event.run.map { outcome.runs[$0] }
    return NodeEventRecord(
      kind: event.kind, resource: event.resource, node: plan.nodes[event.node].name,
      seconds: event.time.seconds, pipelineRun: run?.name,
      taskRun: event.taskRun.flatMap { run?.taskRuns[$0].name }, usedBytes: event.used,
      limitBytes: event.limit, message: event.message)
  }

  private func run(_ run: RunOutcome, cost: Cost.RunCost, end: Instant) -> RunRecord {
    RunRecord(
      name: run.name, pipeline: plan.templates[run.template].pipelineName, status: run.status,
      reason: run.reason, message: run.message, createdSeconds: run.created.seconds,
      completionSeconds: run.completed?.seconds, cost: cost,
      taskRuns: run.taskRuns.map { taskRun($0, end: end) }, skippedTasks: run.skippedTasks,
      criticalPath: run.criticalPath.map { stretch in
        PathRecord(
          pipelineTask: stretch.taskRun.map { run.taskRuns[$0].pipelineTask },
          segment: segment(stretch.segment),
          assumptions: stretch.segment.assumptions.map { plan.assumptions[$0].id })
      })
  }

  private func taskRun(_ taskRun: TaskRunOutcome, end: Instant) -> TaskRunRecord {
    let node = taskRun.node.map { plan.nodes[$0] }
    var breakdown: [TimeKind: Double] = [:]
    for kind in TimeKind.allCases { breakdown[kind] = taskRun.breakdown[kind].seconds }
    let waited = taskRun.wait ?? ((taskRun.completed ?? end) - taskRun.ready)
    return TaskRunRecord(
      name: taskRun.name, pipelineTask: taskRun.pipelineTask, status: taskRun.status,
      reason: taskRun.reason, message: taskRun.message, node: node?.name,
      instanceType: node?.instanceType, architecture: node?.architecture,
      readySeconds: taskRun.ready.seconds, startSeconds: taskRun.started?.seconds,
      completionSeconds: taskRun.completed?.seconds, waitSeconds: waited.seconds,
      attempts: taskRun.attempts, breakdown: breakdown,
      steps: taskRun.steps.map {
        StepRecord(
          name: $0.name, startSeconds: $0.started.seconds, endSeconds: $0.finished.seconds,
          failed: $0.failed)
      }, segments: taskRun.segments.map(segment))
  }

  private func segment(_ segment: TimeSegment) -> SegmentRecord {
    SegmentRecord(
      kind: segment.kind, startSeconds: segment.start.seconds, endSeconds: segment.end.seconds,
      label: segment.label)
  }

  /// Each assumption with the time of critical paths that rests on it, the heaviest first.
  private func assumptions(_ outcome: Outcome) -> [AssumptionUse] {
    var seconds = Array(repeating: 0.0, count: plan.assumptions.count)
    var total = 0.0
    for run in outcome.runs {
      for stretch in run.criticalPath {
        let length = (stretch.segment.end - stretch.segment.start).seconds
        total += length
        for index in Set(stretch.segment.assumptions).sorted() { seconds[index] += length }
      }
    }
    var uses = plan.assumptions.indices.map { index in
      AssumptionUse(
        assumption: plan.assumptions[index], criticalPathSeconds: seconds[index],
        criticalPathShare: total > 0 ? seconds[index] / total : 0)
    }
    uses += pricing.assumptions(of: outcome).map {
      AssumptionUse(assumption: $0, criticalPathSeconds: 0, criticalPathShare: 0)
    }
    return uses.sorted {
      ($1.criticalPathSeconds, $0.assumption.id) < ($0.criticalPathSeconds, $1.assumption.id)
    }
  }
}
