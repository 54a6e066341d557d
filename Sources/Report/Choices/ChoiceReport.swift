public import GantryModel

/// The cheapest configuration that keeps a service level, for people.
public struct ChoiceReport: Sendable {
  /// More points than these are shown only when all detail is asked for.
  private static let manyPoints = 25
  /// More numbers of points than these are counted instead.
  private static let fewNumbers = 8

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
    addOverload(choice, to: &page)
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
    guard let winner = choice.winner else { return MissSection(choice).add(to: &page) }
    page.paragraph("Cheapest: \(Self.sentence(winner, choice, page))", .good)
    if let next = choice.runnerUp {
      let extra = EstimateText(page: page).wholeUSD(choice.runnerUpExtraUSD, signed: true)
      page.paragraph("Runner-up: \(Self.sentence(next, choice, page)) (\(extra))")
    } else {
      page.paragraph("Runner-up: none; no other point is shown to keep the limits.")
    }
    guard !choice.contenders.isEmpty else { return }
    page.paragraph(
      "Undecided: \(Self.points(choice.contenders, choice)) may keep the limits for less; "
        + "\(choice.mostReplications) simulations of each do not tell. --max-replications allows "
        + "more.", .caution)
  }

  /// A point with what its limited measures come to.
  static func sentence(_ index: Int, _ choice: ChoiceRecord, _ page: Page) -> String {
    let words = GoalWords(page: page)
    let candidate = choice.candidates[index]
    let readings = zip(choice.goals, candidate.readings).filter { goal, _ in
      goal.measure != .monthUSD
    }.map { goal, reading in "\(goal.measure.rawValue)\u{A0}\(words.estimate(reading, goal))" }
    let month = EstimateText(page: page).wholeUSD(candidate.point.estimates.monthUSD)
    return "point \(candidate.point.position + 1) (\(name(candidate))), "
      + (readings + ["USD\u{A0}\(month) a month"]).joined(separator: ", ")
  }

  /// Some candidates by the numbers of their points: `points 1, 2 and 3 more`.
  static func points(_ positions: [Int], _ choice: ChoiceRecord) -> String {
    let numbers = positions.prefix(fewNumbers).map {
      "\(choice.candidates[$0].point.position + 1)"
    }
    let rest = positions.count > numbers.count ? " and \(positions.count - numbers.count) more" : ""
    return (positions.count == 1 ? "point " : "points ") + numbers.joined(separator: ", ") + rest
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

  /// Limits that a point keeps although more comes in than it can do hold for these runs only.
  private func addOverload(_ choice: ChoiceRecord, to page: inout Page) {
    let points = choice.candidates.indices.filter {
      choice.candidates[$0].point.isOverloaded && !choice.candidates[$0].point.samples.isEmpty
    }
    guard !points.isEmpty else { return }
    page.gap()
    page.paragraph(
      "More work is offered than can be done while runs come in: \(Self.points(points, choice)). "
        + "Limits are those of the runs simulated; --warm-up asks for runs that keep coming.",
      .caution)
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
      let missed = choice.goals.indices.filter { candidate.limit($0) == .misses }
        .map { choice.goals[$0].measure.rawValue }
      return ("misses \(missed.joined(separator: ", "))", .bad)
    case .fails: return (candidate.fault?.rawValue ?? "fails", .bad)
    case .unsure: return ("unsure", .caution)
    case .dearer: return ("dearer", .faint)
    }
  }
}
