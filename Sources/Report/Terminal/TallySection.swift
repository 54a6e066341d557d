internal import GantryModel

/// Runs that were summed up instead of kept: their times by pipeline.
struct TallySection {
  let tally: RunTallyRecord

  func add(to page: inout Page) {
    page.title(Figures.count(tally.all.runs, "run"))
    var table = TextTable([
      .text("pipeline"), .number("runs"), .number("failed"), .number("p50"), .number("p95"),
      .number("p99"), .number("longest"), .number("wait"),
    ])
    for group in tally.pipelines { table.add(row(group, in: page)) }
    page.table(table.fitted(to: page.width - 2, dropping: ["p99", "failed", "longest"]))
    page.paragraph(
      "wait: the part of their tasks' time before a node was found", .faint, indent: 2)
    page.gap()
    page.paragraph(
      "Runs are summed up here; `--keep everything` keeps each with its tasks.", .faint,
      indent: 2)
    if tally.furtherNodeEvents > 0 {
      page.paragraph(
        "and \(Figures.count(tally.furtherNodeEvents, "more event")) of nodes under pressure",
        .faint, indent: 2)
    }
  }

  private func row(_ group: RunTallyRecord.Group, in page: Page) -> [TextTable.Cell] {
    func shown(_ seconds: Double?) -> TextTable.Cell {
      .init(seconds.map(Figures.duration) ?? page.dash)
    }
    return [
      .init(group.pipeline), .init("\(group.runs)"),
      .init(
        group.failed == 0 ? page.dash : "\(group.failed)", group.failed == 0 ? .faint : .bad),
      shown(group.p50Seconds), shown(group.p95Seconds), shown(group.p99Seconds),
      shown(group.longestSeconds), .init(group.waitShare.map(Figures.percent) ?? page.dash),
    ]
  }
}
