import GantryModel
import GantryTestSupport
import Testing

@testable import GantryReport

@Suite struct ComparisonTests {
  let snapshot = Snapshot()

  /// A record of one run; `pace` stretches the build, `scale` the price of the workers.
  private func record(
    _ label: String, pace: Double = 1, scale: Double = 1, armType: String = "m6g.2xlarge"
  ) -> SimulationRecord {
    Samples.record(
      label: label, runs: [Samples.run("htop-run", pace: pace)], scale: scale,
      inputs: Samples.inputs(armType: armType))
  }

  @Test("two, three and narrow", arguments: [40, 80, 120])
  func snapshots(_ width: Int) {
    let records = [
      record("base"), record("c7g", pace: 0.6, scale: 0.9, armType: "c7g.2xlarge"),
      record("small", pace: 1.5, scale: 0.5, armType: "m6g.xlarge"),
    ]
    for count in 2...3 {
      let report = ComparisonReport(ReportOptions(width: width))
      let text = report.render(Array(records.prefix(count)))
      #expect(snapshot.difference("compare-\(count)-\(width)", text) == nil)
      #expect(text.split(separator: "\n").allSatisfy { $0.displayWidth <= width })
    }
  }

  // The sample run takes 0.5 + 14 (clone, read 3.5 x pace) + 23.25 + 118 x pace + 6.5 seconds; its
  // workers cost 730 x (0.404 + 0.36) x scale = 557.72 x scale USD a month.
  @Test(
    "the decision names what is saved",
    arguments: [
      (0.6, 0.9, "c saves 30 % of build time and USD 56 a month against base"),
      (0.6, 1.0, "c saves 30 % of build time against base at the same cost"),
      (0.6, 1.1, "c saves 30 % of build time for USD 56 a month more than base"),
      (1.0, 0.9, "c saves USD 56 a month against base; builds take as long"),
      (1.0, 1.0, "c and base do not differ in build time or cost"),
      (1.0, 1.1, "c costs USD 56 a month more than base; builds take as long"),
      (1.5, 0.9, "c saves USD 56 a month against base, but builds take 37 % longer"),
      (1.5, 1.0, "with c builds take 37 % longer than with base, at the same cost"),
      (1.5, 1.1, "c costs USD 56 a month more than base, and builds take 37 % longer"),
    ])
  func decision(_ pace: Double, _ scale: Double, _ expected: String) {
    let text = ComparisonReport(ReportOptions(width: 200)).render(
      [record("base"), record("c", pace: pace, scale: scale)])
    #expect(text.split(separator: "\n").first.map(String.init) == expected)
  }

  @Test("the best comes first, and nothing better is said")
  func ranking() {
    let slow = record("slow", pace: 1.5), dear = record("dear", scale: 1.1)
    let none = Comparison([record("base"), slow, dear], base: 0)
    #expect(none?.decision.hasPrefix("Nothing here is better than base") == true)
    let some = Comparison([slow, record("base"), dear], base: 0)
    #expect(some?.ranked.map(\.new.name) == ["base", "dear"])
    let other = Comparison([slow, record("base"), dear], base: 2)
    #expect(other?.base.name == "dear")
  }

  @Test("a candidate that fails is no choice, one that succeeds where the base fails is")
  func failures() {
    let good = record("good")
    var bad = record("bad", pace: 0.1)
    bad.runs[0].status = .failed
    #expect(Comparison([good, bad], base: 0)?.decision.hasPrefix("bad is no choice") == true)
    #expect(Comparison([bad, good], base: 0)?.decision.hasPrefix("good succeeds where") == true)
  }

  @Test("different pipelines are compared on those in common, or not at all")
  func pipelines() {
    var mixed = record("mixed")
    mixed.runs.append(Samples.run("q", pipeline: "quarkus", at: 300, pace: 9))
    let both = Comparison([record("base"), mixed], base: 0)
    #expect(both?.commonPipelines == ["htop"])
    #expect(both?.verdicts[0].timeSaved == 0)
    #expect(both?.caveats.first?.contains("quarkus") == true)
    let alone = Samples.record(
      label: "other", runs: [Samples.run("q", pipeline: "quarkus")])
    let neither = Comparison([record("base"), alone], base: 0)
    #expect(neither?.decision.contains("no pipeline in common") == true)
  }

  @Test("fewer than two records are not compared")
  func tooFew() {
    let report = ComparisonReport()
    #expect(report.render([]) == "Nothing to compare: no stored simulation fits.\n")
    #expect(report.render([record("base")]) == "Nothing to compare: only base is stored.\n")
    #expect(report.renderJSON([]).contains("\"decision\": null"))
    #expect(Comparison([record("a"), record("b")], base: 2) == nil)
  }

