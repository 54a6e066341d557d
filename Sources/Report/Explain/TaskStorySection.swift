internal import GantryModel
internal import GantryUnits

/// One TaskRun in full, attempt by attempt.
struct TaskStorySection {
  let record: TaskRunRecord
  let story: TaskRunStory
  let run: RunExplanation

  func add(to page: inout Page) {
    var parts = [record.name]
    if let node = record.node { parts.append("on \(node)") }
    parts.append(record.status.rawValue)
    if let seconds = record.durationSeconds { parts.append(Figures.duration(seconds)) }
    page.title(parts.joined(separator: ", "))
    if !record.status.isSuccess {
      page.paragraph(record.ending, .bad, indent: 2)
    }
    for (index, attempt) in story.attempts.enumerated() {
      if story.attempts.count > 1 {
        page.gap()
        page.paragraph("Attempt \(index + 1) of \(story.attempts.count)", .strong, indent: 2)
      }
      let next = index + 1 < story.attempts.count ? story.attempts[index + 1].controller?.from : nil
      addWaits(attempt, until: next, to: &page)
      for assistant in run.assistants where follows(assistant, attempt) {
        page.gap()
        page.paragraph(
          "Its affinity assistant (\(assistant.claims.joined(separator: ", ")))", .strong,
          indent: 2)
        for (number, look) in assistant.scheduling.enumerated() {
          AttemptSection(attempt: look, number: number + 1).add(to: &page)
        }
      }
      page.gap()
      page.paragraph("Why this node", .strong, indent: 2)
      if attempt.scheduling.isEmpty {
        page.paragraph("The scheduler never saw its pod.", indent: 2)
      }
      addAttempts(attempt.scheduling, to: &page)
      addPhases(attempt, to: &page)
    }
  }

  /// Whether refusals speak of an assistant: the pod has to be near it.
  private func follows(_ assistant: AssistantStory, _ attempt: PodStory) -> Bool {
    attempt.scheduling.contains { look in
      look.refusals.contains { $0.filter == "InterPodAffinity" }
    }
  }

  /// Attempts that differ; a long row of equal ones is counted.
  private func addAttempts(_ attempts: [SchedulingAttempt], to page: inout Page) {
    var hidden = 0
    for (index, look) in attempts.enumerated() {
      let isEdge = index == 0 || index == attempts.count - 1
      let isRepeat = index > 0 && attempts[index - 1].refusals == look.refusals
      if !isEdge, isRepeat, page.options.detail == .summary {
        hidden += 1
        continue
      }
      if hidden > 0 { addHidden(&hidden, to: &page) }
      AttemptSection(attempt: look, number: index + 1).add(to: &page)
    }
  }

  private func addHidden(_ hidden: inout Int, to page: inout Page) {
    page.paragraph(
      "\(Figures.count(hidden, "attempt")) with the same refusals (--detail shows all)", .faint,
      indent: 2)
    hidden = 0
  }

  // MARK: Waits

  /// A stretch before the first step.
  private struct Wait {
    var start: Instant
    /// nil when it never ended.
    var span: Span?
    var text: String
  }

  private func addWaits(_ attempt: PodStory, until next: Instant?, to page: inout Page) {
    page.gap()
    page.paragraph("Why this wait", .strong, indent: 2)
    var waits = controllerWaits(attempt)
    waits += attempt.volumes.map { wait in
      Wait(start: wait.from, span: wait.until.map { $0 - wait.from }, text: text(wait))
    }
    waits += attempt.images.map { wait in
      Wait(start: wait.from, span: wait.until.map { $0 - wait.from }, text: text(wait))
    }
    waits += commonWaits(attempt, until: next)
    // Stable: equal starts stay in the order in which a pod goes through them.
    for index in waits.indices.sorted(by: { (waits[$0].start, $0) < (waits[$1].start, $1) }) {
      let wait = waits[index]
      let length = wait.span.map { "for \(Figures.duration($0.seconds))" } ?? "without end"
      let isCached = wait.span == .zero
      page.paragraph(
        "at \(Figures.duration(wait.start.seconds))\(isCached ? "" : " \(length)"): \(wait.text)",
        isCached ? .faint : .plain, indent: 2)
    }
  }

