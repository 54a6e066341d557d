public import GantryModel
internal import GantryStatistics

/// Simulations side by side as a picture: how long a run of each takes on average, and on what its
/// critical path is spent.
public struct ComparisonChart: Sendable {
  /// Bars longer than this many times the median bar are cut, so that one failure does not flatten
  /// the others.
  private static let longestBar = 2.5

  private static let width = 960.0
  private static let rowHeight = 34.0
  private static let top = 72.0
  private static let fontSize = 12.0
  private static let gap = 12.0
  private static let ink = "#1f2328"
  private static let faint = "#59636e"
  private static let rule = "#d1d9e0"
  private static let paper = "#ffffff"

  /// Makes a chart.
  public init() {}

  /// The picture.
  ///
  /// - Parameter records: What to show, in this order; bars are means over the runs of the first
  ///   replication that succeeded.
  /// - Returns: An SVG document, ending with a line break.
  public func render(_ records: [SimulationRecord]) -> String {
    let title = "A run on average, and what its critical path is spent on"
    let rows = zip(records, Candidate.names(of: records)).map(Row.init)
    var canvas = SVGCanvas()
    canvas.text(title, x: Self.gap, y: 26, size: 16, fill: Self.ink, isBold: true)
    addLegend(of: rows, to: &canvas)

    let nameWidth = Self.textWidth(rows.map(\.name))
    let left = Self.gap + nameWidth + Self.gap
    let right = Self.width - Self.gap - Self.textWidth(rows.map(\.figures)) - Self.gap
    let end = axisEnd(of: rows)
    let bottom = Self.top + Double(rows.count) * Self.rowHeight
    addAxis(to: &canvas, from: left, to: right, end: end, bottom: bottom)
    for (index, row) in rows.enumerated() {
      let y = Self.top + Double(index) * Self.rowHeight
      add(
        row, to: &canvas, y: y, left: left, perSecond: end > 0 ? (right - left) / end : 0, end: end)
      canvas.text(
        row.figures, x: Self.width - Self.gap, y: y + 21, size: Self.fontSize, fill: Self.ink,
        anchor: .end)
    }
    return canvas.document(
      width: Self.width, height: bottom + 30, title: title, background: Self.paper)
  }

  /// A simulation in the chart.
  private struct Row {
    let name: String
    /// Seconds of the mean run by kind, in the order of kinds.
    let spans: [(kind: TimeKind, seconds: Double)]
    let seconds: Double
    let figures: String

    init(_ record: SimulationRecord, _ name: String) {
      self.name = name
      let failed = record.failedRunCount
      let done = record.runCount - failed
      guard done > 0 else {
        (spans, seconds, figures) = ([], 0, "no run succeeds")
        return
      }
      var sums = [Double](repeating: 0, count: TimeKind.allCases.count)
      for path in record.runs.filter(\.status.isSuccess).flatMap(\.criticalPath) {
        sums[Int(path.segment.kind.rawValue)] += path.seconds
      }
      for path in record.tally?.paths ?? [] { sums[Int(path.kind.rawValue)] += path.seconds }
      // The paths of runs that were summed up are those of all that ended.
      let count = record.tally?.all.ended ?? done
      spans = zip(TimeKind.allCases, sums.map { $0 / Double(count) }).map { ($0, $1) }
      seconds = spans.reduce(0) { $0 + $1.seconds }
      let month = record.cost.monthlyLines.isEmpty ? nil : record.cost.monthlyUSD
      let parts = [
        Figures.spoken(seconds), failed > 0 ? "\(failed) failed" : nil,
        Figures.usd(record.cost.totalUSD / Double(record.runCount)),
        month.map { Figures.wholeUSD($0) + " a month" },
      ]
      figures = parts.compactMap { $0 }.joined(separator: " · ")
    }
  }

  private static func textWidth(_ texts: [String]) -> Double {
    Double(texts.map(\.displayWidth).max() ?? 0) * fontSize * SVGCanvas.characterWidth
  }

  private func axisEnd(of rows: [Row]) -> Double {
    let lengths = rows.map(\.seconds).filter { $0 > 0 }.sorted()
    guard let longest = lengths.last, let median = Quantile.p50.value(ofSorted: lengths)
    else { return 0 }
    let bound = median * Self.longestBar
    return lengths.last { $0 <= bound }.map { longest > bound ? max($0, bound) : $0 } ?? longest
  }

  // MARK: Parts

  private func addLegend(of rows: [Row], to canvas: inout SVGCanvas) {
    var x = Self.gap
    for kind in TimeKind.allCases
    where rows.contains(where: { $0.spans.contains { $0.kind == kind && $0.seconds > 0 } }) {
      canvas.rectangle(x: x, y: 40, width: 12, height: 12, fill: Self.colour(kind))
      canvas.text(kind.name, x: x + 17, y: 50, size: Self.fontSize, fill: Self.faint)
      x += 17 + Self.textWidth([kind.name]) + 18
    }
  }

  private func addAxis(
    to canvas: inout SVGCanvas, from left: Double, to right: Double, end: Double, bottom: Double
  ) {
    guard end > 0 else { return }
    let step = Self.step(for: end)
    var value = 0.0
    while value <= end {
      let x = left + value / end * (right - left)
      canvas.line(fromX: x, y: Self.top - 4, toX: x, y: bottom, stroke: Self.rule)
      canvas.text(
        value == 0 ? "0" : Figures.spoken(value), x: x, y: bottom + 18, size: 11, fill: Self.faint,
        anchor: .middle)
      value += step
    }
  }

  /// A round step, in seconds, that gives at most eight lines.
  private static func step(for end: Double) -> Double {
    let steps: [Double] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600]
    return steps.first { end / $0 <= 8 } ?? (end / 8 / 86_400).rounded(.up) * 86_400
  }

  private func add(
    _ row: Row, to canvas: inout SVGCanvas, y: Double, left: Double, perSecond: Double, end: Double
  ) {
    canvas.text(
      row.name, x: left - Self.gap, y: y + 21, size: Self.fontSize, fill: Self.ink, anchor: .end)
    var start = 0.0
    for span in row.spans where start < end {
      let shown = min(span.seconds, end - start)
      let share = row.seconds > 0 ? span.seconds / row.seconds : 0
      canvas.rectangle(
        x: left + start * perSecond, y: y + 6, width: shown * perSecond, height: 22,
        fill: Self.colour(span.kind),
        title: "\(span.kind.name) \(Figures.spoken(span.seconds)), \(Figures.percent(share))")
      start += span.seconds
    }
    guard row.seconds > end else { return }
    // A cut bar goes on beyond the picture.
    for offset in [0.0, 7.0] {
      canvas.rectangle(
        x: left + end * perSecond - 14 + offset, y: y + 4, width: 3, height: 26, fill: Self.paper)
    }
  }

  /// Colours that stay apart for the common kinds of colour blindness (Okabe and Ito 2008).
  private static func colour(_ kind: TimeKind) -> String {
    switch kind {
    case .queue: "#999999"
    case .volume: "#cc79a7"
    case .image: "#56b4e9"
    case .cpu: "#0072b2"
    case .read: "#009e73"
    case .write: "#e69f00"
    case .overhead: "#d9d9d9"
    }
  }
}
