public import GantryModel

/// Which figure moves the answer most, for people and programs.
public struct SensitivityReport: Sendable {
  /// More figures than these are shown only when all detail is asked for.
  private static let manyFactors = 15
  /// Figures that move the bill of a month, beside those that move the answer.
  private static let fewFactors = 5

  public var options: ReportOptions

  /// Makes a report.
  public init(_ options: ReportOptions = ReportOptions()) { self.options = options }

  /// The report for people, ending with a line break.
  public func render(_ record: SensitivityRecord) -> String {
    var page = Page(options)
    addHeadline(record, to: &page)
    addAnswer(record, to: &page)
    addTornado(record, to: &page)
    if record.against == nil, record.judgement.measure != .month { addMonth(record, to: &page) }
    if options.detail == .full {
      addChanges(record, to: &page)
      addFigures(record, to: &page)
    }
    addFoundations(record, to: &page)
    return page.text
  }

  // MARK: Answer

  private func addHeadline(_ record: SensitivityRecord, to page: inout Page) {
    let name = record.against.map { "\(record.scenario) or \($0)" } ?? record.scenario
    let figures = Figures.count(record.effects.count, "figure")
    page.paragraph("\(name): \(figures) varied, one at a time", .strong)
    page.paragraph(
      "\(record.replications) replications each with the same random numbers, seed \(record.seed); "
        + "after \(page.plusMinus) is half the 95\u{A0}% interval", .faint, indent: 2)
    let text = JudgementText(judgement: record.judgement, page: page)
    if let explanation = text.explanation { page.paragraph(explanation, .faint, indent: 2) }
    page.gap()
  }

  private func addAnswer(_ record: SensitivityRecord, to page: inout Page) {
    let text = JudgementText(judgement: record.judgement, page: page)
    guard let against = record.against, let difference = record.difference else {
      page.paragraph("As it is: \(figures(record.base, text))")
      addHeaviest(record, text, to: &page)
      return
    }
    page.paragraph("\(record.scenario): \(figures(record.base, text))")
    page.paragraph("\(against): \(figures(record.other ?? ChoiceFigures(), text))")
    guard difference.halfWidth != nil else {
      page.paragraph(
        "Which is better is not known, as too few runs give no interval: "
          + "\(text.sentence(difference))", .caution)
      addTurns(record, to: &page)
      return
    }
    guard difference.excludesZero else {
      page.paragraph(
        "No more than chance tells them apart: \(text.sentence(difference))", .caution)
      addTurns(record, to: &page)
      return
    }
    let better = difference.value < 0 ? against : record.scenario
    let size = Estimate(value: difference.value.magnitude, halfWidth: difference.halfWidth)
    page.paragraph("Better: \(better), by \(text.sentence(size))", .good)
    addTurns(record, to: &page)
  }

  private func figures(_ figures: ChoiceFigures, _ text: JudgementText) -> String {
    let estimates = EstimateText(page: text.page)
    guard figures.mean != nil else { return "no run ends" }
    let judged =
      text.judgement.measure == .value ? ", with waiting \(text.sentence(figures.judged))" : ""
    let failed = figures.caveats.contains(.failedRuns) ? "; some runs fail" : ""
    let open = figures.caveats.contains(.openRuns) ? "; some runs had not ended" : ""
    return "mean \(estimates.time(figures.mean)), p95 \(estimates.time(figures.p95)), "
      + "USD\u{A0}\(estimates.wholeUSD(figures.monthUSD)) a month\(judged)\(failed)\(open)"
  }

  private func addHeaviest(
    _ record: SensitivityRecord, _ text: JudgementText, to page: inout Page
  ) {
    guard let first = record.effects.first, first.swing > 0 else {
      page.paragraph("No figure moves \(text.name).")
      return
    }
    page.paragraph(
      "Moves \(text.name) most: \(first.factor.id), by "
        + "\(text.sentence(Estimate(value: first.swing, halfWidth: 0))) over its range", .good)
  }

