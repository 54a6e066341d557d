import GantryKernel
import GantryModel
import GantryUnits

// From the end of a replication to its outcome.

extension Simulation {
  /// Completes the outcome: makespan, usages, critical paths, runs that never ended.
  mutating func finish(replication: Int) -> Outcome {
    outcome.replication = replication
    let end = openRuns > 0 || nextArrival < arrivals.count ? max(now, lastEnd) : lastEnd
    outcome.makespan = end
    now = end
    for run in runs.indices where !runs[run].isFinished {
      explainUnfinished(run)
      tallyEnd(of: run)
    }
    for node in plan.nodes.indices {
      let delivered = fabric.delivered(by: node, at: end)
      outcome.nodes[node].cpuSeconds = delivered.cpu
      outcome.nodes[node].bytesIn = delivered.bytesIn
      outcome.nodes[node].bytesOut = delivered.bytesOut
    }
    for system in plan.fileSystems.indices {
      let written = outcome.fileSystems[system].bytesWritten
      // Only what the runs wrote: what was there before is billed on its own.
      let stored = written - accessPoints[system].deletedBytes
      outcome.fileSystems[system].storedAtEnd = stored
      outcome.fileSystems[system].byteSeconds = stored * end.seconds - fileSystemMoments[system]
    }
    outcome.objects.byteSeconds += outcome.objects.bytes * end.seconds
    if outcome.tally != nil {
      for run in runs.indices { tallyClaims(of: run) }
    } else {
      outcome.claims = runs.elements.flatMap { $0.claims.map(\.usage) }
      outcome.runs = Array(records.elements)
    }
    outcome.observation = watch?.observation
    return outcome
  }

  /// Says what an unfinished run waits for.
  private mutating func explainUnfinished(_ run: Int) {
    var reasons: [String] = []
    for case .some(let index) in runs[run].taskRuns where !taskRuns[index].isDone {
      let name = records[run].taskRuns[taskRuns[index].outcome].pipelineTask
      if taskRuns[index].placement == nil {
        reasons.append("\(name) waits for a node: \(waitReason(of: index) ?? "not tried yet")")
      } else {
        reasons.append("\(name) still runs")
      }
      abandon(index)
    }
    endWatching(assistantsOf: run)
    records[run].status = .running
    records[run].reason = plan.horizon == nil ? "Deadlock" : "HorizonReached"
    records[run].message = reasons.joined(separator: "; ")
  }

  /// Walks back from the TaskRun that ended last, each time to the parent that ended last.
  func criticalPath(of run: Int) -> [RunOutcome.PathSegment] {
    let record = records[run]
    guard let completed = record.completed else { return [] }
    var path: [RunOutcome.PathSegment] = []
    var cursor = completed
    var current = lastEnded(in: record.taskRuns.indices.filter { _ in true }, of: record)
    while let index = current, let end = record.taskRuns[index].completed {
      addControllerGap(from: end, to: cursor, to: &path)
      for segment in record.taskRuns[index].segments.reversed() {
        path.append(.init(taskRun: index, segment: segment))
      }
      cursor = record.taskRuns[index].ready
      current = lastEnded(in: parents(of: index, in: record), of: record)
    }
    addControllerGap(from: record.created, to: cursor, to: &path)
    return path.reversed()
  }

  private func addControllerGap(
    from start: Instant, to end: Instant, to path: inout [RunOutcome.PathSegment]
  ) {
    guard end > start else { return }
    let segment = TimeSegment(
      kind: Stretch.controller.kind, start: start, end: end, label: Stretch.controller.label,
      assumptions: prepared.stretchAssumptions[Stretch.controller.rawValue])
    path.append(.init(taskRun: nil, segment: segment))
  }

  /// The TaskRuns of the tasks that had to be over before this one.
  private func parents(of index: Int, in record: RunOutcome) -> [Int] {
    let template = plan.templates[record.template]
    let task = template.tasks[record.taskRuns[index].task]
    return record.taskRuns.indices.filter { other in
      let position = record.taskRuns[other].task
      if task.isFinally {
        return !template.tasks[position].isFinally
      }
      return task.dependencies.contains(position) || isSkippedThrough(position, task, template)
    }
    .filter { (record.taskRuns[$0].completed ?? .zero) <= record.taskRuns[index].ready }
  }

  /// Whether a task's parent reaches back to `position` through skipped tasks.
  private func isSkippedThrough(
    _ position: Int, _ task: PlannedTask, _ template: PlannedRun
  ) -> Bool {
    task.dependencies.contains { parent in
      !template.tasks[parent].whenHolds
        && (template.tasks[parent].dependencies.contains(position)
          || isSkippedThrough(position, template.tasks[parent], template))
    }
  }

  private func lastEnded(in candidates: [Int], of record: RunOutcome) -> Int? {
    candidates.filter { record.taskRuns[$0].completed != nil }
      .max { (record.taskRuns[$0].completed ?? .zero) < (record.taskRuns[$1].completed ?? .zero) }
  }
}
