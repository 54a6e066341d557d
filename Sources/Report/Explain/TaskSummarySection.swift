internal import GantryModel
internal import GantryUnits

/// Every task of a run in a few lines: why this node, why this wait, what limited its steps.
struct TaskSummarySection {
  let run: RunExplanation

  func add(to page: inout Page) {
    if run.taskRuns.isEmpty { return }
    page.gap()
    page.paragraph(
      "Why each task went as it did (--task NAME tells all of one)", .strong, indent: 2)
    for assistant in run.assistants {
      let claims = assistant.claims.joined(separator: ", ")
      page.paragraph(
        "affinity assistant of \(claims): \(placement(assistant.scheduling))", indent: 2)
    }
    for story in run.taskRuns { add(story, to: &page) }
  }

  private func add(_ story: TaskRunStory, to page: inout Page) {
    let record = run.run.taskRuns[story.taskRun]
    let name = record.name.hasSuffix("-\(record.pipelineTask)") ? record.pipelineTask : record.name
    guard let last = story.attempts.last else { return }
    let isGood = record.status.isSuccess
    page.paragraph(
      "\(name): \(placement(last.scheduling))", isGood ? .plain : .bad, indent: 2)
    if !isGood {
      page.paragraph(
        record.ending, .bad, indent: 4)
    }
    if story.attempts.count > 1 {
      page.paragraph("The last of \(story.attempts.count) attempts:", indent: 4)
    }
    let before = waits(of: record, last)
    if !before.isEmpty { page.paragraph(before, indent: 4) }
    let work = limits(of: last)
    if !work.isEmpty { page.paragraph(work, indent: 4) }
  }

  /// The node and why it; or why none.
  private func placement(_ attempts: [SchedulingAttempt]) -> String {
    guard let last = attempts.last else { return "the scheduler never saw its pod" }
    guard let chosen = last.chosen, var choice = last.choice else {
      return "no node: \(last.message ?? "none fits")"
    }
    if !last.refusals.isEmpty { choice += " (refused: \(last.refusalSummary))" }
    guard let first = attempts.first, attempts.count > 1 else { return "on \(chosen): \(choice)" }
    let span = Figures.duration((last.time - first.time).seconds)
    return "on \(chosen): \(choice), at attempt \(attempts.count) after \(span), when "
      + "\(last.cause.text)"
  }

  /// What came before the first step, with times.
  private func waits(of record: TaskRunRecord, _ last: PodStory) -> String {
    let before = record.segmentsBeforeSteps(of: last, until: nil)
    let total = before.reduce(0) { $0 + $1.endSeconds - $1.startSeconds }
    guard total > 0 else { return "" }
    var parts = before.map {
      "\(Figures.duration($0.endSeconds - $0.startSeconds)) \($0.label)"
    }
    if let wait = last.controller, let held = wait.held, before[0].kind == .queue {
      parts[0] += " (\(held))"
    }
    return "\(Figures.duration(total)) before its first step: "
      + parts.joined(separator: "; ")
  }

  /// What limited the steps, all phases together.
  private func limits(of story: PodStory) -> String {
    var shares: [LimitShare] = []
    for share in story.phases.flatMap(\.limits) {
      var limit = share.limit
      // How many threads differs from phase to phase.
      limit.threads = nil
      shares.add(limit, for: share.span, others: share.others)
    }
    guard shares.total > .zero else { return "" }
    let order = shares.indices.sorted { (shares[$1].span, $0) < (shares[$0].span, $1) }
    let parts = order.prefix(4).map { index in
      "\(Figures.duration(shares[index].span.seconds)) \(shares[index].text)"
    }
    return "\(Figures.duration(shares.total.seconds)) of work, limited by: "
      + parts.joined(separator: "; ") + (shares.count > 4 ? "; and more" : "")
  }
}

extension PodStory.ControllerWait {
  /// What of a wait is due to busy workers and to the client's limit; nil when nothing is.
  fileprivate var held: String? {
    var parts: [String] = []
    if queued > .zero {
      parts.append(
        "\(Figures.duration(queued.seconds)) of it for one of its "
          + Figures.count(workers, "worker"))
    }
    if limited > .zero {
      parts.append(
        "\(Figures.duration(limited.seconds)) of it for its limit of "
          + "\(Figures.plain(requestsPerSecond)) requests a second")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

extension TaskRunRecord {
  /// How it ended, in Tekton's words, none of them twice.
  var ending: String {
    let reason = reason == status.rawValue ? "" : reason
    return [status.rawValue, reason, message].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// The stretches of an attempt before its first step; `next` is the start of the next attempt.
  func segmentsBeforeSteps(of attempt: PodStory, until next: Instant?) -> [SegmentRecord] {
    let start = attempt.controller?.from.seconds ?? 0
    let isLast = next == nil
    let begin =
      attempt.phases.first?.start.seconds
      ?? (isLast ? steps.first?.startSeconds : next?.seconds) ?? .infinity
    return segments.filter { $0.startSeconds >= start && $0.startSeconds < begin }
  }
}
