public import GantryModel

/// From where on one choice beats another, for people and programs.
public struct BreakevenReport: Sendable {
  /// More values than these are shown only when all detail is asked for.
  private static let manyPoints = 12

  public var options: ReportOptions

  /// Makes a report.
  public init(_ options: ReportOptions = ReportOptions()) { self.options = options }

  /// The report for people, ending with a line break.
  public func render(_ record: BreakevenRecord) -> String {
    var page = Page(options)
    let axis = AxisWords(
      axis: record.axis, values: record.points.map(\.value) + record.crossings.map(\.value))
    page.paragraph("\(record.a) or \(record.b), \(axis.range)", .strong)
    page.paragraph(
      "\(Figures.count(record.points.count, "value")) tried, \(record.replications) replications each "
        + "with the same random numbers, seed \(record.seed); after \(page.plusMinus) is half the "
        + "95\u{A0}% interval", .faint, indent: 2)
    page.paragraph(method(record, page), .faint, indent: 2)
    page.gap()
    addAnswer(record, axis, to: &page)
    addPoints(record, axis, to: &page)
    addCaveats(record, axis, to: &page)
    return page.text
  }

  private func method(_ record: BreakevenRecord, _ page: Page) -> String {
    let judgement = record.judgement
    let text = JudgementText(judgement: judgement, page: page)
    guard record.axis.path == "workload.rate", judgement.measure == .value else {
      return text.explanation ?? "Judged by \(text.name)"
    }
    return "Judged by \(text.name), a minute of waiting for a build worth "
      + Figures.usd(judgement.minuteWorth)
  }

  // MARK: Answer

  private func addAnswer(
    _ record: BreakevenRecord, _ axis: AxisWords, to page: inout Page
  ) {
    for (name, path) in [
      (record.a, \BreakevenPoint.caveatsA), (record.b, \BreakevenPoint.caveatsB),
    ] where record.points.allSatisfy({ $0[keyPath: path].contains(.failedRuns) }) {
      page.paragraph("\(name) is no choice: some of its runs fail all over the range.", .bad)
    }
    guard record.points.contains(where: { $0.difference?.excludesZero ?? false }),
      let first = record.crossings.first
    else { return addNoCrossing(record, axis, to: &page) }
    if record.crossings.count > 1 {
      page.paragraph(
        "The better choice changes \(record.crossings.count) times in the range:", .caution)
      for crossing in record.crossings {
        page.paragraph(change(crossing, record, axis), indent: 2)
      }
      guard record.crossings.contains(where: { $0.low == nil || $0.high == nil }) else { return }
      page.paragraph(
        "Where an end of an interval is missing, no value on that side tells the choices apart by "
          + "more than chance: more --replications or a wider range may.", .caution)
    } else {
      page.paragraph(answer(first, record, axis), .good)
    }
  }

  private static let chance =
    "no more than chance tells them apart: more --replications or a wider range may"

  /// Which choice is better where, as far as chance is ruled out.
  private func answer(
    _ crossing: BreakevenCrossing, _ record: BreakevenRecord, _ axis: AxisWords
  ) -> String {
    let (below, above) = sides(crossing, record)
    switch (crossing.low, crossing.high) {
    case (nil, let high?):
      return "\(above) beats \(below) from \(axis.value(high)) on; below, \(Self.chance)"
    case (let low?, nil):
      return "\(below) beats \(above) up to \(axis.value(low)); above, \(Self.chance)"
    default:
      return "\(above) beats \(below) from \(axis.value(crossing.value)) on"
        + "\(interval(crossing, axis)); below, \(below) is better"
    }
  }

  /// One of several changes.
  private func change(
    _ crossing: BreakevenCrossing, _ record: BreakevenRecord, _ axis: AxisWords
  ) -> String {
    let above = sides(crossing, record).above
    let isTold = crossing.high != nil
    return "from \(axis.value(crossing.value)) on \(above) is better"
      + (isTold ? "" : ", if it is not chance,") + interval(crossing, axis)
  }

  private func sides(
    _ crossing: BreakevenCrossing, _ record: BreakevenRecord
  ) -> (below: String, above: String) {
    crossing.isSecondBetterAbove ? (record.a, record.b) : (record.b, record.a)
  }

  private func interval(_ crossing: BreakevenCrossing, _ axis: AxisWords) -> String {
    guard let low = crossing.low, let high = crossing.high else {
      if let low = crossing.low { return " (95\u{A0}%: from \(axis.number(low)))" }
      if let high = crossing.high { return " (95\u{A0}%: to \(axis.number(high)))" }
      return " (95\u{A0}%: no interval in the range)"
    }
    return " (95\u{A0}%: \(axis.number(low)) to \(axis.number(high)))"
  }

  private func addNoCrossing(
    _ record: BreakevenRecord, _ axis: AxisWords, to page: inout Page
  ) {
    let known = record.points.filter { $0.difference != nil }
    guard !known.isEmpty else {
      page.paragraph(
        "No value lets runs of both choices end, so there is nothing to compare.", .bad)
      return
    }
    guard known.contains(where: { $0.sign != 0 }) else {
      page.paragraph("No crossing: both choices are the same all over the range.")
      return
    }
    let told = known.filter { $0.difference?.excludesZero ?? false }
    guard let sign = told.first?.sign else { return addChance(known, record, to: &page) }
    let better = sign < 0 ? record.b : record.a
    let worse = sign < 0 ? record.a : record.b
    let isEverywhere = told.count == known.count
    let place =
      isEverywhere ? "all over the range" : "at \(told.count) of \(known.count) values"
    let sizes = told.compactMap { $0.difference?.value.magnitude }
    page.paragraph(
      "No crossing: \(better) beats \(worse) \(place), by \(amount(sizes.min(), record, page)) to "
        + amount(sizes.max(), record, page), .good)
    guard !isEverywhere else { return }
    page.paragraph(
      "At the others no more than chance tells them apart; more --replications may.", .caution)
  }

