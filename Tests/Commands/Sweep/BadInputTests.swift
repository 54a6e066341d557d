import Foundation
import Testing

/// What a user may get wrong about a sweep or a plan: an error that says what and where, or an answer.
@Suite("Bad input to sweeps and plans")
struct BadInputTests {
  /// A mistake, and what is said of it.
  struct Mistake: CustomTestStringConvertible, Sendable {
    var arguments: [String]
    var status: Int32 = 65
    var errors: [String]
    /// What must not be said as well.
    var silent: [String] = []

    var testDescription: String { arguments.joined(separator: " ") }
  }

  private static let slo = ["--slo", "mean < 2m"]

  private static let mistakes: [Mistake] = [
    // An axis that names no field.
    .init(
      arguments: ["sweep", "--vary", "nodes.arm64.cuont=1..2"],
      errors: ["--vary:1:13: error: 'nodes.arm64' has no field 'cuont'", "did you mean 'count'?"]),
    .init(
      arguments: ["plan", "--vary", "nods.arm64.count=1..2"] + slo,
      errors: ["--vary:1:1: error:", "'nods'", "did you mean 'nodes'?"]),
    .init(
      arguments: ["breakeven", "--b", "nodes.arm64.count=2", "--over", "nodes.arm64.cuont=1..3"],
      errors: ["--over:1:13: error:", "did you mean 'count'?"]),
    // An empty grid.
    .init(
      arguments: ["sweep", "--vary", "nodes.arm64.count="],
      errors: ["--vary:1:19: error: nodes.arm64.count has an empty value [E0090]"],
      silent: ["nothing to vary"]),
    .init(
      arguments: ["sweep", "--vary", "nodes.arm64.count=5..1"],
      errors: ["cannot read the range '5..1': it is empty [E0090]"], silent: ["nothing to vary"]),
    .init(
      arguments: [
        "sweep", "--exclude", "nodes.arm64.count=1", "--exclude", "nodes.arm64.count=2",
      ], errors: ["no point is left: --exclude leaves out all of them [E0092]"]),
    .init(
      arguments: ["sweep", "--vary", "nodes.arm64.count=1..2.5"],
      errors: ["cannot read the range '1..2.5': steps of 1 from 1 do not reach 2.5 [E0090]"]),
    // One value and several.
    .init(
      arguments: ["sweep", "--set", "nodes.arm64.count=5", "--vary", "nodes.arm64.count=1..2"],
      errors: ["--vary:1:1: error: 'nodes.arm64.count' is an axis, and --set gives it one value"]),
    // More than a million points.
    .init(
      arguments: [
        "sweep", "--vary", "nodes.arm64.count=1..2000", "--vary", "nodes.amd64.count=1..2000",
      ],
      errors: ["points, more than 1000000 [E0096]", "--yes simulates them all the same"]),
    .init(
      arguments: ["sweep", "--vary", "nodes.arm64.count=1..1000001"],
      errors: ["it has 1000001 values, more than 1000000 [E0090]"]),
    // Not a number.
    .init(
      arguments: ["sweep", "--vary", "nodes.arm64.platformLoad=NaN,1"],
      errors: ["--vary:1:26: error: nodes.arm64.platformLoad must be a number, not 'NaN' [E0011]"]),
    .init(
      arguments: ["sweep", "--vary", "nodes.arm64.count=inf"],
      errors: ["nodes.arm64.count must be a whole number, not 'inf' [E0011]"]),
    .init(
      arguments: ["sweep", "--vary", "nodes.arm64.count=nan..2"],
      errors: ["cannot read the range 'nan..2': expected numbers"]),
    .init(
      arguments: ["sweep", "--set", "prices.natGateway.hour=.nan"],
      errors: ["'.nan' is not a number that JSON can hold [E0010]"]),
    .init(
      arguments: ["plan", "--slo", "p95 < NaN"],
      errors: ["--slo:1:7: error: cannot read 'p95 < NaN': expected a duration above 0 [E0098]"]),
    .init(
      arguments: ["plan", "--budget", "month < inf"] + slo,
      errors: ["cannot read 'month < inf': expected an amount in USD above 0 [E0098]"]),
    .init(arguments: ["sweep", "--precision", "NaN"], status: 64, errors: ["--precision"]),
    .init(
      arguments: ["plan", "--confidence", "NaN"] + slo, status: 64, errors: ["--confidence"]),
    .init(
      arguments: ["breakeven", "--b", "nodes.arm64.count=2", "--over", "workload.rate=NaN..5/day"],
      errors: ["--over:1:15: error: cannot read 'workload.rate=NaN..5/day': expected a number"]),
    .init(arguments: ["sensitivity", "--minute-worth", "NaN"], status: 64, errors: ["0 USD"]),
    // Limits given twice: which one was meant is not guessed.
    .init(
      arguments: ["plan", "--budget", "month < 900", "--budget", "month < 500"] + slo,
      errors: ["--budget:2:1: error: month has a limit twice [E0098]"]),
  ]

  @Test("each mistake has a clear message and leaves nothing behind", arguments: mistakes)
  func mistake(_ mistake: Mistake) throws {
    let rig = try SweepRig()
    var arguments = mistake.arguments
    arguments.insert(contentsOf: [".", "--store", rig.store("a.sqlite")], at: 1)
    let result = try rig.gantry.run(arguments)
    #expect(result.status == mistake.status, "\(result.errors)")
    #expect(result.output.isEmpty)
    for text in mistake.errors { #expect(result.errors.contains(text), "\(result.errors)") }
    for text in mistake.silent { #expect(!result.errors.contains(text), "\(result.errors)") }
    #expect(rig.samples("a.sqlite") == 0)
  }

  @Test("a level that nothing keeps, and limits that exclude each other, are answers: 69")
  func answers() throws {
    let rig = try SweepRig()
    func words(_ arguments: String...) throws -> String {
      let result = try rig.gantry.run(["plan", ".", "--no-store", "--width", "200"] + arguments)
      #expect(result.status == 69, "\(result.errors)")
      return result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let none = try words("--slo", "mean < 10s")
    #expect(none.contains("No point keeps the limits. Nearest: point "))
    #expect(none.contains(/misses mean by [0-9ms.]+ \([0-9]+ % of the limit\)/), "\(none)")
    // Every cluster costs more than a dollar before anything runs; that one is fast enough is told, of
    // the others nothing is after the simulations that told their price.
    let contradictory = try words("--slo", "mean < 10h", "--budget", "month < 1")
    #expect(contradictory.contains("month < USD 1: no point"), "\(contradictory)")
    #expect(contradictory.contains("mean < 10h00m00s: point 1; may keep it: points 2, 3, 4, 5, 6"))
  }
}