  private func controllerWaits(_ attempt: PodStory) -> [Wait] {
    var waits: [Wait] = []
    if let wait = attempt.controller {
      var limit = "it has no limit of requests"
      if wait.requestsPerSecond > 0 {
        limit =
          "its limit of \(Figures.plain(wait.requestsPerSecond)) requests a second "
          + (wait.limited > .zero
            ? "held it back for \(Figures.duration(wait.limited.seconds))" : "did not hold it back")
      }
      var text = "Tekton's controller reacts in \(Figures.duration(wait.reaction.seconds)); "
      if wait.queued > .zero {
        text +=
          "its \(Figures.count(wait.workers, "worker")) had other work for "
          + "\(Figures.duration(wait.queued.seconds)); "
      }
      waits.append(
        Wait(start: wait.from, span: wait.reaction + wait.queued + wait.limited, text: text + limit)
      )
    }
    if let wait = attempt.claims {
      let names = wait.claims.joined(separator: ", ")
      waits.append(
        Wait(
          start: wait.from, span: wait.until.map { $0 - wait.from },
          text: wait.obstacle ?? "claims to be provisioned: \(names)"))
    }
    return waits
  }

  /// The stretches of the TaskRun's life that no fact above tells more of.
  private func commonWaits(_ attempt: PodStory, until next: Instant?) -> [Wait] {
    var told = ["waiting for the Tekton controller", "waiting for its claims", "pulling "]
    if !attempt.volumes.isEmpty { told.append("attaching volumes") }
    return record.segmentsBeforeSteps(of: attempt, until: next)
      .filter { segment in !told.contains { segment.label.hasPrefix($0) } }
      .map { segment in
        var text = segment.label
        if text == "waiting for a node", attempt.scheduling.count > 1 {
          text += ", \(attempt.scheduling.count) attempts, told below"
        }
        return Wait(
          start: .seconds(segment.startSeconds),
          span: .seconds(segment.endSeconds - segment.startSeconds), text: text)
      }
  }

  private func text(_ wait: PodStory.VolumeWait) -> String {
    var parts: [String] = []
    if let holder = wait.holder {
      let until = wait.free.map { " until \(Figures.duration($0.seconds))" } ?? ""
      parts.append("held on \(holder) by \(wait.heldBy.joined(separator: ", "))\(until)")
    }
    parts += wait.actions.map { "\($0.name) \(Figures.duration($0.span.seconds))" }
    return "block volume of claim \(wait.claim): " + parts.joined(separator: "; ")
  }

  private func text(_ wait: PodStory.ImageWait) -> String {
    if wait.isCached { return "image \(wait.image): on the node already" }
    var parts = ["image \(wait.image), \(Figures.bytes(wait.bytes))"]
    if let started = wait.pullStarted, started > wait.from, !wait.behind.isEmpty {
      let span = Figures.duration((started - wait.from).seconds)
      parts.append("\(span) behind \(wait.behind.joined(separator: ", "))")
    }
    if let started = wait.pullStarted, started < wait.from {
      parts.append("its pull began at \(Figures.duration(started.seconds))")
    }
    if !wait.sharedWith.isEmpty {
      parts.append("the same pull serves \(wait.sharedWith.joined(separator: ", "))")
    }
    if !wait.limits.isEmpty { parts.append("limited by: \(wait.limits.text)") }
    return parts.joined(separator: "; ")
  }

  // MARK: Steps

  private func addPhases(_ attempt: PodStory, to page: inout Page) {
    if attempt.phases.isEmpty { return }
    page.gap()
    page.paragraph("What limited its steps", .strong, indent: 2)
    for phase in attempt.phases {
      let length =
        phase.end.map { "for \(Figures.duration(($0 - phase.start).seconds))" } ?? "until cut off"
      let limits = phase.limits.isEmpty ? "" : "; limited by: \(phase.limits.text)"
      page.paragraph(
        "at \(Figures.duration(phase.start.seconds)) \(length): \(phase.step): \(phase.label)\(limits)",
        indent: 2)
    }
  }
}
