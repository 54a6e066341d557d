public import GantryModel

/// A sweep for people and programs: every point with its intervals, the best ones marked.
public struct SweepReport: Sendable {
  /// More points than these are shown only when all detail is asked for.
  private static let manyPoints = 40
  /// More numbers of points than these are counted instead.
  private static let fewNumbers = 12

  public var options: ReportOptions

  /// Makes a report.
  public init(_ options: ReportOptions = ReportOptions()) { self.options = options }

  /// The report for people, ending with a line break.
  public func render(_ sweep: SweepRecord) -> String {
    var page = Page(options)
    addHeadline(sweep, to: &page)
    addChoice(sweep, to: &page)
    addPoints(sweep, to: &page)
    if options.detail == .full { addTimes(sweep, to: &page) }
    addCaveats(sweep, to: &page)
    return page.text
  }

  // MARK: Headline

  private func addHeadline(_ sweep: SweepRecord, to page: inout Page) {
    let points = Figures.count(sweep.points.count, "point")
    let counts = Set(sweep.points.map(\.replications)).sorted()
    let replications =
      counts.count == 1
      ? Figures.count(counts[0], "replication") + " each"
      : "\(counts.first ?? 0) to \(counts.last ?? 0) replications each"
    let number = sweep.id.map { ", sweep \($0)" } ?? ""
    page.paragraph("\(sweep.name): \(points), \(replications)\(number)", .strong)
    let interval =
      counts == [1]
      ? "one replication has no interval"
      : "after \(page.plusMinus) is half the 95\u{A0}% interval"
    page.paragraph(
      "Points are \(sweep.axes.joined(separator: ", ")); seed \(sweep.seed); \(interval)", .faint,
      indent: 2)
    page.paragraph(method(sweep.plan), .faint, indent: 2)
  }

  private func method(_ plan: SweepPlan) -> String {
    let what = plan.measure == .p95 ? "p95 of run times" : "mean run time"
    switch plan.warmUp {
    case .none: return "Judged by the \(what)."
    case .automatic:
      return "Judged by the \(what) in the steady state; MSER-5 finds where it starts."
    case .seconds(let seconds):
      return "Judged by the \(what) in the steady state, after \(Figures.spoken(seconds))."
    }
  }

  // MARK: Choice

  private func addChoice(_ sweep: SweepRecord, to page: inout Page) {
    let measure = sweep.plan.measure
    let front = sweep.points.filter { $0.estimates.standing == .pareto }.sorted {
      ($0.estimates.monthUSD?.value ?? 0, $0.position)
        < ($1.estimates.monthUSD?.value ?? 0, $1.position)
    }
    page.gap()
    guard let cheapest = front.first, let fastest = front.last else {
      page.paragraph("\(Self.nothing(sweep)), so there is nothing to choose from.", .bad)
      return
    }
    func sentence(_ point: SweepPoint) -> String {
      let text = EstimateText(page: page)
      return "point \(point.position + 1) (\(name(point))), "
        + "\(text.time(point.estimates.time(measure))), USD\u{A0}"
        + "\(text.wholeUSD(point.estimates.monthUSD)) a month"
    }
    if front.count == 1 {
      page.paragraph(
        "Fastest and cheapest: \(sentence(cheapest))\(unknownRivals(of: fastest, in: sweep))", .good
      )
    } else {
      page.paragraph("Fastest: \(sentence(fastest))\(rivals(of: fastest, in: sweep))", .good)
      page.paragraph("Cheapest: \(sentence(cheapest))", .good)
      let points = "points \(numbers(front.map(\.position)))"
      page.paragraph(
        front.contains { $0.estimates.caveats.contains(.noInterval) }
          ? "Worth their money by these figures: \(points); too few replications to be sure."
          : "Worth their money: \(points); none is as fast for less.")
    }
  }

  /// Why no point can be chosen.
  private static func nothing(_ sweep: SweepRecord) -> String {
    let emptied = sweep.points.count { $0.estimates.caveats.contains(.noRuns) }
    if emptied == 0 { return "No point finishes all its runs" }
    return emptied == sweep.points.count
      ? "The warm-up leaves no runs to count at any point"
      : "The warm-up leaves no runs to count, or not all of them end, at every point"
  }

