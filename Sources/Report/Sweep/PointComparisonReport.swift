public import GantryModel

/// Points of sweeps, each against its base.
public struct PointComparisonReport: Sendable {
  public var options: ReportOptions
  private let measure: SweepPlan.Measure

  /// Makes a report about the measure that points are judged by.
  public init(_ options: ReportOptions = ReportOptions(), measure: SweepPlan.Measure) {
    self.options = options
    self.measure = measure
  }

  /// The pairs in a table, after a line about all of them; `title` says what is compared with what.
  public func render(_ pairs: [PointPair], title: String) -> String {
    var page = Page(options)
    page.paragraph(title, .strong)
    let told = pairs.compactMap { $0.other.estimates.difference(measure) }.filter(\.isTold)
    let faster = told.count { $0.change.value < 0 }
    page.paragraph(
      "\(measure.rawValue): \(faster) faster, \(told.count - faster) slower, "
        + "\(pairs.count - told.count) not told apart; after \(page.plusMinus) is half the "
        + "95\u{A0}% interval",
      .faint, indent: 2)
    let isSingle = pairs.allSatisfy { $0.base.replications == 1 && $0.other.replications == 1 }
    let text = EstimateText(page: page, isSingle: isSingle)
    var table = TextTable([
      .text("point"), .number("base"), .number(measure.rawValue), .number("change"),
      .number("USD a month"), .number("USD change"), .number("wait"), .number("n"),
    ])
    table.flexible = 0
    table.narrowest = 8
    for pair in pairs {
      let found = pair.other.estimates
      table.add([
        .init(pair.name), .init(text.time(pair.base.estimates.time(measure))),
        .init(text.time(found.time(measure))),
        cell(found.difference(measure), page) { text.time($0, signed: true) },
        .init(text.wholeUSD(found.monthUSD)),
        cell(found.monthUSDDifference, page) { text.wholeUSD($0, signed: true) },
        .init(found.waitShare.map { Figures.percent($0.value) } ?? page.dash),
        .init("\(pair.other.replications)", .faint),
      ])
    }
    page.gap()
    page.table(
      table.fitted(
        to: page.width - 2, dropping: ["n", "wait", "USD a month", "base", "USD change", "change"],
        uncut: true))
    page.paragraph(
      "(…) is a change that chance explains, at 5\u{A0}% for all rows together (Holm).", .faint,
      indent: 2)
    return page.text
  }

  private func cell(
    _ difference: PairedDifference?, _ page: Page, _ format: (Estimate) -> String
  ) -> TextTable.Cell {
    guard let difference else { return .init(page.dash) }
    let text = format(difference.change)
    guard difference.isTold else { return .init("(\(text))", .faint) }
    return .init(text, difference.change.value < 0 ? .good : .caution)
  }

  /// The pairs as JSON; `GantryReport.docc/JSON.md` says what every key means.
  public func renderJSON(_ pairs: [PointPair]) -> String {
    JSONValue.members([
      "schemaVersion": .count(JSONReport.schemaVersion), "measure": .string(measure.rawValue),
      "pairs": .array(
        pairs.map { pair in
          .members([
            "name": .string(pair.name), "base": SweepReport.value(of: pair.base, axes: []),
            "other": SweepReport.value(of: pair.other, axes: []),
          ])
        }),
    ]).prettyText
  }
}
