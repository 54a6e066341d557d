public import GantryModel
internal import GantryStatistics

/// Stored simulations side by side: the decision first, then what drives it.
public struct ComparisonReport: Sendable {
  /// Input differences shown unless all are asked for.
  private static let fewDifferences = 20

  /// More candidates than this are shown one by one only when all detail is asked for.
  private static let fewCandidates = 3

  public var options: ReportOptions
  /// What a minute of waiting for a build is worth, in USD; it decides between time and cost.
  public var minuteWorth = 1.0

  /// Makes a report.
  public init(_ options: ReportOptions = ReportOptions()) { self.options = options }

  /// The comparison for people.
  ///
  /// - Parameters:
  ///   - records: At least two; fewer give a line that says so.
  ///   - base: The position of the record that the others are compared with.
  /// - Returns: The text, ending with a line break.
  public func render(_ records: [SimulationRecord], base: Int = 0) -> String {
    var page = Page(options)
    guard let comparison = Comparison(records, base: base) else {
      page.paragraph(
        records.isEmpty
          ? "Nothing to compare: no stored simulation fits."
          : "Nothing to compare: only \(Candidate.names(of: records)[0]) is stored.")
      return page.text
    }
    addDecision(comparison, to: &page)
    if comparison.others.count > 1 {
      addOverview(comparison, to: &page)
      addRecommendation(comparison, to: &page)
    }
    guard comparison.others.count <= Self.fewCandidates || options.detail == .full else {
      page.gap()
      page.paragraph("--detail shows each against \(comparison.base.name).", .faint)
      return page.text
    }
    if comparison.others.count == 1 { addScope(comparison, to: &page) }
    for other in comparison.others { add(other, against: comparison.base, to: &page) }
    return page.text
  }

  private func addDecision(_ comparison: Comparison, to page: inout Page) {
    let ranked = comparison.ranked
    page.paragraph(comparison.decision, ranked.first?.rank == .better ? .good : .strong)
    for verdict in ranked.dropFirst() { page.paragraph(verdict.text, indent: 2) }
    for caveat in comparison.caveats { page.paragraph(caveat, .caution) }
  }

  // MARK: Tables

  /// One line per simulation.
  private func addOverview(_ comparison: Comparison, to page: inout Page) {
    page.title("At a glance")
    var table = TextTable([
      .text(""), .number("run, mean"), .number("p95"), .number("makespan"), .number("wait"),
      .number("a run"), .number("a month"), .number("failed"), .text("most time"),
    ])
    let text = EstimateText(page: page)
    for candidate in [comparison.base] + comparison.others {
      func time(_ figure: ReplicationChange.Figure) -> TextTable.Cell {
        let found = candidate.estimate(of: figure)
        return candidate.hasReplications
          ? .init(text.time(found)) : cell(found?.value, .seconds)
      }
      func cell(_ value: Double?, _ unit: Driver.Unit) -> TextTable.Cell {
        .init(value.map(unit.text) ?? page.dash)
      }
      let failed = candidate.failedCount
      table.add([
        .init(candidate.name), time(.mean), time(.quantile(.p95)), time(.makespan),
        cell(candidate.waitShare, .share),
        cell(candidate.costPerRun, .usd), cell(candidate.monthlyUSD, .usdPerMonth),
        .init(failed == 0 ? page.dash : "\(failed)", failed == 0 ? .faint : .bad),
        .init(Self.mostTime(of: candidate), .faint),
      ])
    }
    page.table(
      table.fitted(
        to: page.width - 2, dropping: ["makespan", "wait", "most time", "p95", "failed", "a run"],
        uncut: true))
    addScope(comparison, to: &page)
  }

  /// The two kinds on which TaskRuns spend most of their time, with their shares.
  private static func mostTime(of candidate: Candidate) -> String {
    let times = TimeKind.allCases.map { ($0, candidate.meanSeconds(of: $0) ?? 0) }
    let whole = times.reduce(0) { $0 + $1.1 }
    guard whole > 0 else { return "" }
    return times.sorted { $0.1 > $1.1 }.prefix(2)
      .map { "\($0.0.name) \(Figures.percent($0.1 / whole))" }.joined(separator: ", ")
  }

