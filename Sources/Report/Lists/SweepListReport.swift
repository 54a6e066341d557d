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

  /// The list as JSON; `GantryReport.docc/JSON.md` says what every key means.
  public func renderJSON(_ sweeps: [SweepSummary]) -> String {
    JSONValue.array(
      sweeps.map { one in
        .members([
          "id": .integer(one.id), "scenario": .string(one.scenario), "label": .text(one.label),
          "createdAt": .string(one.createdAt), "axes": .array(one.axes.map(JSONValue.string)),
          "pointCount": .count(one.pointCount), "donePoints": .count(one.donePoints),
          "isComplete": .bool(one.isComplete), "command": .text(one.command),
          "shards": one.shards.map(JSONValue.count) ?? .null,
        ])
      }
    ).prettyText
  }
}