  /// How many points may be faster still.
  private func rivals(of fastest: SweepPoint, in sweep: SweepRecord) -> String {
    let count = sweep.points.count {
      $0.estimates.mayBeFastest == true && $0.position != fastest.position
    }
    let unknown = unknownRivals(of: fastest, in: sweep)
    if count == 0 { return unknown }
    return
      (count == 1
      ? "; 1 other is behind by no more than chance"
      : "; \(count) others are behind by no more than chance") + unknown
  }

  /// Of how many points nobody knows whether they are faster.
  private func unknownRivals(of fastest: SweepPoint, in sweep: SweepRecord) -> String {
    let count = sweep.points.count {
      $0.estimates.mayBeFastest == nil && !$0.estimates.caveats.contains(.noRuns)
    }
    if count == 0 { return "" }
    let who = count == 1 ? "1 other is" : "\(count) others are"
    return "; whether \(who) faster is not known: too few replications"
  }

  /// What a point is called: its values.
  private func name(_ point: SweepPoint) -> String { point.values.joined(separator: ", ") }

  private func numbers(_ positions: [Int]) -> String {
    guard positions.count <= Self.fewNumbers else {
      let shown = positions.prefix(Self.fewNumbers - 1).map { "\($0 + 1)" }
      return shown.joined(separator: ", ") + " and \(positions.count - shown.count) more"
    }
    return positions.map { "\($0 + 1)" }.joined(separator: ", ")
  }

  // MARK: Points

  private func shown(_ sweep: SweepRecord) -> [SweepPoint] {
    if options.detail == .full || sweep.points.count <= Self.manyPoints { return sweep.points }
    return sweep.points.filter { point in
      point.position == sweep.plan.baseline || point.estimates.standing == .pareto
        || point.estimates.standing == .close || point.estimates.standing == .unknown
    }
  }

  private func addPoints(_ sweep: SweepRecord, to page: inout Page) {
    let measure = sweep.plan.measure
    let shown = shown(sweep)
    page.title("Points, against point \(sweep.plan.baseline + 1)")
    let other = measure == .p95 ? "mean" : "p95"
    var table = TextTable([
      .number(""), .text(""), .text("point"), .number(measure.rawValue), .number("change"),
      .number(other), .number("USD a run"), .number("USD a month"), .number("wait"), .text("busy"),
      .number("n"),
    ])
    table.flexible = 2
    table.narrowest = 8
    for point in shown { table.add(row(point, sweep.plan, page)) }
    page.table(
      table.fitted(
        to: page.width - 2,
        dropping: ["n", "busy", other, "wait", "USD a run", "change", "USD a month"], uncut: true))
    if shown.count < sweep.points.count {
      page.paragraph(
        "and \(sweep.points.count - shown.count) that others beat; --detail shows them", .faint,
        indent: 2)
    }
    page.paragraph(
      "* worth its money; ~ may be: no more than chance speaks against it; ! fails. (…) is a change "
        + "that chance explains, at 5\u{A0}% for all points together (Holm)."
        + unknown(sweep), .faint, indent: 2)
  }

  /// What the mark of points and changes means of which nothing is known; empty without any.
  private func unknown(_ sweep: SweepRecord) -> String {
    let emptied = sweep.points.filter { $0.estimates.caveats.contains(.noRuns) }
    let others = sweep.points.map(\.estimates).filter { !$0.caveats.contains(.noRuns) }
    let isRough = others.contains { found in
      found.standing == .unknown || found.difference(sweep.plan.measure)?.isKnown == false
    }
    let reasons =
      (isRough ? [EstimateText.noInterval] : []) + (emptied.isEmpty ? [] : ["no runs to count"])
    return reasons.isEmpty ? "" : " ? is not known: \(reasons.joined(separator: ", or "))."
  }