  private func addTurns(_ record: SensitivityRecord, to page: inout Page) {
    let turning = record.effects.filter { $0.decision == .flips }.map(\.factor.id)
    let open = record.effects.filter { $0.decision == .open }.map(\.factor.id)
    let all = Figures.count(record.effects.count, "figure")
    if turning.isEmpty {
      page.paragraph("None of \(all) turns the decision within its range.")
    } else {
      page.paragraph(
        "\(turning.count) of \(all) turn\(turning.count == 1 ? "s" : "") the decision: "
          + turning.joined(separator: ", "), .caution)
    }
    if !open.isEmpty, record.isDecided {
      page.paragraph(
        "\(open.count) leave\(open.count == 1 ? "s" : "") it to chance: "
          + open.joined(separator: ", "), .caution)
    }
  }

  // MARK: Tornado

  private func addTornado(_ record: SensitivityRecord, to page: inout Page) {
    let moving = record.effects.filter { $0.swing > 0 || $0.low.fails || $0.high.fails }
    let shown = options.detail == .full ? moving : Array(moving.prefix(Self.manyFactors))
    let text = JudgementText(judgement: record.judgement, page: page)
    let what = record.against == nil ? text.name : "the second choice less the first, " + text.title
    page.title("What moves \(what)")
    addTable(
      shown, to: &page, change: { text.text($0, signed: true) }, of: \.answer,
      marks: record.against != nil && record.isDecided)
    var rest: [String] = []
    if shown.count < moving.count { rest.append("\(moving.count - shown.count) moving it less") }
    let still = record.effects.count - moving.count
    if still > 0 { rest.append("\(still) not moving it at all") }
    if !rest.isEmpty {
      page.paragraph("and \(rest.joined(separator: ", "))", .faint, indent: 2)
    }
  }

  private func addMonth(_ record: SensitivityRecord, to page: inout Page) {
    func swing(_ effect: FactorEffect) -> Double {
      let ends = [effect.low.monthUSD?.value ?? 0, effect.high.monthUSD?.value ?? 0, 0]
      return (ends.max() ?? 0) - (ends.min() ?? 0)
    }
    let moving = record.effects.filter { swing($0) >= 0.5 }.sorted {
      (swing($1), $0.factor.id) < (swing($0), $1.factor.id)
    }
    guard !moving.isEmpty else { return }
    page.title("What moves the bill of a month, in USD")
    let estimates = EstimateText(page: page)
    let shown = options.detail == .full ? moving : Array(moving.prefix(Self.fewFactors))
    addTable(
      shown, to: &page, change: { estimates.wholeUSD($0, signed: true) }, of: \.monthUSD,
      marks: false)
  }

  private func addTable(
    _ effects: [FactorEffect], to page: inout Page, change: (Estimate?) -> String,
    of path: KeyPath<FactorEffect.End, Estimate?>, marks: Bool
  ) {
    let ends = effects.flatMap { [$0.low[keyPath: path], $0.high[keyPath: path]] }
    let bar = TornadoBar(
      columns: min(31, max(9, (page.width - 60) / 4)), unicode: options.unicode,
      scale: ends.compactMap { $0?.value.magnitude }.max() ?? 0)
    var table = TextTable([
      .text("figure"), .text("range"), .text("basis"), .number("low"), .text(bar.title),
      .number("high"), .text(""),
    ])
    let isNarrow = page.width < JudgementText.narrow
    table.narrowest = isNarrow ? 8 : 16
    for effect in effects {
      func cell(_ end: FactorEffect.End) -> TextTable.Cell {
        let estimate = end[keyPath: path]
        let told = estimate.map { $0.excludesZero || $0.halfWidth == nil } ?? true
        let whole = change(estimate)
        let text = isNarrow ? whole.withoutInterval(page) : whole
        return told ? .init(text) : .init("(\(text))", .faint)
      }
      table.add([
        .init(effect.factor.id), .init(Self.range(effect.factor)),
        .init(effect.factor.isRangeStated ? "stated" : effect.factor.basis.rawValue, .faint),
        cell(effect.low),
        .init(
          bar.text(
            low: effect.low[keyPath: path]?.value ?? 0, high: effect.high[keyPath: path]?.value ?? 0
          )),
        cell(effect.high), mark(effect, decides: marks),
      ])
    }
    let room = page.width - 2
    // Figures are named as --set takes them: other columns go before a name is cut.
    let named = table.fitted(to: room, dropping: ["basis", "range"], uncut: true)
    page.table(named.fitted(to: room, dropping: [bar.title], uncut: isNarrow))
  }

