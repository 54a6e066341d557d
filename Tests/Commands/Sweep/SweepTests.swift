import Foundation
import GRDB
import Testing

@Suite("gantry sweep")
struct SweepTests {
  @Test("points, bytes and rows do not depend on the number of threads")
  func threads() throws {
    let rig = try SweepRig()
    let one = try rig.sweep("1.sqlite", "--threads", "1", "--format", "json")
    let rows = try rig.rows("1.sqlite")
    #expect(rows.count { $0.contains("replication=") } >= 6 * 30)
    for threads in ["2", "5"] {
      let store = "\(threads).sqlite"
      let other = try rig.sweep(store, "--threads", threads, "--format", "json")
      #expect(other.output == one.output)
      #expect(try rig.rows(store) == rows)
    }
    #expect(try rig.sweep("2.sqlite", "--format", "json").output == one.output)
  }

  @Test("a precision asks each point for as many simulations as it needs, known ones included")
  func precision() throws {
    let rig = try SweepRig()
    let precise = ["--precision", "1%", "--of", "mean", "--replications", "10", "--format", "json"]
    func points(_ store: String, _ threads: String) throws -> JSON {
      let arguments = ["sweep", ".", "--store", rig.store(store), "--threads", threads] + precise
      let result = try rig.gantry.run(arguments)
      #expect(result.status == 0, "\(result.errors)")
      return try JSON(result.output)["points"]
    }
    let undisturbed = try points("a.sqlite", "2")
    try rig.sweep("b.sqlite", "--replications", "13")
    let resumed = try points("b.sqlite", "1")
    #expect(undisturbed.count == 6)
    for index in 0..<6 {
      let (one, other) = (undisturbed[index], resumed[index])
      let count = try #require(one["replications"].number)
      #expect(count >= 10 && other["replications"].number == count)
      let value = try #require(one["meanRunSeconds"]["value"].number)
      let half = try #require(one["meanRunSeconds"]["halfWidth"].number)
      #expect(half <= 0.01 * value)
      #expect(other["meanRunSeconds"]["value"].number == value)
      #expect(other["meanRunSeconds"]["halfWidth"].number == half)
    }
  }

  @Test("what the store has is not simulated again")
  func known() throws {
    let rig = try SweepRig()
    let first = try rig.sweep("a.sqlite")
    let before = rig.samples("a.sqlite")
    #expect(before == 180 && first.errors.isEmpty, "\(first.errors)")
    // Four of six points are those of the first sweep; more replications add only what is missing.
    let vary = ["--vary", "nodes.arm64.count=2..3", "--replications", "30"]
    let other = try rig.gantry.run(["sweep", ".", "--store", rig.store("a.sqlite")] + vary)
    #expect(other.status == 0)
    #expect(other.errors == "note: 90 of 180 simulations were in the store\n")
    #expect(rig.samples("a.sqlite") == before + 90)
    let more = try rig.sweep("a.sqlite", "--replications", "40")
    #expect(more.errors == "note: 180 of 240 simulations were in the store\n")
    #expect(rig.samples("a.sqlite") == before + 90 + 60)
  }

  @Test("views give the samples of a sweep's own, from which its estimates can be made again")
  func ownSamples() throws {
    let rig = try SweepRig()
    try rig.sweep("a.sqlite", "--label", "many")
    try rig.sweep("a.sqlite", "--label", "few", "--replications", "5")
    try rig.sweep(
      "a.sqlite", "--label", "precise", "--precision", "2%", "--of", "mean", "--replications", "10")
    let queue = try DatabaseQueue(path: rig.store("a.sqlite"))
    try queue.read { db in
      let counts = try Row.fetchAll(
        db,
        sql: """
          SELECT v.label, v.samples, sum(p.replications) AS own FROM v_sweeps v
            JOIN sweep_point p ON p.sweep_id = v.sweep_id GROUP BY v.sweep_id ORDER BY v.sweep_id
          """)
      #expect(counts.map { $0["samples"] as Int } == counts.map { $0["own"] as Int })
      #expect(counts.prefix(2).map { $0["samples"] as Int } == [180, 30])
      // Every estimate that is a mean over replications, from the view and as it was stored.
      for column in ["mean_run_s", "makespan_s", "wait_share", "run_usd", "month_usd"] {
        let pairs = try Row.fetchAll(
          db,
          sql: """
            SELECT avg(s.\(column)) AS again, e.value AS stored FROM v_sweep_samples s
              JOIN sweep_estimate e ON e.sweep_id = s.sweep_id AND e.point + 1 = s.point
            WHERE e.measure = '\(column)' GROUP BY s.sweep_id, s.point
            """)
        #expect(pairs.count == 18)
        for pair in pairs {
          let (again, stored): (Double, Double) = (pair["again"], pair["stored"])
          #expect(abs(again - stored) <= 1e-9 * abs(stored), "\(column)")
        }
      }
    }
  }