  /// Nothing is told apart anywhere: by chance, or for want of intervals.
  private func addChance(
    _ known: [BreakevenPoint], _ record: BreakevenRecord, to page: inout Page
  ) {
    guard known.contains(where: { $0.difference?.halfWidth != nil }) else {
      page.paragraph(
        "Which of \(record.a) and \(record.b) is better is not known: too few runs for an interval; "
          + "more --replications give one.", .caution)
      return
    }
    let largest = known.compactMap { $0.difference?.value.magnitude }.max()
    page.paragraph(
      "No more than chance tells \(record.a) and \(record.b) apart anywhere in the range: the "
        + "difference is at most \(amount(largest, record, page)). More --replications may tell.",
      .caution)
  }

  private func amount(_ value: Double?, _ record: BreakevenRecord, _ page: Page) -> String {
    JudgementText(judgement: record.judgement, page: page)
      .sentence(Estimate(value: value ?? 0, halfWidth: 0))
  }

  // MARK: Points

  private func addPoints(
    _ record: BreakevenRecord, _ axis: AxisWords, to page: inout Page
  ) {
    let shown = shown(record)
    page.title(
      "Values tried, judged by " + JudgementText(judgement: record.judgement, page: page).title)
    var text = JudgementText(judgement: record.judgement, page: page)
    text.isBrief = page.width < JudgementText.narrow
    var table = TextTable([
      .number(axis.title), .number("first"), .number("second"), .number("difference"),
      .text("better"), .text(""),
    ])
    table.flexible = 4
    table.narrowest = 6
    for point in shown {
      let isTold = point.difference?.excludesZero ?? false
      let name = isTold ? (point.sign < 0 ? record.b : record.a) : page.dash
      table.add([
        .init(axis.number(point.value)), .init(text.text(point.a)), .init(text.text(point.b)),
        change(point.difference, text), .init(name, isTold ? .plain : .faint),
        .init(point.caveatsA.isEmpty && point.caveatsB.isEmpty ? "" : "!", .caution),
      ])
    }
    page.table(table.fitted(to: page.width - 2, dropping: ["better", "second", "first"]))
    if shown.count < record.points.count {
      page.paragraph(
        "and \(record.points.count - shown.count) between; --detail shows them", .faint, indent: 2)
    }
    let isUnknown = shown.contains { $0.difference.map { $0.halfWidth == nil } ?? false }
    page.paragraph(
      "The difference is the second choice less the first; (\(page.ellipsis)) is one that chance "
        + "explains." + (isUnknown ? " \(EstimateText.unknown)." : ""), .faint, indent: 2)
  }

  private func change(_ difference: Estimate?, _ text: JudgementText) -> TextTable.Cell {
    let change = text.text(difference, signed: true)
    guard let difference else { return .init(change) }
    guard difference.halfWidth != nil else {
      return .init(change + EstimateText.unknownMark, .faint)
    }
    return difference.excludesZero ? .init(change) : .init("(\(change))", .faint)
  }

  /// All points, or those evenly taken from them.
  private func shown(_ record: BreakevenRecord) -> [BreakevenPoint] {
    let points = record.points
    guard options.detail != .full, points.count > Self.manyPoints else { return points }
    let last = points.count - 1
    let kept = Set((0..<Self.manyPoints).map { $0 * last / (Self.manyPoints - 1) })
    return points.indices.filter(kept.contains).map { points[$0] }
  }

  // MARK: Caveats

  private func addCaveats(
    _ record: BreakevenRecord, _ axis: AxisWords, to page: inout Page
  ) {
    var sentences: [String] = []
    for (name, path) in [
      (record.a, \BreakevenPoint.caveatsA), (record.b, \BreakevenPoint.caveatsB),
    ] {
      for caveat in BreakevenPoint.Caveat.allCases {
        let values = record.points.filter { $0[keyPath: path].contains(caveat) }.map(\.value)
        guard let least = values.first, let most = values.last else { continue }
        let where_ =
          values.count == record.points.count
          ? "all over the range"
          : least == most
            ? "at \(axis.value(least))" : "from \(axis.number(least)) to \(axis.value(most))"
        sentences.append("\(name), \(where_): \(Self.explanation(caveat))")
      }
    }
    if !sentences.isEmpty { page.gap() }
    for sentence in sentences { page.paragraph("! " + sentence, .caution) }
  }

  private static func explanation(_ caveat: BreakevenPoint.Caveat) -> String {
    switch caveat {
    case .overloaded:
      "more work is offered than can be done. The queue does not settle, so waiting there says how long "
        + "was simulated."
    case .growing: "the queue does not settle: later runs take longer than earlier ones."
    case .failedRuns: "some runs fail."
    case .openRuns: "some runs had not ended when the simulation did."
    }
  }
}
