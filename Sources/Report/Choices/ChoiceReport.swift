public import GantryModel

/// The cheapest configuration that keeps a service level, for people.
public struct ChoiceReport: Sendable {
  /// More points than these are shown only when all detail is asked for.
  private static let manyPoints = 25

  public var options: ReportOptions

  /// Makes a report.
  public init(_ options: ReportOptions = ReportOptions()) { self.options = options }

  /// The report for people, ending with a line break.
  public func render(_ choice: ChoiceRecord) -> String {
    var page = Page(options)
    addHeadline(choice, to: &page)
    addChoice(choice, to: &page)
    FlipSection(choice).add(to: &page)
    addPoints(choice, to: &page)
    return page.text
  }

  // MARK: Headline

  private func addHeadline(_ choice: ChoiceRecord, to page: inout Page) {
    let words = GoalWords(page: page)
    page.paragraph(
      "\(choice.scenario): the cheapest of \(Figures.count(choice.candidates.count, "point")) "
        + "with \(words.goals(choice.goals))", .strong)
    page.paragraph(
      "Points are \(choice.axes.joined(separator: ", ")); seed \(choice.seed); after "
        + "\(page.plusMinus) is half the 95\u{A0}% interval", .faint, indent: 2)
    page.paragraph(
      "With a confidence of \(Figures.plain(choice.confidence * 100))\u{A0}% no point is judged "
        + "wrongly.", .faint, indent: 2)
    let used = Figures.count(choice.simulations, "simulation")
    let all = choice.exhaustiveSimulations
    page.paragraph(
      all > choice.simulations
        ? "\(used); all points as often as the most examined one: "
          + "\(Figures.grouped(Int64(all)))" : "\(used), every point as often as the others",
      .faint, indent: 2)
  }

  // MARK: Choice

  private func addChoice(_ choice: ChoiceRecord, to page: inout Page) {
    page.gap()
    guard let winner = choice.winner else { return addMiss(choice, to: &page) }
    page.paragraph("Cheapest: \(sentence(winner, choice, page))", .good)
    if let next = choice.runnerUp {
      let extra = EstimateText(page: page).wholeUSD(choice.runnerUpExtraUSD, signed: true)
      page.paragraph("Runner-up: \(sentence(next, choice, page)) (\(extra))")
    } else {
      page.paragraph("Runner-up: none; no other point is shown to keep the limits.")
    }
    guard !choice.contenders.isEmpty else { return }
    page.paragraph(
      "Undecided: \(undecided(choice)) may keep the limits for less; "
        + "\(choice.mostReplications) simulations of each do not tell. --max-replications allows "
        + "more.", .caution)
  }

  private func addMiss(_ choice: ChoiceRecord, to page: inout Page) {
    page.paragraph(
      choice.contenders.isEmpty
        ? "No point keeps the limits." : "No point is shown to keep the limits.", .bad)
    if let nearest = choice.nearestMiss {
      let missed = choice.goals.indices.filter { goal in
        let value = choice.candidates[nearest].readings[goal]?.value
        return (value ?? .infinity) >= choice.goals[goal].limit
      }.map(\.self)
      let what = missed.isEmpty ? "" : ", misses \(names(missed, choice))"
      page.paragraph("Nearest: \(sentence(nearest, choice, page))\(what)")
    } else {
      page.paragraph("Every point has runs that fail or never end, or more work than it can do.")
    }
    guard !choice.contenders.isEmpty else { return }
    page.paragraph(
      "Undecided: \(undecided(choice)); \(choice.mostReplications) simulations of each do not "
        + "tell. --max-replications allows more.", .caution)
  }

  private func undecided(_ choice: ChoiceRecord) -> String {
    let numbers = choice.contenders.prefix(8).map {
      "\(choice.candidates[$0].point.position + 1)"
    }.joined(separator: ", ")
    let rest = choice.contenders.count > 8 ? " and \(choice.contenders.count - 8) more" : ""
    return (choice.contenders.count == 1 ? "point " : "points ") + numbers + rest
  }

  private func names(_ goals: [Int], _ choice: ChoiceRecord) -> String {
    goals.map { choice.goals[$0].measure.rawValue }.joined(separator: ", ")
  }

