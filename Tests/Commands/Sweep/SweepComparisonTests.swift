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
