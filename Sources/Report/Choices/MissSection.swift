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
      let missed = choice.goals.indices.filter { !keeps(nearest, $0) }
      let what = missed.map { excess(of: nearest, $0, page) }.joined(separator: ", ")
      page.paragraph(
        "Nearest: \(ChoiceReport.sentence(nearest, choice, page))"
          + (what.isEmpty ? "" : "; misses \(what)"))
    } else {
      page.paragraph("Every point has runs that fail or never end, or more work than it can do.")
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
      choice.goals.count > 1 && choice.goals.indices.allSatisfy { !keeping($0).isEmpty }
    return contradict
      ? "No point keeps the limits: they exclude each other." : "No point keeps the limits."
  }

  /// Which points keep each limit for itself, by the estimates.
  private func addEach(to page: inout Page) {
    for goal in choice.goals.indices {
      let points = keeping(goal)
      page.paragraph(
        "\(GoalWords(page: page).goal(choice.goals[goal])): "
          + (points.isEmpty ? "no point" : ChoiceReport.points(points, choice)), .faint, indent: 2)
    }
  }

  private func keeping(_ goal: Int) -> [Int] {
    choice.candidates.indices.filter {
      choice.candidates[$0].verdict != .fails && keeps($0, goal)
    }
  }

  private func keeps(_ index: Int, _ goal: Int) -> Bool {
    let readings = choice.candidates[index].readings
    guard readings.indices.contains(goal), let reading = readings[goal] else { return false }
    return reading.value < choice.goals[goal].limit
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