  private func sentence(_ index: Int, _ choice: ChoiceRecord, _ page: Page) -> String {
    let words = GoalWords(page: page)
    let candidate = choice.candidates[index]
    let readings = zip(choice.goals, candidate.readings).filter { goal, _ in
      goal.measure != .monthUSD
    }.map { goal, reading in "\(goal.measure.rawValue)\u{A0}\(words.estimate(reading, goal))" }
    let month = EstimateText(page: page).wholeUSD(candidate.point.estimates.monthUSD)
    return "point \(candidate.point.position + 1) (\(Self.name(candidate))), "
      + (readings + ["USD\u{A0}\(month) a month"]).joined(separator: ", ")
  }

  /// What a point is called: its values.
  static func name(_ candidate: ChoiceCandidate) -> String {
    candidate.point.values.joined(separator: ", ")
  }

  // MARK: Points

  private func addPoints(_ choice: ChoiceRecord, to page: inout Page) {
    let ordered = choice.candidates.indices.sorted {
      (Self.cost(choice.candidates[$0]), $0) < (Self.cost(choice.candidates[$1]), $1)
    }
    let looked = ordered.filter {
      !choice.candidates[$0].point.samples.isEmpty || choice.candidates[$0].verdict == .fails
    }
    let all = options.detail == .full
    let shown = all ? ordered : Array(looked.prefix(Self.manyPoints))
    page.title("Points, the cheapest first")
    let goals = choice.goals.indices.filter { choice.goals[$0].measure != .monthUSD }
    let titles = goals.map { choice.goals[$0].measure.rawValue }
    var table = TextTable(
      [.number(""), .text(""), .text("point"), .number("USD a month")]
        + titles.map { .number($0) } + [.text("verdict"), .number("n")])
    table.flexible = 2
    table.narrowest = 8
    for index in shown { table.add(row(index, goals, choice, page)) }
    page.table(
      table.fitted(
        to: page.width - 2, dropping: ["n"] + titles.reversed() + ["USD a month"], uncut: true))
    if shown.count < ordered.count {
      let rest = ordered.count - shown.count
      let dearer = Set(ordered).subtracting(shown).allSatisfy {
        choice.candidates[$0].verdict == .dearer
      }
      page.paragraph(
        dearer
          ? "and \(rest) that cost more, not simulated"
          : "and \(rest) more; --detail shows them", .faint, indent: 2)
    }
  }

  private static func cost(_ candidate: ChoiceCandidate) -> Double {
    candidate.point.estimates.monthUSD?.value ?? candidate.standingUSD
  }

  private func row(
    _ index: Int, _ goals: [Int], _ choice: ChoiceRecord, _ page: Page
  ) -> [TextTable.Cell] {
    let candidate = choice.candidates[index]
    let words = GoalWords(page: page)
    let mark = index == choice.winner ? "*" : index == choice.runnerUp ? "+" : ""
    let month = Figures.fixed(Self.cost(candidate), 0, grouped: true)
    let isKnown = candidate.point.estimates.monthUSD != nil
    let cells = goals.map { goal -> TextTable.Cell in
      let reading = candidate.readings.indices.contains(goal) ? candidate.readings[goal] : nil
      return .init(words.estimate(reading, choice.goals[goal]))
    }
    let (verdict, ink) = verdict(candidate, choice)
    return [
      .init("\(candidate.point.position + 1)"), .init(mark, .good), .init(Self.name(candidate)),
      .init((isKnown ? "" : ">") + month),
    ] + cells + [
      .init(verdict, ink), .init("\(candidate.point.replications)", .faint),
    ]
  }

  private func verdict(
    _ candidate: ChoiceCandidate, _ choice: ChoiceRecord
  ) -> (text: String, ink: Ink) {
    switch candidate.verdict {
    case .keeps: return ("keeps", .good)
    case .misses:
      let missed = zip(choice.goals, candidate.readings).filter { goal, reading in
        (reading?.value ?? .infinity) >= goal.limit
      }.map(\.0.measure.rawValue)
      return ("misses \(missed.joined(separator: ", "))", .bad)
    case .fails: return (candidate.fault?.rawValue ?? "fails", .bad)
    case .unsure: return ("unsure", .caution)
    case .dearer: return ("dearer", .faint)
    }
  }
}
