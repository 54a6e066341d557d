import GantryCloud
import GantryCompiler
import GantryModel
import GantryStatistics
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
    record.nodeEvents = outcome.nodeEvents.map { nodeEvent($0) }
    record.runs = outcome.runs.indices.map { index in
      run(outcome.runs[index], cost: record.cost.runs[index], end: outcome.makespan)
    }
    record.tally = outcome.tally.map { tally($0, end: outcome.makespan) }
    record.assumptions = assumptions(outcome)
    record.replications = [summary(of: outcome, cost: record.cost)]
    return record
  }

  /// A replication in a line.
  func summary(of outcome: Outcome) -> ReplicationSummary {
    summary(of: outcome, cost: pricing.cost(of: outcome))
  }

  private func summary(of outcome: Outcome, cost: Cost) -> ReplicationSummary {
    let runs = outcome.runTimes
    let durations = runs.filter(\.hasEnded).map(\.seconds)
    let sorted = durations.sorted()
    let mean = sorted.mean ?? 0
    var summary = ReplicationSummary(
      replication: outcome.replication, makespanSeconds: outcome.makespan.seconds,
      meanRunSeconds: mean, p95RunSeconds: Quantile.p95.value(ofSorted: sorted) ?? 0,
      failedRuns: runs.count { !$0.status.isSuccess }, totalUSD: cost.totalUSD)
    summary.endedRuns = durations.count
    summary.times = PointSample.RunTimes(durations)
    // Added up in another order, the last digit may differ; there is one mean only.
    summary.times?.mean = mean
    return summary
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

  private func nodeEvent(_ event: NodeEvent) -> NodeEventRecord {
    NodeEventRecord(
      kind: event.kind, resource: event.resource, node: plan.nodes[event.node].name,
      seconds: event.time.seconds, pipelineRun: event.runName, taskRun: event.taskRunName,
      usedBytes: event.used, limitBytes: event.limit, message: event.message)
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
    let waited =
      taskRun.wait ?? ((taskRun.completed ?? end) - taskRun.ready - taskRun.failedAttempts)
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
    let (seconds, total) = weights(outcome)
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

  /// By assumption, the seconds of critical paths that rest on it; and of these paths in all.
  private func weights(_ outcome: Outcome) -> (seconds: [Double], total: Double) {
    if let tally = outcome.tally {
      return (tally.assumptionSeconds, paths(tally).reduce(0) { $0 + $1.seconds })
    }
    var seconds = Array(repeating: 0.0, count: plan.assumptions.count)
    var total = 0.0
    for run in outcome.runs {
      for stretch in run.criticalPath {
        let length = (stretch.segment.end - stretch.segment.start).seconds
        total += length
        for index in Set(stretch.segment.assumptions).sorted() { seconds[index] += length }
      }
    }
    return (seconds, total)
  }

  // MARK: Runs that were summed up

  private func tally(_ tally: RunTally, end: Instant) -> RunTallyRecord {
    var record = RunTallyRecord()
    record.all = group("", tally.runs, tally.waits.reduce(into: RunTally.Waits()) { $0 += $1 })
    var names: [String] = []
    for template in plan.templates where !names.contains(template.pipelineName) {
      names.append(template.pipelineName)
    }
    for name in names {
      let templates = plan.templates.indices.filter { plan.templates[$0].pipelineName == name }
      let runs = tally.runs.filter { templates.contains(Int($0.template)) }
      guard !runs.isEmpty else { continue }
      var waits = RunTally.Waits()
      for template in templates { waits += tally.waits[template] }
      record.pipelines.append(group(name, runs, waits))
    }
    record.paths = paths(tally)
    record.failures = tally.failures.map {
      run($0, cost: Cost.RunCost(usedUSD: 0, idleShareUSD: 0), end: end).failure
    }
    record.furtherNodeEvents = tally.furtherNodeEvents
    return record
  }

  private func group(
    _ pipeline: String, _ runs: [RunTally.Run], _ waits: RunTally.Waits
  ) -> RunTallyRecord.Group {
    let times = runs.filter(\.hasEnded).map(\.seconds).sorted()
    var group = RunTallyRecord.Group(pipeline: pipeline)
    group.runs = runs.count
    group.failed = runs.count { !$0.status.isSuccess }
    group.ended = times.count
    group.meanSeconds = times.mean
    group.p50Seconds = Quantile.p50.value(ofSorted: times)
    group.p95Seconds = Quantile.p95.value(ofSorted: times)
    group.p99Seconds = Quantile.p99.value(ofSorted: times)
    group.shortestSeconds = times.first
    group.longestSeconds = times.last
    group.waitedSeconds = waits.waited
    group.livedSeconds = waits.lived
    for kind in TimeKind.allCases { group.breakdown[kind] = waits.breakdown[kind].seconds }
    return group
  }

  /// Stretches of one pipeline, task, kind and label together, the longest first.
  private func paths(_ tally: RunTally) -> [RunTallyRecord.Stretch] {
    let all = tally.paths.map { key, seconds in
      RunTallyRecord.Stretch(
        pipeline: plan.templates[key.template].pipelineName, pipelineTask: key.task,
        kind: key.kind, label: key.label, seconds: seconds)
    }
    return all.sorted {
      ($1.seconds, $0.pipeline, $0.pipelineTask ?? "", $0.label, $0.kind.rawValue)
        < ($0.seconds, $1.pipeline, $1.pipelineTask ?? "", $1.label, $1.kind.rawValue)
    }
  }
}
