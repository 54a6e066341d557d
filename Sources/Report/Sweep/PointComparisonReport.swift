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
    let changes = pairs.map { $0.other.estimates.difference(measure) }
    let told = changes.compactMap { $0 }.filter(\.isTold)
    let unknown = changes.count { !($0?.isKnown ?? false) }
    let faster = told.count { $0.change.value < 0 }
    let chance = pairs.count - told.count - unknown
    page.paragraph(
      "\(measure.rawValue): \(faster) faster, \(told.count - faster) slower, "
        + "\(chance) not told apart\(unknown > 0 ? ", \(unknown) not known" : ""); after "
        + "\(page.plusMinus) is half the 95\u{A0}% interval", .faint, indent: 2)
    page.gap()
    page.table(fitted(pairs, page))
    page.paragraph(
      "(…) is a change that chance explains, at 5\u{A0}% for all rows together (Holm)."
        + (unknown > 0 ? " \(EstimateText.unknown)." : ""), .faint, indent: 2)
    return page.text
  }

  // MARK: The table

  /// The table with the axes' full paths, or where these do not fit, with the ends that tell them
  /// apart and as many columns as there is room for.
  private func fitted(_ pairs: [PointPair], _ page: Page) -> TextTable {
    let axes = PointPair.axes(of: pairs)
    let full = table(pairs, axes, titles: axes, page)
    if full.fitsUncut(page.width - 2) { return full }
    let short = AxisTitles.short(axes, besides: Self.figures + ["point", measure.rawValue])
    let last = Self.dropped + short.reversed() + ["change"]
    return table(pairs, axes, titles: short, page)
      .fitted(to: page.width - 2, dropping: last, uncut: true)
  }

  private static let figures = [
    "base", "change", "USD a month", "USD change", "wait", "n",
  ]
  /// What gives way before the values do, from the first on.
  private static let dropped = ["n", "wait", "USD a month", "base", "USD change"]

  private func table(
    _ pairs: [PointPair], _ axes: [String], titles: [String], _ page: Page
  ) -> TextTable {
    var table = TextTable(
      [.text("point")] + titles.map { .text($0) } + [
        .number("base"), .number(measure.rawValue), .number("change"), .number("USD a month"),
        .number("USD change"), .number("wait"), .number("n"),
      ])
    table.flexible = axes.isEmpty ? 0 : 1
    table.narrowest = 8
    let text = EstimateText(page: page)
    let isOneSweep = Set(pairs.map(\.otherSweep.name)).count == 1
    for pair in pairs {
      let number = "\(pair.other.position + 1)"
      let name = isOneSweep ? number : "\(pair.otherSweep.name)#\(number)"
      table.add(
        [.init(name)]
          + axes.map { .init(pair.value(on: $0) ?? page.dash) } + figures(of: pair, text))
    }
    return table
  }

  private func figures(of pair: PointPair, _ text: EstimateText) -> [TextTable.Cell] {
    let page = text.page
    let found = pair.other.estimates
    return [
      .init(text.time(pair.base.estimates.time(measure))), .init(text.time(found.time(measure))),
      cell(found.difference(measure), page) { text.time($0, signed: true) },
      .init(text.wholeUSD(found.monthUSD)),
      cell(found.monthUSDDifference, page) { text.wholeUSD($0, signed: true) },
      .init(found.waitShare.map { Figures.percent($0.value) } ?? page.dash),
      .init("\(pair.other.replications)", .faint),
    ]
  }

  private func cell(
    _ difference: PairedDifference?, _ page: Page, _ format: (Estimate) -> String
  ) -> TextTable.Cell {
    guard let difference else { return .init(page.dash) }
    let text = format(difference.change)
    guard difference.isKnown else { return .init(text + EstimateText.unknownMark, .faint) }
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
            "name": .string(pair.name),
            "base": SweepReport.value(of: pair.base, sweep: pair.baseSweep),
            "other": SweepReport.value(of: pair.other, sweep: pair.otherSweep),
          ])
        }),
    ]).prettyText
  }
}

extension PointPair {
  /// The axes of all points that are compared, in the order in which they come up.
  fileprivate static func axes(of pairs: [PointPair]) -> [String] {
    var all: [String] = []
    for axis in pairs.flatMap(\.otherSweep.axes) where !all.contains(axis) { all.append(axis) }
    return all
  }

  /// What the point has on an axis; nil when its sweep has no such axis.
  fileprivate func value(on axis: String) -> String? {
    zip(otherSweep.axes, other.values).first { $0.0 == axis }?.1
  }
}
