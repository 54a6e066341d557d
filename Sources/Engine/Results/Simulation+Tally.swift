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
