import GantryKernel
import GantryModel
import GantryUnits

// Runs that are summed up instead of kept: memory follows those under way.

extension Simulation {
  /// A run has been created.
  mutating func tallyCreation(template: Int) {
    outcome.tally?.runs.append(
      RunTally.Run(created: now, seconds: .nan, template: template, status: .running))
  }

  /// A run has ended, or will never: its times, waits and path are added to the sums.
  mutating func tallyEnd(of run: Int) {
    guard outcome.tally != nil else { return }
    let template = records[run].template
    let completed = records[run].completed
    outcome.tally?.runs[run].status = records[run].status
    if let completed {
      outcome.tally?.runs[run].seconds = (completed - records[run].created).seconds
    }
    for position in records[run].taskRuns.indices {
      outcome.tally?.waits[template].add(records[run].taskRuns[position])
    }
    guard keeping == .totals else { return }
    outcome.tally?.add(path: records[run].criticalPath, of: records[run])
    let kept = outcome.tally?.failures.count ?? 0
    if !records[run].status.isSuccess, kept < RunTally.mostFailures {
      var failure = records[run]
      failure.use = ResourceUse()
      outcome.tally?.failures.append(failure)
    }
  }

  /// Lets go of the oldest runs that nothing will happen to any more, and of their TaskRuns.
  mutating func letGoOfEndedRuns() {
    guard outcome.tally != nil else { return }
    while let first = runs.indices.first, runs[first].isFinished, !runs[first].awaitsDeletion {
      tallyClaims(of: first)
      runs.dropFirst()
      records.dropFirst()
    }
    let open = runs.indices.lowerBound
    while let first = taskRuns.indices.first, taskRuns[first].run < open { taskRuns.dropFirst() }
  }

  /// Adds the lives of a run's claims to the sums.
  mutating func tallyClaims(of run: Int) {
    let template = runs[run].template
    for claim in runs[run].claims { outcome.tally?.add(claim.usage, template: template) }
  }
}

extension RunTally {
  /// Adds the critical path of a run.
  mutating func add(path: [RunOutcome.PathSegment], of run: RunOutcome) {
    for stretch in path {
      let seconds = (stretch.segment.end - stretch.segment.start).seconds
      var key = Stretch(
        template: run.template, task: stretch.taskRun.map { run.taskRuns[$0].pipelineTask },
        kind: stretch.segment.kind, label: stretch.segment.label)
      if paths.count >= Self.mostStretches, paths[key] == nil { key.label = "of many causes" }
      paths[key, default: 0] += seconds
      for index in Set(stretch.segment.assumptions).sorted() {
        assumptionSeconds[index] += seconds
      }
    }
  }

  /// Adds the life of a claim so far.
  mutating func add(_ usage: ClaimUsage, template: Int) {
    let kind = ClaimKind(template: template, claim: usage.claim, zone: usage.zone)
    let created = usage.created.seconds
    var sum = claims[kind] ?? Claims()
    if let deleted = usage.deleted {
      let life = max(deleted.seconds - created, 0)
      sum.deleted += 1
      sum.deletedSeconds += max(life, ClaimUsage.leastBilledSeconds)
      sum.deletedByteSeconds += life * usage.bytes
    } else {
      sum.kept += 1
      sum.keptCreated += created
      sum.keptBytes += usage.bytes
      sum.keptByteCreated += usage.bytes * created
    }
    claims[kind] = sum
  }
}