  @Test("a warm-up that leaves no runs is no failing run; the one that is named leaves some")
  func emptied() throws {
    let rig = try SweepRig(replications: 3)
    func sweep(_ warmUp: String) throws -> Gantry.Result {
      try rig.gantry.run([
        "sweep", ".", "--no-store", "--of", "mean", "--width", "300", "--warm-up", warmUp,
      ])
    }
    let none = try sweep("10h")
    #expect(none.status == 65, "\(none.errors)")
    #expect(none.output.contains("The warm-up leaves no runs to count at any point"))
    #expect(!none.output.contains("No point finishes"))
    let most = try #require(none.output.firstMatch(of: /A --warm-up of at most (\S+) leaves some/))
    let some = try sweep(String(most.1))
    #expect(some.status == 0 && !some.output.contains("none counts"), "\(some.output)")
    let plan = try rig.gantry.run([
      "plan", ".", "--no-store", "--slo", "mean < 2m", "--width", "300", "--warm-up", "10h",
      "--max-replications", "10",
    ])
    #expect(plan.status == 65, "\(plan.errors)")
    #expect(plan.output.contains("All points: all runs end, but none counts"), "\(plan.output)")
  }

  @Test("one replication tells nothing of chance, in text and in JSON")
  func single() throws {
    let rig = try SweepRig(replications: 1)
    let text = try rig.sweep("a.sqlite", "--width", "300").output
    #expect(!text.contains("behind by no more than chance"))
    #expect(text.contains("? is not known: too few replications"), "\(text)")
    let points = try JSON(rig.sweep("a.sqlite", "--format", "json").output)["points"]
    let standings = (0..<points.count).map { points[$0]["standing"].text ?? "" }
    #expect(Set(standings).isSubset(of: ["pareto", "unknown"]) && standings.contains("unknown"))
  }

  @Test("pairs, exclusions, classes of types, and mistakes, all at once")
  func grid() throws {
    let rig = try SweepRig(replications: 2)
    func sweep(_ arguments: String...) throws -> Gantry.Result {
      try rig.gantry.run(["sweep", ".", "--no-store"] + arguments)
    }
    let paired = try sweep(
      "--vary", "nodes.arm64.count=1..3", "--zip", "nodes.arm64.count,nodes.arm64.type",
      "--exclude", "nodes.arm64.count=2", "--format", "csv")
    #expect(paired.status == 0, "\(paired.errors)")
    let lines = paired.output.split(whereSeparator: \.isNewline)
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("1,1,m6g.large,2,") && lines[2].hasPrefix("2,3,m7g.large,2,"))
    let types = try sweep("--vary", "nodes.arm64.type=arm64:large", "--format", "json")
    #expect(types.status == 0, "\(types.errors)")
    #expect(try JSON(types.output)["points"].count > 4)
    let none = try sweep("--vary", "nodes.arm64.type=arm64:huge")
    #expect(none.status == 65 && none.errors.contains("E0090") && !none.errors.contains("E0092"))
    let wrong = try sweep(
      "--vary", "nodes.arm64.tipe=m6g.large", "--vary", "seed=1,2", "--exclude",
      "nodes.arm64.count=9")
    #expect(wrong.status == 65)
    for code in ["E0063", "E0093", "E0095"] { #expect(wrong.errors.contains(code), "\(code)") }
    #expect(try sweep("--replications", "0").status == 64)
  }