  private func row(_ point: SweepPoint, _ plan: SweepPlan, _ page: Page) -> [TextTable.Cell] {
    let found = point.estimates
    let text = EstimateText(page: page)
    let other = plan.measure == .p95 ? found.mean : found.p95
    let busy = found.utilisation.map { "\($0.pool) \(Figures.percent($0.share.value))" }
    return [
      .init("\(point.position + 1)"), mark(found.standing), .init(name(point)),
      .init(text.time(found.time(plan.measure))),
      change(found.difference(plan.measure), isBase: point.position == plan.baseline, text),
      .init(text.time(other)), .init(text.usd(found.runUSD)), .init(text.wholeUSD(found.monthUSD)),
      .init(found.waitShare.map { Figures.percent($0.value) } ?? page.dash),
      .init(busy.joined(separator: ", "), .faint), .init("\(point.replications)", .faint),
    ]
  }

  private func mark(_ standing: PointEstimates.Standing) -> TextTable.Cell {
    switch standing {
    case .pareto: .init("*", .good)
    case .close: .init("~", .caution)
    case .unknown: .init("?", .caution)
    case .dominated: .init("")
    case .unusable: .init("!", .bad)
    }
  }

  private func change(
    _ difference: PairedDifference?, isBase: Bool, _ text: EstimateText
  ) -> TextTable.Cell {
    if isBase { return .init("base", .faint) }
    guard let difference else { return .init(text.page.dash) }
    let change = text.time(difference.change, signed: true)
    guard difference.isKnown else { return .init(change + EstimateText.unknownMark, .faint) }
    guard difference.isTold else { return .init("(\(change))", .faint) }
    return .init(change, difference.change.value < 0 ? .good : .caution)
  }

  /// All quantiles and how busy the pools were, point by point.
  private func addTimes(_ sweep: SweepRecord, to page: inout Page) {
    page.title("Run times and use")
    let text = EstimateText(page: page)
    var table = TextTable([
      .number(""), .text("point"), .number("p50"), .number("p95"), .number("p99"), .number("wait"),
      .text("busy"),
    ])
    table.flexible = 1
    table.narrowest = 8
    for point in sweep.points {
      let found = point.estimates
      let busy = found.utilisation.map { "\($0.pool) \(text.percent($0.share))" }
      table.add([
        .init("\(point.position + 1)"), .init(name(point)), .init(text.time(found.p50)),
        .init(text.time(found.p95)), .init(text.time(found.p99)),
        .init(text.percent(found.waitShare)), .init(busy.joined(separator: ", ")),
      ])
    }
    page.table(table.fitted(to: page.width - 2, dropping: ["busy", "wait", "p50", "p99"]))
  }

  // MARK: Caveats

  private func addCaveats(_ sweep: SweepRecord, to page: inout Page) {
    let sentences = PointEstimates.Caveat.allCases.compactMap { caveat -> String? in
      let points = sweep.points.filter { $0.estimates.caveats.contains(caveat) }
      guard !points.isEmpty else { return nil }
      let all = points.count == sweep.points.count
      let who =
        all
        ? "All points"
        : (points.count == 1 ? "Point " : "Points ")
          + numbers(points.map(\.position))
      let creations = WarmUpText.creations(of: points)
      return "\(who): \(Self.explanation(caveat, sweep.plan, creations))"
    }
    if !sentences.isEmpty { page.gap() }
    for sentence in sentences { page.paragraph(sentence, .caution) }
  }

  private static func explanation(
    _ caveat: PointEstimates.Caveat, _ plan: SweepPlan, _ creations: ClosedRange<Double>?
  ) -> String {
    switch caveat {
    case .overloaded:
      "more work is offered than can be done: the queue grows as long as runs come in, and times say "
        + "how long that was."
    case .growing:
      "the queue does not settle: runs of the later half take longer than those of the earlier. "
        + "There is no steady state to estimate."
    case .tooShort:
      "the horizon is too short: the start cannot be told from the steady state, or what remains is "
        + "no more than a few stretches that hang together. Simulate longer."
    case .imprecise:
      "\(plan.mostReplications) replications were not enough for the precision asked for; "
        + "--max-replications allows more."
    case .failedRuns: "some runs fail, so it is no choice."
    case .openRuns:
      "some runs had not ended when the simulation did; the times are those of the others."
    case .noInterval:
      "too few runs for an interval of the \(plan.measure.rawValue); more --replications give one."
    case .noRuns: WarmUpText(warmUp: plan.warmUp, creations: creations).explanation
    }
  }
}