  private func mark(_ effect: FactorEffect, decides: Bool) -> TextTable.Cell {
    if effect.low.fails || effect.high.fails { return .init("fails", .bad) }
    guard decides else { return .init("") }
    switch effect.decision {
    case .holds: return .init("")
    case .open: return .init("open", .caution)
    case .flips: return .init("turns", .bad)
    }
  }

  /// The ends of a range in three digits, with the unit where it is short.
  static func range(_ factor: Factor) -> String {
    let unit = factor.unit.count <= 7 ? "\u{A0}\(factor.unit)" : ""
    return "\(digits(factor.low)) to \(digits(factor.high))\(unit)"
  }

  private static func digits(_ value: Double) -> String {
    value.isFinite ? Figures.significant(value) : "0"
  }

  // MARK: Detail

  private func addChanges(_ record: SensitivityRecord, to page: inout Page) {
    page.title("Changes of \(record.scenario)")
    let text = EstimateText(page: page)
    var table = TextTable([
      .text("figure"), .text("end"), .number("mean"), .number("p95"), .number("USD a month"),
    ])
    table.narrowest = 8
    let isNarrow = page.width < JudgementText.narrow
    func cell(_ text: String) -> TextTable.Cell {
      .init(isNarrow ? text.withoutInterval(page) : text)
    }
    for effect in record.effects {
      for (name, end) in [("low", effect.low), ("high", effect.high)] {
        table.add([
          .init(effect.factor.id), .init(name, .faint), cell(text.time(end.mean, signed: true)),
          cell(text.time(end.p95, signed: true)), cell(text.wholeUSD(end.monthUSD, signed: true)),
        ])
      }
    }
    page.table(table.fitted(to: page.width - 2, dropping: ["p95"]))
  }

  /// What each figure is, and where it comes from.
  private func addFigures(_ record: SensitivityRecord, to page: inout Page) {
    page.title("What the figures are")
    for factor in record.effects.map(\.factor) {
      let unit = factor.unit.isEmpty ? "" : "\u{A0}\(factor.unit)"
      page.paragraph(
        "\(factor.id): \(factor.text); \(Self.digits(factor.value))\(unit) (\(factor.source))",
        indent: 2)
    }
  }

  // MARK: Foundations

  private func addFoundations(_ record: SensitivityRecord, to page: inout Page) {
    page.gap()
    let ranges = record.ranges.map { range -> String in
      let name = range.id.split(separator: ".").last.map(String.init) ?? range.id
      return range.unit == "share"
        ? "\(name) \(page.plusMinus)\(Figures.percent(range.value))"
        : "\(name) half to \(page.times)\(Figures.plain(range.value))"
    }
    page.paragraph(
      "(\(page.ellipsis)) is a change that chance explains. Ranges are those stated by the figure, "
        + "else by what it rests on: \(ranges.joined(separator: ", ")); "
        + "assumptions.sensitivity.NAME sets them.", .faint, indent: 2)
    let share = Figures.percent(record.leastShare)
    let reasons = LeftOutFactor.Reason.allCases.compactMap { reason -> String? in
      let count = record.leftOut.count { $0.reason == reason }
      guard count > 0 else { return nil }
      switch reason {
      case .share:
        return "\(count) on which less than \(share) of critical paths and of the bill rests "
          + "(--least-share 0 varies them)"
      case .zero: return "\(count) that \(count == 1 ? "is" : "are") 0 or known exactly"
      case .impossible: return "\(count) of which an end makes the scenario impossible"
      }
    }
    if !reasons.isEmpty {
      page.paragraph("Left out: \(reasons.joined(separator: "; ")).", .faint, indent: 2)
    }
  }
}