  @Test("several scenarios are an axis")
  func scenarios() throws {
    let rig = try SweepRig(replications: 2)
    let text = "name: one\nmanifests: [../../naps.yaml]\n"
    try rig.gantry.write("all/a/scenario.yaml", text)
    try rig.gantry.write("all/b/scenario.yaml", text + "nodes: {arm64: {count: 2}}\n")
    let result = try rig.gantry.run([
      "sweep", "--no-store", "--vary", "scenario=all/*", "--replications", "2", "--format", "csv",
      "all/a",
    ])
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(whereSeparator: \.isNewline)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("point,scenario,") && lines[1].hasPrefix("1,all/a,"))
    #expect(lines[2].hasPrefix("2,all/b,"))
  }

  @Test("more work than can be done is said before anything is simulated")
  func overload() throws {
    let rig = try SweepRig()
    let busy = Files.manifests().replacingOccurrences(
      of: "script: sleep 30", with: "script: dnf install -y gcc")
    try rig.gantry.write("naps.yaml", busy)
    let result = try rig.gantry.run([
      "sweep", ".", "--no-store", "--vary", "nodes.amd64.count=1", "--set",
      "workload[0].ratePerHour=20000", "--replications", "2",
    ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("offered more work than can be done"), "\(result.errors)")
    #expect(result.output.contains("more work is offered than can be done"))
  }

  @Test("the steady state: warm-up, batches, and a horizon that is too short")
  func steadyState() throws {
    let rig = try SweepRig()
    func point(_ arguments: String...) throws -> JSON {
      let result = try rig.gantry.run(
        ["sweep", ".", "--no-store", "--format", "json", "--exclude", "nodes.arm64.count=2"]
          + arguments)
      #expect(result.status == 0, "\(result.errors)")
      return try JSON(result.output)["points"][0]
    }
    let long = try point(
      "--replications", "1", "--warm-up", "auto", "--set", "workload[0].count=2000")
    #expect(long["replications"].number == 1)
    #expect((long["meanRunSeconds"]["halfWidth"].number ?? 0) > 0)
    #expect(long["caveats"].count == 0)
    let short = try point("--warm-up", "auto")
    #expect(short["caveats"][0].text == "too short")
  }

  @Test("shards joined are the sweep that one process makes")
  func shards() throws {
    let rig = try SweepRig()
    let whole = try rig.sweep("whole.sqlite", "--format", "json")
    for shard in 1...3 {
      let part = try rig.sweep("\(shard).sqlite", "--shard", "\(shard)/3")
      #expect(part.output.isEmpty)
      #expect(part.errors.contains("stored 2 of 6 points"))
      #expect(rig.samples("\(shard).sqlite") == 60)
    }
    func merge(_ names: [String]) throws -> Gantry.Result {
      try rig.gantry.run(
        ["merge"] + names.map { rig.store($0 + ".sqlite") } + ["--into", rig.store("all.sqlite")])
    }
    let some = try merge(["3", "1"])
    #expect(some.status == 0 && some.errors.contains("has 4 of 6 points"), "\(some.errors)")
    let rest = try merge(["2", "3"])
    #expect(rest.status == 0 && rest.errors.isEmpty, "\(rest.errors)")
    #expect(rest.output.contains("complete, all 6 points"))
    let rows = try rig.rows("whole.sqlite")
    #expect(try rig.rows("all.sqlite") == rows)
    #expect(try merge(["whole"]).output.contains("0 samples of sweeps new"))
    #expect(try rig.rows("all.sqlite") == rows)
    #expect(try rig.sweep("all.sqlite", "--format", "json").output == whole.output)
    #expect(try merge(["none"]).status == 74)
    #expect(try rig.gantry.run(["sweep", ".", "--shard", "4/3"]).status == 64)
  }

  @Test("sweeps are listed, and deleted with the samples that no other has")
  func list() throws {
    let rig = try SweepRig(replications: 3)
    try rig.sweep("a.sqlite", "--label", "one")
    try rig.sweep("a.sqlite", "--label", "two", "--exclude", "nodes.arm64.count=1")
    func runs(_ arguments: String...) throws -> Gantry.Result {
      try rig.gantry.run(["runs"] + arguments + ["--store", rig.store("a.sqlite")])
    }
    let list = try runs("sweeps").output
    #expect(list.contains("one") && list.contains("two") && list.contains("complete"))
    #expect(try runs("delete", "--sweeps", "one").status == 0)
    #expect(rig.samples("a.sqlite") == 9)
    #expect(try !runs("sweeps").output.contains("one"))
    #expect(try runs("delete", "--sweeps", "one").status == 65)
    #expect(try runs("delete", "--sweeps", "two").status == 0)
    #expect(rig.samples("a.sqlite") == 0)
    #expect(try runs("sweeps").output.contains("No sweep is stored."))
  }

  @Test("results of simulate are joined too, once")
  func mergedResults() throws {
    let rig = try SweepRig()
    for store in ["a.sqlite", "b.sqlite"] {
      let result = try rig.gantry("simulate", ".", "--store", rig.store(store), "--label", store)
      #expect(result.status == 0, "\(result.errors)")
    }
    for _ in 1...2 {
      let result = try rig.gantry("merge", rig.store("b.sqlite"), "--into", rig.store("a.sqlite"))
      #expect(result.status == 0, "\(result.errors)")
    }
    let list = try rig.gantry("runs", "list", "--store", rig.store("a.sqlite"), "--format", "json")
    #expect(try JSON(list.output).count == 2)
  }
}
