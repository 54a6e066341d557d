import GantryExperiments
import GantryModel
import Testing

@Suite("Grids")
struct GridTests {
  private let sink = DiagnosticSink()
  private let place = SourceLocation(file: "--vary", line: 1, column: 1)

  private func axis(_ text: String) -> GridAxis? { AxisText(sink: sink).axis(text, at: place) }

  private func values(_ text: String) -> [String]? { axis(text)?.values.map(\.value) }

  @Test("ranges are written out exactly")
  func ranges() {
    #expect(values("a.b=1..4") == ["1", "2", "3", "4"])
    #expect(values("a=1..9:4,20") == ["1", "5", "9", "20"])
    #expect(values("a=0.1..0.3:0.1") == ["0.1", "0.2", "0.3"])
    #expect(values("a=[x,y],[z]") == ["[x,y]", "[z]"])
    #expect(values("a=../b") == ["../b"])
  }

  @Test(
    "what is no axis is refused", arguments: ["a", "=1", "a=1..nan", "a=3..1", "a=1..2:0", "a=1,"])
  func refusals(text: String) {
    #expect(axis(text) == nil)
    #expect(sink.diagnostics.map(\.code) == ["E0090"])
  }

  @Test("axes multiply, pairs are walked together, and points are left out")
  func points() throws {
    let axes = ["a=1..2", "b=x,y", "c=p,q"].compactMap(axis)
    let grid = try #require(
      Grid(
        axes: axes, zips: [Located("a,c", at: place)], exclusions: [Located("a=1,b=y", at: place)],
        sink: sink))
    #expect(grid.product == 4)
    #expect(grid.points() == [[0, 0, 0], [1, 0, 1], [1, 1, 1]])
  }

  @Test("all mistakes of a grid come together")
  func mistakes() {
    let axes = ["ab=1..2", "ab=1..2", "c=1,1"].compactMap(axis)
    let grid = Grid(
      axes: axes, zips: [Located("ac,c", at: place)], exclusions: [Located("c=2", at: place)],
      sink: sink)
    #expect(grid == nil)
    #expect(sink.diagnostics.map(\.code) == ["E0091", "E0091", "E0094", "E0094", "E0095"])
  }
}
