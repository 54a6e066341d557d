import Testing

@testable import GantryReport

@Suite struct TextTableTests {
  private var table: TextTable {
    var table = TextTable([.text("name"), .number("first"), .number("second")])
    table.add([
      .init("name"), .init(String(repeating: "1", count: 30)),
      .init(String(repeating: "4", count: 30)),
    ])
    return table
  }

  private func text(width: Int) -> String {
    var page = Page(ReportOptions(width: width))
    page.table(table.fitted(to: page.width - 2, dropping: ["second", "first", "other"]))
    return page.text
  }

  @Test("columns that there is no room for are named below the table")
  func hidden() {
    #expect(!text(width: 80).contains("no room"))
    #expect(text(width: 50).hasSuffix("  no room here for second\n"))
    #expect(!text(width: 50).contains("444"))
    #expect(text(width: 40).contains("no room here for second"))
  }
}
