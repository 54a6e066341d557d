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
    let axis = AxisWords(axis: record.axis)
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
    guard let first = record.crossings.first else { return addNoCrossing(record, axis, to: &page) }
    if record.crossings.count > 1 {
      page.paragraph(
        "The better choice changes \(record.crossings.count) times in the range:", .caution)
    }
    let below = first.isSecondBetterAbove ? record.a : record.b
    if record.crossings.count == 1 {
      let above = first.isSecondBetterAbove ? record.b : record.a
      page.paragraph(
        "\(above) beats \(below) from \(axis.value(first.value)) on\(interval(first, axis)); "
          + "below, \(below) is better", .good)
    } else {
      for crossing in record.crossings {
        let above = crossing.isSecondBetterAbove ? record.b : record.a
        page.paragraph(
          "from \(axis.value(crossing.value)) on \(above) is better\(interval(crossing, axis))",
          indent: 2)
      }
    }
    if record.crossings.contains(where: { $0.low == nil || $0.high == nil }) {
      page.paragraph(
        "Where an end of an interval is missing, no value on that side tells the choices apart by "
          + "more than chance: more --replications or a wider range may.", .caution)
    }
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
    let text = JudgementText(judgement: record.judgement, page: page)
    let known = record.points.filter { $0.difference != nil }
    guard !known.isEmpty else {
      page.paragraph(
        "No value lets runs of both choices end, so there is nothing to compare.", .bad)
      return
    }
    guard let sign = known.first(where: { $0.sign != 0 })?.sign else {
      page.paragraph("No crossing: both choices are the same all over the range.")
      return
    }
    let better = sign < 0 ? record.b : record.a
    let worse = sign < 0 ? record.a : record.b
    let open = known.count { !($0.difference?.excludesZero ?? false) }
    let sizes = known.compactMap { $0.difference?.value.magnitude }
    func amount(_ value: Double) -> String {
      text.sentence(Estimate(value: value, halfWidth: 0))
    }
    page.paragraph(
      "No crossing: \(better) beats \(worse) all over the range, by \(amount(sizes.min() ?? 0)) to "
        + amount(sizes.max() ?? 0), .good)
    if open > 0 {
      page.paragraph(
        "By no more than chance at \(open) of \(known.count) values; more --replications tell.",
        .caution)
    }
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
      let change = text.text(point.difference, signed: true)
      let name = point.sign == 0 ? page.dash : point.sign < 0 ? record.b : record.a
      table.add([
        .init(axis.number(point.value)), .init(text.text(point.a)), .init(text.text(point.b)),
        isTold ? .init(change) : .init("(\(change))", .faint),
        .init(name, isTold ? .plain : .faint),
        .init(point.caveatsA.isEmpty && point.caveatsB.isEmpty ? "" : "!", .caution),
      ])
    }
    page.table(table.fitted(to: page.width - 2, dropping: ["better", "second", "first"]))
    if shown.count < record.points.count {
      page.paragraph(
        "and \(record.points.count - shown.count) between; --detail shows them", .faint, indent: 2)
    }
    page.paragraph(
      "The difference is the second choice less the first; (\(page.ellipsis)) is one that chance "
        + "explains.", .faint, indent: 2)
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

/// Values of an axis in words and digits.
struct AxisWords {
  let axis: BreakevenAxis

  /// What is above the column of values.
  var title: String { axis.unit.map { "builds a \($0)" } ?? axis.path }

  /// The range in a sentence.
  var range: String {
    guard axis.unit != nil else {
      return "over \(axis.path) from \(number(axis.low)) to \(number(axis.high))"
    }
    return "from \(number(axis.low)) to \(value(axis.high))"
  }

  /// A value in a sentence.
  func value(_ value: Double) -> String {
    guard let unit = axis.unit else { return "\(axis.path) \(number(value))" }
    return "\(number(value)) builds a \(unit)"
  }

  /// A value in three digits.
  func number(_ value: Double) -> String {
    guard !axis.isWhole, value != 0, value.isFinite else { return Figures.plain(value) }
    var place = 1.0
    while value.magnitude / place >= 1000 { place *= 10 }
    while value.magnitude / place < 100, place > 1e-15 { place /= 10 }
    return Figures.plain((value / place).rounded() * place)
  }
}
