import Foundation
import GantryModel
import GantryTestSupport
import Testing

@testable import GantryReport

@Suite struct SweepReportTests {
  private let snapshot = Snapshot()

  private var pairs: [PointPair] {
    let sweep = Samples.sweep()
    return sweep.points.dropFirst().map {
      PointPair(base: sweep.points[0], of: sweep, other: $0, of: sweep)
    }
  }

  @Test("the whole report", arguments: [40, 80, 120, 200])
  func widths(_ width: Int) {
    let text = SweepReport(ReportOptions(width: width)).render(Samples.sweep())
    #expect(snapshot.difference("sweep-\(width)", text) == nil)
    #expect((text.split(separator: "\n").map(\.displayWidth).max() ?? 0) <= width)
  }

  @Test("points against others", arguments: [40, 80, 120])
  func comparison(_ width: Int) {
    let text = PointComparisonReport(ReportOptions(width: width), measure: .p95)
      .render(pairs, title: "Points of grid against point 1 (1, m6g.2xlarge)")
    #expect(snapshot.difference("sweep-compare-\(width)", text) == nil)
    #expect((text.split(separator: "\n").map(\.displayWidth).max() ?? 0) <= width)
  }

  @Test("points have the numbers of their sweep, and their values stand under the axes")
  func columns() {
    func header(_ pairs: [PointPair], _ width: Int) -> [String] {
      let text = PointComparisonReport(ReportOptions(width: width), measure: .p95)
        .render(pairs, title: "t")
      return text.split(separator: "\n").map(String.init)
    }
    let lines = header(pairs, 200)
    #expect(lines[2].contains(/point +nodes.arm64.count +nodes.arm64.type/))
    #expect(lines[3].contains(/2 +2 +m7g.2xlarge/) && lines[4].contains(/3 +1 +c6g.medium/))
    #expect(header(pairs, 80).contains { $0.contains(/point +count +type +/) })
    // Of several sweeps the number alone does not tell.
    var slow = Samples.sweep()
    slow.label = "slow"
    let mixed =
      pairs + [PointPair(base: slow.points[0], of: slow, other: slow.points[1], of: slow)]
    #expect(header(mixed, 200).contains { $0.contains(/slow#2 +2 +m7g/) })
    let failed = condition("p95 > 1s").map { $0.violations(in: mixed) } ?? []
    #expect(
      failed.last?.hasPrefix(
        "slow#2 (nodes.arm64.count=2, nodes.arm64.type=m7g.2xlarge): p95 is") == true)
  }

  private func condition(_ text: String) -> FailCondition? {
    FailCondition(text) { Double($0.dropLast()) }
  }

  @Test("axes are told apart by the ends of their paths")
  func axisTitles() {
    #expect(AxisTitles.short(["nodes.arm64.count", "storage.type"]) == ["count", "type"])
    #expect(
      AxisTitles.short(["nodes.amd64.count", "nodes.arm64.count", "scenario"])
        == ["amd64.count", "arm64.count", "scenario"])
    #expect(AxisTitles.short(["runs.base"], besides: ["base"]) == ["runs.base"])
  }

  @Test("JSON has the values, and how a point stands only where its sweep is complete")
  func standings() {
    let text = PointComparisonReport(measure: .p95).renderJSON(pairs)
    #expect(text.contains("\"nodes.arm64.type\": \"m7g.2xlarge\""))
    #expect(text.contains("\"standing\": \"pareto\"") && text.contains("\"mayBeFastest\": true"))
    var open = Samples.sweep()
    open.isComplete = false
    let unknown = PointComparisonReport(measure: .p95).renderJSON([
      PointPair(base: open.points[0], of: open, other: open.points[1], of: open)
    ])
    #expect(unknown.contains("\"nodes.arm64.type\": \"m7g.2xlarge\""))
    for key in ["standing", "mayBeFastest", "caveats"] { #expect(!unknown.contains(key)) }
  }

  @Test("every width holds, with and without all detail", arguments: [41, 57, 66, 79, 93, 133])
  func neverWider(_ width: Int) {
    for detail in [ReportOptions.Detail.summary, .full] {
      for unicode in [true, false] {
        let options = ReportOptions(width: width, unicode: unicode, detail: detail)
        let text = SweepReport(options).render(Samples.sweep())
        let wide = text.split(separator: "\n").filter { $0.displayWidth > width }
        #expect(wide.isEmpty)
      }
    }
  }

  @Test(
    "one replication is told as such: two digits, but dollars of a month, and nothing of chance")
  func single() {
    var sweep = Samples.sweep()
    for index in sweep.points.indices {
      sweep.points[index].samples = [PointSample(replication: 0)]
      sweep.points[index].estimates.monthUSD?.halfWidth = nil
      sweep.points[index].estimates.p95?.halfWidth = nil
      sweep.points[index].estimates.p95Difference?.change.halfWidth = nil
      sweep.points[index].estimates.p95Difference?.adjustedP = nil
      sweep.points[index].estimates.caveats.append(.noInterval)
    }
    sweep.points[2].estimates.standing = .unknown
    sweep.points[2].estimates.mayBeFastest = nil
    let text = SweepReport(ReportOptions(width: 300)).render(sweep)
    #expect(text.contains("one replication") && !text.contains("after ±"))
    let choice = text.split(separator: "\n").first { $0.hasPrefix("Cheapest: ") }
    #expect(choice.map { $0.contains("≈4m10s, USD ≈1,456 a month") } == true, "\(text)")
    #expect(text.contains("; whether 1 other is faster is not known: too few replications"))
    #expect(text.contains("by these figures: points 1, 2; too few replications to be sure."))
    let row = text.split(separator: "\n").first { $0.contains("c6g.medium") }
    #expect(row.map { $0.contains("  ?  ") && $0.contains("≈+10m50s ?") } == true, "\(text)")
    #expect(text.contains("? is not known: too few replications for an interval."))
    #expect(!text.contains("behind by no more than chance"))
    let json = SweepReport().renderJSON(sweep)
    #expect(json.contains("\"standing\": \"unknown\""))
    #expect(json.contains("\"mayBeFastest\": null") && json.contains("\"isTold\": null"))
  }

  @Test("what has no interval is told apart from chance in a comparison too")
  func unknownChange() {
    var pairs = pairs
    pairs[1].other.estimates.p95Difference?.change.halfWidth = nil
    pairs[1].other.estimates.p95Difference?.adjustedP = nil
    let text = PointComparisonReport(ReportOptions(width: 200), measure: .p95)
      .render(pairs, title: "pairs")
    #expect(text.contains("1 faster, 0 slower, 0 not told apart, 1 not known;"), "\(text)")
    #expect(text.contains("≈+10m50s ?"), "\(text)")
    #expect(text.contains("? is not known: too few replications for an interval."))
  }

  @Test(
    "a warm-up that leaves no runs is said as such, and which one would leave some",
    arguments: [
      (0.0...0.0, "warm-up of 30s, all at the start. No --warm-up leaves any of them"),
      (8.37...8.37, "the last one after 8.3s. A --warm-up of at most 8.3s leaves some"),
      (
        20.9...25.9,
        "the last one of a replication after 20s to 25s. A --warm-up of at most 20s leaves some"
      ),
    ])
  func emptied(creations: ClosedRange<Double>, expected: String) {
    var sweep = Samples.sweep()
    sweep.plan.warmUp = .seconds(30)
    for index in sweep.points.indices {
      sweep.points[index].estimates = PointEstimates()
      sweep.points[index].estimates.standing = .unknown
      sweep.points[index].estimates.caveats = [.noRuns]
      sweep.points[index].lastCreations = creations
    }
    let text = SweepReport(ReportOptions(width: 300)).render(sweep)
    #expect(text.contains("The warm-up leaves no runs to count at any point, so there is nothing"))
    #expect(text.contains(expected), "\(text)")
    #expect(!text.contains("No point finishes") && !text.contains("  !  "))
    #expect(text.contains("? is not known: no runs to count.") && !text.contains("too few"))
  }

  @Test("no more digits than the interval supports")
  func digits() {
    let text = EstimateText(page: Page(ReportOptions()))
    func time(_ value: Double, _ half: Double?) -> String {
      text.time(Estimate(value: value, halfWidth: half)).replacing("\u{A0}", with: " ")
    }
    // One digit of 3.4, two of 14.2 as it begins with 1, tens of 83; tenths of a second at the finest.
    #expect(time(252.34, 3.4) == "4m12s ± 3s")
    #expect(time(252.34, 14.2) == "4m12s ± 14s")
    #expect(time(252.34, 83) == "4m10s ± 1m20s")
    #expect(time(52.345, 0.34) == "52.3s ± 0.3s")
    #expect(time(52.345, 0.0001) == "52.3s")
    #expect(text.wholeUSD(Estimate(value: 1456.4, halfWidth: nil)) == "≈1,456")
    #expect(text.usd(Estimate(value: 0.12345, halfWidth: nil)) == "≈0.12")
    // 9.7 is 10 in one digit, so that its place is the tens.
    #expect(time(252.34, 9.7) == "4m12s ± 10s")
    #expect(time(252.34, nil) == "≈4m10s")
    let money = text.usd(Estimate(value: 0.12345, halfWidth: 0.0027))
    #expect(money.replacing("\u{A0}", with: " ") == "0.123 ± 0.003")
    #expect(text.wholeUSD(Estimate(value: 1456.2, halfWidth: 0)) == "1,456")
    #expect(text.time(nil) == "–")
  }

  @Test(
    "the page documents every key", arguments: ["A sweep", "A planned choice", "Points compared"])
  func keys(heading: String) throws {
    let text =
      switch heading {
      case "A sweep": SweepReport().renderJSON(Samples.sweep())
      case "A planned choice": ChoiceReport().renderJSON(Samples.choice())
      default: PointComparisonReport(measure: .p95).renderJSON(pairs)
      }
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    var found: Set<String> = []
    collect(value, "", &found)
    // A point is told once; its keys are the same wherever one is.
    let own = found.filter { key in
      !["pairs[].base.", "pairs[].other."].contains { key.hasPrefix($0) }
    }
    #expect(try documented(heading) == own)
  }

  private func collect(_ value: Any, _ path: String, _ found: inout Set<String>) {
    if let object = value as? [String: Any] {
      for (key, inner) in object {
        // Names that users choose are told once.
        let isFree = [".values", ".cpuUtilisation", ".readings", ".limits"].contains {
          path.hasSuffix($0)
        }
        let next = isFree ? path + "{}" : path.isEmpty ? key : path + "." + key
        if !isFree { found.insert(next) }
        let isEstimate = (inner as? [String: Any])?["halfWidth"] != nil
        if !isEstimate, !isFree { collect(inner, next, &found) }
      }
    } else if let array = value as? [Any] {
      for inner in array { collect(inner, path + "[]", &found) }
    }
  }

  private func documented(_ heading: String) throws -> Set<String> {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = root.appendingPathComponent("Sources/Report/GantryReport.docc/JSON.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let section = text.components(separatedBy: "\n## ").first { $0.hasPrefix(heading + "\n") }
    let rows = try #require(section).split(separator: "\n").filter { $0.hasPrefix("| `") }
    return Set(rows.map { String($0.dropFirst(3).prefix { $0 != "`" }) })
  }
}

@Suite struct FailConditionTests {
  private func condition(_ text: String) -> FailCondition? {
    FailCondition(text) { Double($0.replacing("s", with: "")) }
  }

  @Test(
    "what holds and what does not",
    arguments: [
      // From 100 to 106 s: +6 s, +6 %.
      ("p95 > +5%", true), ("p95 > +6%", false), ("p95 >= +6%", true), ("p95>+7%", false),
      ("p95 > +5s", true), ("p95 > 105s", true), ("p95 > 106s", false), ("p95 <= 106s", true),
      ("p95 < -5%", false), ("p95 > -5%", true),
    ])
  func holds(text: String, expected: Bool) throws {
    let found = try #require(condition(text))
    let reading = FailCondition.Reading(base: 100, value: 106)
    #expect((found.violation(reading, of: "new") != nil) == expected)
  }

  @Test("what is no condition", arguments: ["p95", "p95 5%", "p96 > 5s", "mean > 5%", "mean > +x"])
  func refused(text: String) { #expect(condition(text) == nil) }

  @Test("a limit that lies in the interval is said to be within chance")
  func chance() throws {
    let found = try #require(condition("mean > +5%"))
    func sentence(_ half: Double) -> String {
      found.violation(.init(base: 100, value: 106, halfWidth: half), of: "new") ?? ""
    }
    #expect(sentence(0.5).hasSuffix("(+6.0 %); the limit is mean > +5%"))
    #expect(sentence(1.5).hasSuffix("within chance"))
  }

  @Test("of points: the change of those that have one, and what is not known fails")
  func points() {
    let sweep = Samples.sweep()
    let pairs = [PointPair(base: sweep.points[0], of: sweep, other: sweep.points[1], of: sweep)]
    #expect(condition("p95 > +5%")?.violations(in: pairs) == [])
    #expect(condition("month-usd > +20%")?.violations(in: pairs).count == 1)
    #expect(condition("makespan > +20%")?.violations(in: pairs).count == 1)
    #expect(condition("wait > 2%")?.violations(in: pairs).count == 1)
  }

  @Test(
    "of points: every measure has its own interval",
    arguments: ["p50", "p95", "p99", "mean", "makespan", "wait", "run-usd", "month-usd"])
  func intervals(measure: String) throws {
    var base = Samples.sweep().points[0]
    var other = Samples.sweep().points[1]
    func fill(_ found: inout PointEstimates, _ value: Double) {
      let estimate = Estimate(value: value, halfWidth: 1)
      (found.p50, found.p95, found.p99, found.mean) = (estimate, estimate, estimate, estimate)
      (found.makespan, found.waitShare) = (estimate, estimate)
      (found.runUSD, found.monthUSD) = (estimate, estimate)
    }
    fill(&base.estimates, 100)
    fill(&other.estimates, 106)
    func sentence(_ half: Double) throws -> String {
      let change = PairedDifference(change: Estimate(value: 6, halfWidth: half), adjustedP: 0.01)
      var found = other.estimates
      (found.p50Difference, found.p95Difference, found.p99Difference) = (change, change, change)
      (found.meanDifference, found.makespanDifference) = (change, change)
      (found.waitShareDifference, found.runUSDDifference) = (change, change)
      found.monthUSDDifference = change
      var point = other
      point.estimates = found
      let pair = PointPair(base: base, of: Samples.sweep(), other: point, of: Samples.sweep())
      return try #require(condition("\(measure) > +5%")?.violations(in: [pair]).first)
    }
    #expect(try sentence(0.5).hasSuffix("the limit is \(measure) > +5%"))
    #expect(try sentence(1.5).hasSuffix("within chance"))
  }

  @Test("of stored results: intervals over replications, pair by pair where seeds are the same")
  func replications() throws {
    func record(_ label: String, _ values: [Double]) -> SimulationRecord {
      // A hundred runs of each replication take the same, so that every quantile has its own value.
      Samples.replicated(label, values.map { Array(repeating: $0, count: 100) })
    }
    let base = record("base", [100, 110, 120])
    for measure in ["mean", "p50", "p95", "p99", "makespan"] {
      let found = try #require(condition("\(measure) > +5%"))
      // Changes 8, 10, 12: 10 ± 5 of 110, more than 5.5 ± 5.
      let near = try #require(found.violations(in: [base, record("near", [108, 120, 132])]).first)
      #expect(near.hasSuffix("within chance"), "\(near)")
      // Changes 19, 20, 21: 20 ± 2.5.
      let far = try #require(found.violations(in: [base, record("far", [119, 130, 141])]).first)
      #expect(!far.hasSuffix("within chance"), "\(far)")
      // With other seeds nothing pairs off: the means alone are ± 24.8.
      var other = record("other", [119, 130, 141])
      other.seed = base.seed + 1
      let loose = try #require(found.violations(in: [base, other]).first)
      #expect(loose.hasSuffix("within chance"), "\(loose)")
    }
    #expect(condition("p99 > 1s")?.violations(in: [base, record("new", [1, 2, 3])]).count == 1)
  }
}
