import Testing

@Suite("gantry compare with sweeps, and --fail-if")
struct SweepComparisonTests {
  /// Two sweeps: tasks that sleep 30 s, and tasks that take 60 s.
  private func rig() throws -> SweepRig {
    let rig = try SweepRig(replications: 12)
    try rig.sweep("a.sqlite", "--label", "grid")
    let longer = ["--assume", "first=60s", "--assume", "second=60s"]
    let slow = ["sweep", ".", "--store", rig.store("a.sqlite"), "--label", "slow"]
    #expect(try rig.gantry.run(slow + longer).status == 0)
    return rig
  }

  private func compare(_ rig: SweepRig, _ arguments: String...) throws -> Gantry.Result {
    try rig.gantry.run(["compare", "--store", rig.store("a.sqlite")] + arguments)
  }

  @Test("a sweep against its baseline, points, and two sweeps point by point")
  func references() throws {
    let rig = try rig()
    let one = try compare(rig, "grid")
    #expect(one.status == 0, "\(one.errors)")
    #expect(one.output.contains("Points of grid against point 1 (1, m6g.large)"))
    let points = try compare(rig, "grid#4", "grid#2", "slow#*", "--format", "json")
    #expect(points.status == 0, "\(points.errors)")
    #expect(try JSON(points.output)["pairs"].count == 7)
    let two = try compare(rig, "grid", "slow", "--format", "json")
    let pairs = try JSON(two.output)["pairs"]
    #expect(pairs.count == 6)
    for index in 0..<6 {
      // Both tasks of a run take 30 s longer, whatever the luck.
      let change = pairs[index]["other"]["meanRunChangeSeconds"]
      let seconds = try #require(change["value"].number)
      #expect(abs(seconds - 60) < 5, "\(seconds)")
      #expect((change["adjustedP"].number ?? 1) < 0.05)
    }
    #expect(try compare(rig, "grid#7", "grid#1").status == 65)
    for unknown in ["nobody", "#1"] {
      let result = try compare(rig, "grid", unknown)
      #expect(result.status == 65)
      #expect(result.errors.contains("'\(unknown)' is neither a sweep nor a result"))
    }
  }

  @Test("of sweeps with the same label the newest is taken, and it is said")
  func namesakes() throws {
    let rig = try SweepRig(replications: 2)
    try rig.sweep("a.sqlite", "--label", "grid")
    #expect(try !compare(rig, "grid").errors.contains("note:"))
    try rig.sweep("a.sqlite", "--label", "grid", "--seed", "2")
    let result = try compare(rig, "grid")
    #expect(result.errors.contains("'grid' is sweep 2, the newest of that label; others are 1"))
  }

  @Test("points stand in a comparison as in their sweep, with their values")
  func standings() throws {
    let rig = try rig()
    let own = try rig.gantry.run(
      ["sweep", ".", "--store", rig.store("a.sqlite"), "--label", "grid", "--format", "json"])
    let points = try JSON(own.output)["points"]
    let pairs = try JSON(try compare(rig, "grid", "--format", "json").output)["pairs"]
    #expect(pairs.count == points.count - 1 && pairs.count > 2)
    var standings: Set<String> = []
    for index in 0..<pairs.count {
      let found = pairs[index]["other"]
      let own = points[index + 1]
      #expect(found["point"].number == own["point"].number)
      #expect(found["standing"].text == own["standing"].text)
      #expect(found["mayBeFastest"].number == own["mayBeFastest"].number)
      for axis in own["values"].keys {
        #expect(found["values"][axis].text == own["values"][axis].text)
      }
      #expect(found["values"].keys == own["values"].keys && found["values"].keys.count == 2)
      #expect(pairs[index]["base"]["values"]["nodes.arm64.count"].text == "1")
      standings.insert(found["standing"].text ?? "")
    }
    #expect(!standings.contains("unusable"))
  }

