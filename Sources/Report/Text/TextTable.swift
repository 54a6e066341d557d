/// Rows of cells under headings; columns are as wide as their widest cell.
struct TextTable {
  /// A heading and how the cells below it stand.
  struct Column {
    var title: String
    var isNumber: Bool

    static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
    static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  /// A piece of text with its meaning.
  struct Cell: ExpressibleByStringInterpolation {
    var text: String
    var ink: Ink

    init(_ text: String, _ ink: Ink = .plain) {
      self.text = text.oneLine.plainSpaces
      self.ink = ink
    }

    init(stringLiteral text: String) { self.init(text) }
  }

  var columns: [Column]
  var rows: [[Cell]] = []
  /// The column that gives way when the table is too wide, and no further than this width.
  var flexible = 0
  var narrowest = 10
  /// The titles of columns that there was no room for, in the order in which they gave way.
  private(set) var hidden: [String] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// The columns' widths without any limit.
  private var naturalWidths: [Int] {
    var widths = columns.map(\.title.displayWidth)
    for row in rows {
      for (index, cell) in row.enumerated() {
        widths[index] = max(widths[index], cell.text.displayWidth)
      }
    }
    return widths
  }

  private func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + 2 * max(0, widths.count - 1)
  }

  /// Whether it can be drawn in so many columns.
  func fits(_ width: Int) -> Bool {
    let widths = naturalWidths
    let spare = max(0, widths[flexible] - narrowest)
    return total(widths) - spare <= width
  }

  /// Whether it can be drawn in so many columns with nothing cut.
  func fitsUncut(_ width: Int) -> Bool { total(naturalWidths) <= width }

  /// Adds a row.
  mutating func add(_ row: [Cell]) { rows.append(row) }

  /// The same table without the columns of these titles.
  func without(_ titles: Set<String>) -> TextTable {
    let kept = columns.indices.filter { !titles.contains(columns[$0].title) }
    var table = TextTable(kept.map { columns[$0] })
    table.rows = rows.map { row in kept.map { row[$0] } }
    table.flexible = kept.firstIndex(of: flexible) ?? 0
    table.narrowest = narrowest
    table.hidden = hidden
    return table
  }

  /// The first of: all columns, all but the first of `dropping`, all but the first two, …, that
  /// can be drawn in the width, with the flexible column cut or (`uncut`) not.
  func fitted(to width: Int, dropping: [String], uncut: Bool = false) -> TextTable {
    var table = self
    var gone: [String] = []
    for title in dropping where !(uncut ? table.fitsUncut(width) : table.fits(width)) {
      table = table.without([title])
      if columns.contains(where: { $0.title == title }), !title.isEmpty { gone.append(title) }
    }
    table.hidden += gone
    return table
  }

  /// The table as lines.
  func lines(on page: Page, indent: Int) -> [String] {
    var widths = naturalWidths
    let excess = total(widths) + indent - page.width
    if excess > 0 { widths[flexible] = max(1, widths[flexible] - excess) }
    let margin = String(repeating: " ", count: indent)
    let heading = columns.map { Cell($0.title, .faint) }
    let all = columns.allSatisfy(\.title.isEmpty) ? rows : [heading] + rows
    return all.map { row in
      var line = margin
      for (index, cell) in row.enumerated() {
        let isLast = index == row.count - 1
        line += (index == 0 ? "" : "  ") + pad(cell, index, widths[index], isLast, page)
      }
      return line.trimmingTrailingSpaces
    }
  }

  private func pad(
    _ cell: Cell, _ column: Int, _ width: Int, _ isLast: Bool, _ page: Page
  ) -> String {
    let text = cell.text.shortened(to: width, ellipsis: page.ellipsis)
    let padding = String(repeating: " ", count: max(0, width - text.displayWidth))
    let painted = page.painted(text, cell.ink)
    if columns[column].isNumber { return padding + painted }
    return isLast ? painted : painted + padding
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
