internal import GantryModel

/// Why there is no choice: who comes nearest and by how much it misses, and which limits exclude each
/// other.
struct MissSection {
  private let choice: ChoiceRecord

  init(_ choice: ChoiceRecord) { self.choice = choice }

  /// Adds the section.
  func add(to page: inout Page) {
    page.paragraph(headline, .bad)
    if let nearest = choice.nearestMiss {
      page.paragraph(
        "Nearest: \(ChoiceReport.sentence(nearest, choice, page))\(misses(of: nearest, page))")
    } else {
      page.paragraph(faults)
    }
    if choice.goals.count > 1, choice.nearestMiss != nil { addEach(to: &page) }
    guard !choice.contenders.isEmpty else { return }
    page.paragraph(
      "Undecided: \(ChoiceReport.points(choice.contenders, choice)); \(choice.mostReplications) "
        + "simulations of each do not tell. --max-replications allows more.", .caution)
  }

  private var headline: String {
    if !choice.contenders.isEmpty { return "No point is shown to keep the limits." }
    let contradict =
      choice.goals.count > 1
      && choice.goals.indices.allSatisfy { !points($0, .keeps).isEmpty }
    return contradict
      ? "No point keeps the limits: they exclude each other." : "No point keeps the limits."
  }

  /// Why no point has anything to compare with the limits.
  private var faults: String {
    let emptied = choice.candidates.filter { $0.fault == .noRuns }.map(\.point)
    guard !emptied.isEmpty else {
      return "Every point has runs that fail or never end, or more work than it can do."
    }
    let text = WarmUpText(
      warmUp: choice.warmUp, creations: WarmUpText.creations(of: emptied)
    ).explanation
    let who =
      emptied.count == choice.candidates.count
      ? "All points" : Figures.count(emptied.count, "point") + "; the others have runs that fail"
    return "\(who): \(text)"
  }

  /// Which points keep each limit for itself, as surely as points are judged, and which may.
  private func addEach(to page: inout Page) {
    for goal in choice.goals.indices {
      let kept = points(goal, .keeps)
      let open = points(goal, .unsure)
      let parts =
        (kept.isEmpty ? [] : [ChoiceReport.points(kept, choice)])
        + (open.isEmpty ? [] : ["may keep it: \(ChoiceReport.points(open, choice))"])
      page.paragraph(
        "\(GoalWords(page: page).goal(choice.goals[goal])): "
          + (parts.isEmpty ? "no point" : parts.joined(separator: "; ")), .faint, indent: 2)
    }
  }

  private func points(_ goal: Int, _ verdict: ChoiceCandidate.LimitVerdict) -> [Int] {
    choice.candidates.indices.filter {
      choice.candidates[$0].verdict != .fails && choice.candidates[$0].limit(goal) == verdict
    }
  }

  /// What a point misses, and what it misses by the estimate alone.
  private func misses(of index: Int, _ page: Page) -> String {
    let candidate = choice.candidates[index]
    let told = choice.goals.indices.filter { candidate.limit($0) == .misses }
    let open = choice.goals.indices.filter { goal in
      candidate.limit(goal) == .unsure
        && candidate.readings[goal].map { $0.value >= choice.goals[goal].limit } ?? true
    }
    return [("misses", told), ("may miss", open)].filter { !$0.1.isEmpty }.map { verb, goals in
      "; \(verb) " + goals.map { excess(of: index, $0, page) }.joined(separator: ", ")
    }.joined()
  }

  /// By how much a point misses a limit: `p95 by 1m12s (20 % of the limit)`.
  private func excess(of index: Int, _ position: Int, _ page: Page) -> String {
    let goal = choice.goals[position]
    guard let reading = choice.candidates[index].readings[position] else {
      return goal.measure.rawValue
    }
    let excess = reading.value - goal.limit
    return "\(goal.measure.rawValue) by\u{A0}\(GoalWords(page: page).amount(excess, goal)) "
      + "(\(Figures.percent(excess / goal.limit)) of the limit)"
  }
}
