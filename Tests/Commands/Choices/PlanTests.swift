import Foundation
import Testing

@Suite("gantry plan")
struct PlanTests {
  private func plan(_ rig: SweepRig, _ arguments: String...) throws -> Gantry.Result {
    try rig.gantry.run(["plan", "."] + arguments)
  }

  @Test("the exhaustive optimum, the same whatever the threads and the store")
  func optimum() throws {
    let rig = try SweepRig()
    let limit = ["--slo", "mean < 2m", "--budget", "month < 5000", "--format", "json"]
    func run(_ store: String, _ threads: String) throws -> Gantry.Result {
      try rig.gantry.run(
        ["plan", ".", "--store", rig.store(store), "--threads", threads] + limit)
    }
    let first = try run("a.sqlite", "1")
    #expect(first.status == 0 && first.errors.isEmpty, "\(first.errors)")
    let choice = try JSON(first.output)
    let used = try #require(choice["simulations"].number)
    let exhaustive = try #require(choice["exhaustiveSimulations"].number)
    #expect(used > 0 && used < exhaustive)
    #expect(rig.samples("a.sqlite") == Int(used))
    #expect(try run("b.sqlite", "3").output == first.output)
    // All samples are there: none is made, which is said.
    let again = try run("a.sqlite", "2")
    #expect(again.output == first.output && again.errors.contains("were in the store"))
    #expect(rig.samples("a.sqlite") == Int(used))

    let sweep = try JSON(
      rig.sweep("c.sqlite", "--replications", "40", "--format", "json").output)
    func value(_ index: Int, _ key: String) -> Double {
      sweep["points"][index][key]["value"].number ?? .infinity
    }
    let keeping = (0..<6).filter { value($0, "meanRunSeconds") < 120 }.sorted {
      value($0, "monthUSD") < value($1, "monthUSD")
    }
    try #require(keeping.count > 1)
    #expect(choice["winner"].number == Double(keeping[0] + 1))
    #expect(choice["runnerUp"].number == Double(keeping[1] + 1))
    // Samples of a sweep are those of a plan.
    #expect(try run("c.sqlite", "2").output == first.output)
  }

  @Test("nothing keeps the level: 69, and the nearest miss")
  func none() throws {
    let rig = try SweepRig()
    let result = try plan(rig, "--no-store", "--slo", "mean < 1s")
    #expect(result.status == 69)
    #expect(result.output.contains("No point keeps the limits."))
    #expect(result.output.contains("Nearest: point ") && result.output.contains("misses mean"))
    let json = try plan(rig, "--no-store", "--slo", "mean < 1s", "--format", "json")
    #expect(json.status == 69)
    #expect(try JSON(json.output)["nearestMiss"].number != nil)
    #expect(try JSON(json.output)["winner"].number == nil)
  }

  @Test("more work than can be done is said first; only of runs that keep coming it is no choice")
  func overload() throws {
    let rig = try SweepRig()
    let busy = Files.manifests().replacingOccurrences(
      of: "script: sleep 30", with: "script: dnf install -y gcc")
    try rig.gantry.write("naps.yaml", busy)
    let usual = [
      "plan", ".", "--store", rig.store("a.sqlite"), "--slo", "mean < 10h", "--set",
      "workload[0].ratePerHour=20000",
    ]
    let lasting = try rig.gantry.run(usual + ["--warm-up", "1s", "--format", "json"])
    #expect(lasting.status == 69, "\(lasting.errors)")
    #expect(lasting.errors.contains("offered more work than can be done"))
    #expect(try JSON(lasting.output)["points"][0]["fault"].text == "overloaded")
    #expect(rig.samples("a.sqlite") == 0)
    let burst = try rig.gantry.run(usual + ["--width", "200"])
    #expect(burst.status == 0, "\(burst.errors)")
    #expect(burst.errors.contains("offered more work than can be done"))
    #expect(burst.output.contains("Limits are those of the runs simulated"))
  }

  @Test(
    "limits that a point may keep are not said to be kept; fewer simulations than ten are refused")
  func perhaps() throws {
    let rig = try SweepRig()
    let result = try plan(
      rig, "--no-store", "--slo", "mean < 10h", "--budget", "month < 10", "--width", "300")
    #expect(result.status == 69, "\(result.errors)")
    #expect(result.output.contains("No point keeps the limits.\n"), "\(result.output)")
    #expect(result.output.contains("mean < 10h00m00s: point 1; may keep it: points 2,"))
    #expect(result.output.contains("month < USD 10: no point"))
    let few = try plan(rig, "--no-store", "--slo", "mean < 10h", "--max-replications", "9")
    #expect(few.status == 64 && few.errors.contains("from 10 to"), "\(few.errors)")
    let enough = try plan(rig, "--no-store", "--slo", "mean < 10h", "--max-replications", "10")
    #expect(enough.status == 0 && enough.output.contains("Cheapest: "), "\(enough.errors)")
  }

  @Test("mistakes come together, with their places")
  func mistakes() throws {
    let rig = try SweepRig()
    let result = try plan(
      rig, "--no-store", "--slo", "p95 < 12x", "--slo", "wiat < 5%", "--budget", "month > 9",
      "--vary", "nodes.arm64.cont=1..2")
    #expect(result.status == 65 && result.output.isEmpty)
    for place in ["--slo:1:7", "--slo:2:1", "--budget:1:7", "--vary:1:13"] {
      #expect(result.errors.contains(place), "\(place): \(result.errors)")
    }
    #expect(result.errors.contains("did you mean 'wait'?"))
    #expect(result.errors.contains("p95 < 12x\n      ^"))
  }

  @Test(
    "wrong usage is 64",
    arguments: [
      [], ["--slo", "p95 < 1m", "--confidence", "20%"], ["--slo", "p95 < 1m", "--threads", "0"],
      ["--slo", "p95 < 1m", "--max-replications", "9"], ["--slo", "p95 < 1m", "--baseline", "1"],
    ])
  func usage(arguments: [String]) throws {
    let rig = try SweepRig()
    #expect(try rig.gantry.run(["plan", "."] + arguments).status == 64)
  }
}