  @Test("replications give an interval, and differences inside it are none")
  func intervals() throws {
    func replicated(_ label: String, _ means: [Double]) -> SimulationRecord {
      Samples.replicated(label, means.map { [$0] })
    }
    // Differences 10, 20, 30: mean 20, standard error 10 / sqrt 3 = 5.77, t(2) = 4.303: 24.8.
    let base = replicated("base", [100, 110, 120])
    let noisy = try #require(Comparison([base, replicated("c", [90, 90, 90])], base: 0))
    let half = try #require(noisy.verdicts[0].timeHalfWidth)
    #expect((half * 110 - 24.843).magnitude < 0.01)
    #expect(noisy.verdicts[0].rank == .same)
    let clear = try #require(Comparison([base, replicated("c", [50, 60, 70])], base: 0))
    #expect(clear.verdicts[0].rank == .better)
    // No width at all is no interval to be told.
    #expect(clear.decision.plainSpaces.hasPrefix("c saves 45 % of build time"))
    // Changes 40, 50, 60 of 110: 50 ± 24.8, or 45.5 % ± 22.6.
    let wide = try #require(Comparison([base, replicated("c", [60, 60, 60])], base: 0))
    #expect(
      wide.decision.plainSpaces.hasPrefix("c saves 45 % (95 %: 23 to 68 %) of build time"),
      "\(wide.decision)")
  }

  @Test("other pipelines or numbers of runs are said first, and nothing is called saved")
  func otherLoads() throws {
    var more = record("more", pace: 0.6, scale: 0.5)
    more.runs.append(Samples.run("htop-2", at: 300, pace: 0.6))
    more.runs.append(Samples.run("q", pipeline: "quarkus", at: 300))
    let found = try #require(Comparison([record("base"), more], base: 0))
    #expect(found.verdicts[0].rank == .otherLoad)
    #expect(
      found.decision.plainSpaces
        == "more and base did not run the same (3 runs against 1; only more ran quarkus), so nothing "
        + "here is a saving: a run takes 30 % less time with more, its cluster costs USD 279 a month "
        + "less")
    // What ran the same and is worse still comes before it, and nothing else is recommended.
    let slow = record("slow", pace: 1.5)
    let three = try #require(Comparison([record("base"), more, slow], base: 0))
    #expect(three.ranked.map(\.new.name) == ["slow", "more"])
    let choice = Recommendation([three.base] + three.others, minuteWorth: 1)
    #expect(choice?.chosen.name == "base")
    #expect(Recommendation([found.base] + found.others, minuteWorth: 1) == nil)
    // As many runs in all, but not of each pipeline.
    var mixed = more
    mixed.runs[1] = Samples.run("q-2", pipeline: "quarkus", at: 300)
    let share = try #require(Comparison([more, mixed], base: 0))
    #expect(
      share.decision.contains("(1 run of htop against 2; 2 runs of quarkus against 1)"),
      "\(share.decision)")
    var failing = more
    failing.runs[0].status = .failed
    let broken = try #require(Comparison([record("base"), failing], base: 0))
    #expect(broken.decision.hasPrefix("more and base did not run the same"))
    #expect(broken.decision.contains("more is no choice"))
  }

  @Test("times over replications are those of a sweep of the same samples, with their intervals")
  func estimates() throws {
    // Ten replications of 8 runs: 1…8 s, 9…16 s, …; sections of 24: 23, 47, 71 s, ± 59.6 s.
    let times = (0..<10).map { replication in (1...8).map { Double(replication * 8 + $0) } }
    let base = Samples.replicated("base", times)
    let slower = Samples.replicated("slower", times.map { $0.map { $0 + 30 } })
    let found = try #require(Comparison([base, slower], base: 0))
    #expect(found.base.p95Seconds == 47 && found.others[0].p95Seconds == 77)
    #expect(found.base.p99Seconds == 80 && found.base.timedRuns == 80)
    let text = ComparisonReport(ReportOptions(width: 200)).render([base, slower])
    #expect(text.contains(/~ +run, p95 +50s ± 60s|~ +run, p95 +50s ± 1m00s/), "\(text)")
    #expect(text.contains(/\+30.0s \(\+64 %\)/), "\(text)")
    #expect(text.contains("over 10 replications, after ± half the 95 % interval"))
  }

  @Test("a change of a time that chance explains is not marked")
  func chance() {
    let base = Samples.replicated("base", [[100], [110], [120]])
    let noisy = Samples.replicated("noisy", [[90], [125], [100]])
    let text = ComparisonReport(ReportOptions(width: 200)).render([base, noisy])
    #expect(text.contains(/\n {5}run, mean/), "\(text)")
    #expect(text.contains("beyond chance"))
  }

  @Test("names of records that are alike are told apart")
  func names() {
    var first = Samples.htop(), second = Samples.htop()
    (first.id, second.id) = (3, 4)
    #expect(Candidate.names(of: [first, second]) == ["htop #3", "htop #4"])
    #expect(Candidate.names(of: [record("a"), Samples.htop()]) == ["a", "htop"])
  }

  @Test("input differences name the path")
  func inputs() {
    let found = InputDifference.between(
      #"{"a":{"b":1,"gone":[1]},"list":[{"name":"x","v":1},{"name":"y","v":2}],"n":[1,2]}"#,
      #"{"a":{"b":2},"list":[{"name":"z"},{"name":"y","v":3}],"n":[1,3,4],"s":"t"}"#)
    let texts = found?.map {
      "\($0.change.rawValue) \($0.path) \($0.old?.brief ?? "") \($0.new?.brief ?? "")"
    }
    #expect(
      texts == [
        "~ a.b 1 2", "- a.gone 1 element ", "- list[x] {name, v} ", "~ list[y].v 2 3",
        "+ list[z]  {name}", "~ n[1] 2 3", "+ n[2]  4", "+ s  t",
      ])
    #expect(InputDifference.between("{", "{}") == nil)
  }
}
