public import GantryModel

/// The stored sweeps in a table.
public struct SweepListReport: Sendable {
  public var options: ReportOptions

  /// Makes a report.
  public init(_ options: ReportOptions = ReportOptions()) { self.options = options }

  /// A line a sweep, ending with a line break.
  public func render(_ sweeps: [SweepSummary]) -> String {
    var page = Page(options)
    if sweeps.isEmpty {
      page.paragraph("No sweep is stored.")
      return page.text
    }
    var table = TextTable([
      .number(""), .text("sweep"), .text("axes"), .number("points"), .text("state"),
      .text("started"),
    ])
    table.flexible = 2
    table.narrowest = 8
    for sweep in sweeps {
      table.add([
        .init("\(sweep.id)"), .init(sweep.name), .init(sweep.axes.joined(separator: ", ")),
        .init("\(sweep.pointCount)"),
        sweep.isComplete
          ? .init("complete", .good) : .init("\(sweep.donePoints) done", .caution),
        .init(sweep.createdAt, .faint),
      ])
    }
    page.table(table.fitted(to: page.width - 2, dropping: ["started", "axes", "state"]))
    return page.text
  }
}
