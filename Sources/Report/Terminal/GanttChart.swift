internal import GantryModel

/// Bars over time, one row each; a bar's texture says what the time was spent on.
struct GanttChart {
  /// A named bar.
  struct Row {
    var name: String
    var segments: [SegmentRecord]
  }

  var rows: [Row]
  var start: Double
  var end: Double

  /// A chart narrower than this says nothing.
  private static let narrowest = 16

  func add(to page: inout Page) {
    let span = end - start
    guard span > 0, !rows.isEmpty else { return }
    let longest = rows.map { $0.name.oneLine.displayWidth }.max() ?? 0
    let names = min(longest, max(8, page.width / 4))
    let bars = page.width - names - 4
    if bars < Self.narrowest { return }
    for row in rows {
      let name = row.name.oneLine.shortened(to: names, ellipsis: page.ellipsis)
      let padding = String(repeating: " ", count: names - name.displayWidth + 2)
      page.raw("  " + name + padding + bar(row.segments, columns: bars, page))
    }
    addAxis(to: &page, indent: names + 4, columns: bars)
    addLegend(to: &page, indent: names + 4)
  }

  /// The kind that fills most of each column; nil where nothing happens.
  func kinds(_ segments: [SegmentRecord], columns: Int) -> [TimeKind?] {
    let span = end - start
    let kindCount = TimeKind.allCases.count
    var shares = [Double](repeating: 0, count: columns * kindCount)
    for segment in segments {
      let from = (segment.startSeconds - start) / span * Double(columns)
      let to = (segment.endSeconds - start) / span * Double(columns)
      guard from.isFinite, to > from, to > 0, from < Double(columns) else { continue }
      let first = max(0, Int(from))
      let last = min(columns - 1, Int(to))
      for column in first...max(first, last) {
        let share = min(to, Double(column + 1)) - max(from, Double(column))
        shares[column * kindCount + Int(segment.kind.rawValue)] += max(0, share)
      }
    }
    return (0..<columns).map { column in
      var best: TimeKind?
      var most = 0.0
      for kind in TimeKind.allCases where shares[column * kindCount + Int(kind.rawValue)] > most {
        most = shares[column * kindCount + Int(kind.rawValue)]
        best = kind
      }
      return best
    }
  }

  private func bar(_ segments: [SegmentRecord], columns: Int, _ page: Page) -> String {
    var cells = kinds(segments, columns: columns)
    while let last = cells.last, last == nil { cells.removeLast() }
    var text = ""
    var index = 0
    while index < cells.count {
      let kind = cells[index]
      let count = cells[index...].prefix { $0 == kind }.count
      let glyph = kind.map { $0.glyph(unicode: page.options.unicode) } ?? " "
      let run = String(repeating: glyph, count: count)
      text += kind.map { page.painted(run, .kind($0)) } ?? run
      index += count
    }
    return text
  }

  // MARK: Axis

  /// Steps between marks that people count in, in seconds.
  private static let steps: [Double] = [
    0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600,
    43_200, 86_400, 172_800, 432_000, 864_000, 2_592_000, 8_640_000, 31_536_000,
  ]

  private func addAxis(to page: inout Page, indent: Int, columns: Int) {
    let span = end - start
    let step = Self.steps.first { span / $0 * 9 <= Double(columns) } ?? span
    var line = Array(repeating: page.options.unicode ? "─" : "-", count: columns)
    var labels = ""
    var mark = 0.0
    while mark <= span {
      let column = Int(mark / span * Double(columns))
      if column < columns {
        line[column] = page.options.unicode ? "┬" : "+"
        let label = Self.mark(start + mark)
        if column > labels.count || labels.isEmpty, column + label.count <= columns {
          labels += String(repeating: " ", count: column - labels.count) + label
        }
      }
      mark += step
    }
    let margin = String(repeating: " ", count: indent)
    page.raw(margin + page.painted(line.joined(), .faint))
    page.raw(margin + page.painted(labels, .faint))
  }

  /// A moment on the axis, without parts that are zero: `30s`, `1m30s`, `2h`.
  private static func mark(_ seconds: Double) -> String {
    if seconds < 60 { return Figures.plain((seconds * 10).rounded() / 10) + "s" }
    let all = Int64(seconds.rounded())
    var text = ""
    for (unit, size) in [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)] as [(String, Int64)] {
      let part = all / size % (unit == "d" ? .max : unit == "h" ? 24 : 60)
      if part > 0 { text += "\(part)\(unit)" }
    }
    return text
  }

  private func addLegend(to page: inout Page, indent: Int) {
    let used = TimeKind.allCases.filter { kind in
      rows.contains { $0.segments.contains { $0.kind == kind && $0.endSeconds > $0.startSeconds } }
    }
    let entries = used.map { kind in
      (text: "\(kind.glyph(unicode: page.options.unicode)) \(kind.name)", kind: kind)
    }
    let full = entries.reduce(0) { $0 + $1.text.count + 2 }
    let start = full + indent <= page.width ? indent : 2
    var line = ""
    var columns = start
    for entry in entries {
      if columns + entry.text.count > page.width {
        page.raw(String(repeating: " ", count: start) + line)
        (line, columns) = ("", start)
      }
      line += (line.isEmpty ? "" : "  ") + page.painted(entry.text, .kind(entry.kind))
      columns += entry.text.count + 2
    }
    if !line.isEmpty { page.raw(String(repeating: " ", count: start) + line) }
  }
}

extension TimeKind {
  /// The texture of bars.
  func glyph(unicode: Bool) -> String {
    switch self {
    case .queue: unicode ? "·" : "."
    case .volume: unicode ? "╌" : "v"
    case .image: unicode ? "▒" : "i"
    case .cpu: unicode ? "█" : "#"
    case .read: unicode ? "▄" : "r"
    case .write: unicode ? "▀" : "w"
    case .overhead: unicode ? "░" : "-"
    }
  }
}