  @Test("a condition that holds ends with 1 and says where")
  func conditions() throws {
    let rig = try rig()
    #expect(try compare(rig, "grid", "slow", "--fail-if", "p95 > +500%").status == 0)
    let failed = try compare(
      rig, "grid#1", "slow#1", "--fail-if", "p95 > +5%", "--fail-if", "month-usd > +1000")
    #expect(failed.status == 1)
    #expect(failed.errors.contains("failed: slow#1"))
    #expect(failed.errors.contains("the limit is p95 > +5%"))
    #expect(!failed.errors.contains("month-usd"))
    #expect(try compare(rig, "slow#1", "grid#1", "--fail-if", "mean >= -10s").status == 0)
    #expect(try compare(rig, "slow#1", "grid#1", "--fail-if", "mean < 10m").status == 1)
    #expect(try compare(rig, "grid", "--fail-if", "p95 5%").status == 64)
    #expect(try compare(rig, "grid", "--fail-if", "p95 > 5%").status == 64)
  }

  @Test("the same samples have one p95, whether a sweep, simulate or compare tells it")
  func oneEstimate() throws {
    let rig = try rig()
    let sweep = ["sweep", ".", "--store", rig.store("a.sqlite"), "--label", "grid"]
    let point = try JSON(try rig.gantry.run(sweep + ["--format", "json"]).output)["points"][0]
    let settings = point["values"].keys.sorted().flatMap {
      ["--set", "\($0)=\(point["values"][$0].text ?? "")"]
    }
    func simulate(_ label: String) throws -> JSON {
      let result = try rig.gantry.run(
        ["simulate", ".", "--store", rig.store("a.sqlite"), "--label", label, "--format", "json"]
          + settings + (label == "b" ? ["--assume", "first=60s"] : []))
      #expect(result.status == 0, "\(result.errors)")
      return try JSON(result.output)["estimates"]
    }
    let own = try simulate("a")
    for key in ["p50RunSeconds", "p95RunSeconds", "p99RunSeconds", "makespanSeconds"] {
      #expect(own[key]["value"].number == point[key]["value"].number, "\(key)")
      #expect(own[key]["halfWidth"].number == point[key]["halfWidth"].number, "\(key)")
    }
    #expect((own["p50RunSeconds"]["halfWidth"].number ?? 0) > 0)
    _ = try simulate("b")
    // From the store, which has to give the run times back.
    let drivers = try JSON(try compare(rig, "a", "b", "--format", "json").output)["candidates"][0][
      "drivers"]
    let p95 = (0..<drivers.count).map { drivers[$0] }.first { $0["driver"].text == "run, p95" }
    // Times of comparisons are written to the nanosecond.
    let found = try #require(p95?["base"].number)
    let expected = try #require(own["p95RunSeconds"]["value"].number)
    #expect(abs(found - expected) < 1e-9)
    let limit = found - 0.001
    #expect(try compare(rig, "b", "a", "--fail-if", "p95 > \(limit)s").status == 1)
    #expect(try compare(rig, "b", "a", "--fail-if", "p95 > \(limit + 0.002)s").status == 0)
  }

  @Test("conditions on results of simulate")
  func results() throws {
    let rig = try SweepRig(replications: 2)
    for (label, setting) in [("base", "nodes.arm64.count=1"), ("more", "nodes.arm64.count=3")] {
      let result = try rig.gantry.run([
        "simulate", ".", "--store", rig.store("a.sqlite"), "--label", label, "--set", setting,
      ])
      #expect(result.status == 0, "\(result.errors)")
    }
    let dearer = try compare(rig, "base", "more", "--fail-if", "month-usd > +50")
    #expect(dearer.status == 1)
    #expect(dearer.errors.contains("failed: more: month-usd is USD"))
    #expect(try compare(rig, "more", "base", "--fail-if", "month-usd > +50").status == 0)
    #expect(try compare(rig, "base", "more", "--fail-if", "wait > 99%").status == 0)
  }
}
