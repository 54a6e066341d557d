internal import GantryModel
internal import GantryStatistics

/// Many PipelineRuns: percentiles, extremes and a chart instead of a table for each.
struct RunsSection {
  let record: SimulationRecord

  /// Charts with more bars than this are cut.
  private static let most = 24

  func add(to page: inout Page) {
    page.title("\(Figures.count(record.runs.count, "run"))")
    addPercentiles(to: &page)
    addExtremes(to: &page)
    addChart(to: &page)
    page.gap()
    page.paragraph("`--detail` shows every run.", .faint, indent: 2)
  }

  private var pipelines: [String] {
    var names: [String] = []
    for run in record.runs where names.last != run.pipeline && !names.contains(run.pipeline) {
      names.append(run.pipeline)
    }
    return names
  }

  private func addPercentiles(to page: inout Page) {
    var table = TextTable([
      .text("pipeline"), .number("runs"), .number("failed"), .number("p50"), .number("p95"),
      .number("longest"), .number("wait"), .number("USD p50"),
    ])
    for pipeline in pipelines {
      let runs = record.runs.filter { $0.pipeline == pipeline }
      let sorted = runs.compactMap(\.durationSeconds).sorted()
      let failed = runs.filter { !$0.status.isSuccess }.count
      let cost = Quantile.p50.value(ofSorted: runs.map(\.cost.totalUSD).sorted()) ?? 0
      func shown(_ seconds: Double?) -> TextTable.Cell {
        .init(seconds.map(Figures.duration) ?? page.dash)
      }
      table.add([
        .init(pipeline), .init("\(runs.count)"),
        .init(failed == 0 ? page.dash : "\(failed)", failed == 0 ? .faint : .bad),
        shown(Quantile.p50.value(ofSorted: sorted)),
        shown(Quantile.p95.value(ofSorted: sorted)), shown(sorted.last),
        .init(RunFigures.waitShare(of: runs).map(Figures.percent) ?? page.dash),
        .init(Figures.money(cost, Figures.decimals(for: cost))),
      ])
    }
    page.table(table.fitted(to: page.width - 2, dropping: ["USD p50", "failed", "p95", "longest"]))
    page.paragraph(
      "wait: the part of their tasks' time before a node was found", .faint, indent: 2)
  }

  private func addExtremes(to page: inout Page) {
    let ended = record.runs.filter { $0.durationSeconds != nil }
    let order = ended.indices.sorted {
      (ended[$0].durationSeconds ?? 0, $0) < (ended[$1].durationSeconds ?? 0, $1)
    }
    func list(_ positions: some Sequence<Int>) -> String {
      positions.map { "\(ended[$0].name) \(Figures.duration(ended[$0].durationSeconds ?? 0))" }
        .joined(separator: ", ")
    }
    if order.isEmpty { return }
    page.gap()
    page.paragraph("fastest: \(list(order.prefix(3)))", indent: 2)
    page.paragraph("slowest: \(list(order.suffix(3).reversed()))", indent: 2)
  }

  private func addChart(to page: inout Page) {
    let shown = record.runs.prefix(Self.most)
    let rows = shown.map { run in
      GanttChart.Row(name: run.name, segments: run.chartSegments(until: record.makespanSeconds))
    }
    let start = shown.map(\.createdSeconds).min() ?? 0
    let end = shown.compactMap(\.completionSeconds).max() ?? record.makespanSeconds
    page.gap()
    GanttChart(rows: rows, start: start, end: end).add(to: &page)
    let rest = record.runs.count - shown.count
    if rest > 0 {
      page.paragraph("and \(Figures.count(rest, "more run", plural: "more runs"))", indent: 2)
    }
  }
}

extension RunRecord {
  /// What the run waited for or did, as its critical path tells; only its length without one.
  fileprivate func chartSegments(until end: Double) -> [SegmentRecord] {
    if !criticalPath.isEmpty { return criticalPath.map(\.segment) }
    return [
      SegmentRecord(
        kind: completionSeconds == nil ? .queue : .cpu, startSeconds: createdSeconds,
        endSeconds: completionSeconds ?? end, label: "")
    ]
  }
}

/// Figures of several runs.
enum RunFigures {
  /// The part of their TaskRuns' time, from ready to completion, before a node was found.
  static func waitShare(of runs: [RunRecord]) -> Double? {
    var wait = 0.0
    var life = 0.0
    for task in runs.flatMap(\.taskRuns) {
      guard let end = task.completionSeconds else { continue }
      wait += task.waitSeconds
      life += end - task.readySeconds
    }
    return life > 0 ? wait / life : nil
  }
}