  /// Tells figures of all replications from those of the first.
  private func addScope(_ comparison: Comparison, to page: inout Page) {
    let counts = ([comparison.base] + comparison.others).filter(\.hasReplications)
      .map(\.record.replications.count)
    guard let most = counts.max() else { return }
    page.paragraph(
      "Times of runs and makespan are over \(counts.min() == most ? "" : "up to ")\(most) "
        + "replications, after \(page.plusMinus) half the 95\u{A0}% interval (≈: too few runs for one); "
        + "waits, kinds of time and costs are of the first.", .faint, indent: 2)
  }

  private func addRecommendation(_ comparison: Comparison, to page: inout Page) {
    let all = [comparison.base] + comparison.others
    guard let choice = Recommendation(all, minuteWorth: minuteWorth) else { return }
    page.title("Recommended")
    page.paragraph(choice.text, .good, indent: 2)
    let flips = choice.flips
    if !flips.isEmpty { page.paragraph("What would turn it:", .faint, indent: 2) }
    for flip in flips { page.paragraph("- " + flip, indent: 2, hanging: 2) }
  }

  private func add(_ other: Candidate, against base: Candidate, to page: inout Page) {
    page.title("\(other.name) against \(base.name)")
    let longest = max(10, (page.width - 40) / 2)
    var table = TextTable([
      .text(""), .text(""), .number(base.name.shortened(to: longest, ellipsis: page.ellipsis)),
      .number(other.name.shortened(to: longest, ellipsis: page.ellipsis)), .number("change"),
    ])
    table.flexible = 1
    for driver in Driver.all(base, other) where driver.base != nil || driver.value != nil {
      table.add(row(driver, page))
    }
    page.table(table.fitted(to: page.width - 2, dropping: ["change"], uncut: true))
    let chance =
      ReplicationChange(base, other) == nil ? "" : " and, of times of runs, beyond chance"
    page.paragraph(
      "+ only in \(other.name), - only in \(base.name), ~ changed by 1\u{A0}% or more\(chance)",
      .faint, indent: 2)
    addInputs(other, against: base, to: &page)
  }

  private func row(_ driver: Driver, _ page: Page) -> [TextTable.Cell] {
    let text = EstimateText(page: page)
    let isBetter = (driver.value ?? 0) < (driver.base ?? 0)
    let ink: Ink = driver.isChanged ? (isBetter ? .good : .caution) : .plain
    return [
      .init(driver.mark, ink), .init((driver.isPart ? "  " : "") + driver.name),
      .init(driver.baseText(text) ?? page.dash), .init(driver.valueText(text) ?? page.dash),
      .init(driver.changeText(text), ink),
    ]
  }

  // MARK: Inputs

  private func addInputs(_ other: Candidate, against base: Candidate, to page: inout Page) {
    page.gap()
    guard let found = InputDifference.between(base.record.inputs, other.record.inputs) else {
      page.paragraph("The stored inputs cannot be read, so they are not compared.", indent: 2)
      return
    }
    if found.isEmpty {
      page.paragraph("The inputs do not differ.", .faint, indent: 2)
      return
    }
    page.paragraph("What differs in the inputs", .faint, indent: 2)
    let shown = options.detail == .full ? found.count : min(Self.fewDifferences, found.count)
    for difference in found.prefix(shown) {
      page.paragraph(text(difference, page), indent: 2, hanging: 4)
    }
    if found.count > shown {
      page.paragraph("and \(found.count - shown) more", .faint, indent: 2)
    }
  }

  private func text(_ difference: InputDifference, _ page: Page) -> String {
    // A longer value is a script or a whole object: its start is enough to know it by.
    func brief(_ value: JSONValue?) -> String {
      (value?.brief ?? "").oneLine.shortened(to: 60, ellipsis: page.ellipsis)
    }
    let head = "\(difference.change.rawValue) \(difference.path): "
    switch difference.change {
    case .added: return head + brief(difference.new)
    case .removed: return head + brief(difference.old)
    case .changed: return head + "\(brief(difference.old)) \(page.arrow) \(brief(difference.new))"
    }
  }
}
