import Foundation
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryReport

@Suite("the picture of a comparison")
struct ComparisonChartTests {
  /// A bar's pieces as the picture shows them, in order: the kind's name and the width in pixels.
  private func pieces(_ svg: String) throws -> [(kind: String, width: Double)] {
    try svg.split(separator: "\n").filter { $0.contains("<title>") && $0.hasPrefix("<rect") }.map {
      let width = try #require($0.firstMatch(of: #/width="([0-9.]+)"/#))
      let kind = try #require($0.firstMatch(of: #/<title>([a-z]+) /#))
      return (String(kind.1), try #require(Double(width.1)))
    }
  }

  private func seconds(_ record: SimulationRecord) -> [String: Double] {
    Dictionary(
      record.runs.flatMap(\.criticalPath).map { ($0.segment.kind.name, $0.seconds) },
      uniquingKeysWith: +
    ).mapValues { $0 / Double(record.runs.count) }
  }

  @Test("each piece is as wide as the mean run's critical path spends seconds on its kind")
  func proportions() throws {
    let record = Samples.record(
      label: "base", runs: [Samples.run("one"), Samples.run("two", at: 30, pace: 1.5)])
    let shown = try pieces(ComparisonChart().render([record]))
    let expected = seconds(record).filter { $0.value > 0 }
    #expect(shown.map(\.kind).sorted() == expected.keys.sorted())
    let whole = shown.reduce(0) { $0 + $1.width }
    let total = expected.values.reduce(0, +)
    for piece in shown {
      let share = try #require(expected[piece.kind]) / total
      #expect(abs(piece.width / whole - share) < 0.002, "\(piece.kind)")
    }
  }

  @Test("a run that takes far longer than the others is cut, and its figure is not")
  func cut() throws {
    let usual = (1...3).map { Samples.record(label: "c\($0)", runs: [Samples.run("a")]) }
    let slow = Samples.record(label: "slow", runs: [Samples.run("a", pace: 20)])
    func widths(_ records: [SimulationRecord]) throws -> [Double] {
      var rows: [Double] = []
      for piece in try pieces(ComparisonChart().render(records)) {
        if piece.kind == "queue" || rows.isEmpty { rows.append(0) }
        rows[rows.count - 1] += piece.width
      }
      return rows
    }
    let rows = try widths(usual + [slow])
    #expect(rows.count == 4)
    #expect(rows[3] > rows[0] * 1.5 && rows[3] < rows[0] * 3)
    let longest = seconds(slow).values.reduce(0, +)
    #expect(
      ComparisonChart().render(usual + [slow]).contains(">\(Figures.spoken(longest)) · "))
  }

  @Test("names are escaped, and a simulation without a run that succeeds says so")
  func oddities() {
    var failed = Samples.record(label: "a<b & \"c\"", runs: [Samples.run("a")])
    failed.runs[0].status = .failed
    let svg = ComparisonChart().render([failed, Samples.record(runs: [Samples.run("a")])])
    #expect(svg.contains(">a&lt;b &amp; &quot;c&quot;<"))
    #expect(svg.contains(">no run succeeds<"))
    #expect(svg.hasPrefix("<svg xmlns=") && svg.hasSuffix("</svg>\n"))
    #expect(!svg.contains("NaN") && !svg.contains("nan"))
  }
}
