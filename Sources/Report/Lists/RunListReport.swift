public import GantryModel

/// The stored simulations, one a line.
public struct RunListReport: Sendable {
  public var options: ReportOptions

  /// Makes a report.
  public init(_ options: ReportOptions = ReportOptions()) { self.options = options }

  /// The table for people.
  public func render(_ list: [SimulationSummary]) -> String {
    var page = Page(options)
    if list.isEmpty {
      page.paragraph("No result is stored; `gantry simulate` stores what it simulates.")
      return page.text
    }
    var table = TextTable([
      .number("id"), .text("scenario"), .text("label"), .text("when"), .number("runs"),
      .number("mean run"), .number("makespan"), .number("bill"), .number("a month"),
      .text("region"), .text("inputs"),
    ])
    table.flexible = 1
    table.narrowest = 18
    for one in list { table.add(row(one, page)) }
    page.table(
      table.fitted(
        to: page.width,
        dropping: ["inputs", "region", "makespan", "bill", "when", "a month", "runs"]),
      indent: 0)
    return page.text
  }

  private func row(_ one: SimulationSummary, _ page: Page) -> [TextTable.Cell] {
    let failed = one.failedRunCount
    return [
      .init("\(one.id)"), .init(one.scenario), .init(one.label ?? ""),
      .init(String(one.createdAt.prefix(16)).replacing("T", with: " ")),
      .init(
        failed == 0 ? "\(one.runCount)" : "\(one.runCount) (\(failed) failed)",
        failed == 0 ? .plain : .bad),
      .init(one.meanRunSeconds.map(Figures.duration) ?? page.dash),
      .init(Figures.duration(one.makespanSeconds)), .init(Figures.usd(one.totalUSD)),
      .init(Figures.wholeUSD(one.monthlyUSD)), .init(one.region),
      .init(String(one.inputHash.prefix(8)), .faint),
    ]
  }

  /// The list as JSON; `GantryReport.docc/JSON.md` says what every key means.
  public func renderJSON(_ list: [SimulationSummary]) -> String {
    JSONValue.array(
      list.map { one in
        .members([
          "id": .integer(one.id), "scenario": .string(one.scenario), "label": .text(one.label),
          "createdAt": .string(one.createdAt), "programVersion": .string(one.programVersion),
          "catalogVersion": .string(one.catalogVersion), "region": .string(one.region),
          "seed": .unsigned(one.seed), "replicationCount": .count(one.replicationCount),
          "inputHash": .string(one.inputHash), "clusterOrigin": .string(one.clusterOrigin),
          "makespanSeconds": .seconds(one.makespanSeconds), "runCount": .count(one.runCount),
          "failedRunCount": .count(one.failedRunCount),
          "meanRunSeconds": .seconds(one.meanRunSeconds), "totalUSD": .number(one.totalUSD),
          "monthlyUSD": .number(one.monthlyUSD),
        ])
      }
    ).prettyText
  }
}
