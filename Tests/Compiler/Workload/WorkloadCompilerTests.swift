import GantryModel
import GantryUnits
import Testing

@testable import GantryCompiler

@Suite("From the workload to arrivals")
struct WorkloadCompilerTests {
  private func streams(_ settings: [String], csv: [String: [Double]] = [:]) throws
    -> [ArrivalStream]
  {
    var fixture = ScenarioFixture(settings: settings)
    fixture.csvTimes = csv
    return try fixture.plan().workload
  }

  @Test("without a workload every run is created once, at the start")
  func none() throws {
    #expect(try streams([]) == [ArrivalStream(template: 0, process: .burst(count: 1))])
  }

  @Test("each shape of an entry")
  func shapes() throws {
    let at = "workload[0]."
    #expect(try streams([at + "count=5"])[0].process == .burst(count: 5))
    #expect(
      try streams([at + "every=10m", at + "count=3"])[0].process == .every(interval: 600, count: 3))
    #expect(
      try streams([at + "ratePerHour=12", at + "count=3"])[0].process
        == .poisson(ratePerHour: 12, count: 3))
    #expect(
      try streams([at + "times[0]=90s", at + "times[1]=1h"])[0].process == .times([90, 3600]))
    #expect(try streams([at + "csv=t.csv"], csv: ["t.csv": [1, 2]])[0].process == .times([1, 2]))
  }

  @Test("start and business hours are in seconds")
  func hours() throws {
    let stream = try streams([
      "workload[0].start=1h30m", "workload[0].businessHours=08:00-18:30 weekdays",
    ])[0]
    #expect(stream.start == 5400)
    #expect(
      stream.businessHours
        == .init(from: 8 * 3600, to: 18.5 * 3600, weekdaysOnly: true))
  }

  @Test("a run is named by its own name or its pipeline's", arguments: ["naps-run", "naps"])
  func named(name: String) throws {
    #expect(try streams(["workload[0].pipelineRun=\(name)"]).map(\.template) == [0])
  }

  /// The scenario reader finds what is wrong by itself (E006x); the compiler what needs the runs.
  @Test(
    "wrong entries are found at their place",
    arguments: [
      (["workload[0].pipelineRun=nap"], "E0340"), (["workload[0].count=0"], "E0061"),
      (["workload[0].count=10000001"], "E0342"), (["workload[0].ratePerHour=0"], "E0061"),
      (["workload[0].every=soon"], "E0060"), (["workload[0].start=-1s"], "E0060"),
      (["workload[0].times[0]=x"], "E0060"), (["workload[0].businessHours=18:00-08:00"], "E0060"),
      (["workload[0].businessHours=8-18"], "E0060"),
      (["workload[0].businessHours=08:00-18:00 mondays"], "E0060"),
      (["workload[0].businessHours=08:00-24:01"], "E0060"), (["horizon=soon"], "E0060"),
      (["horizon=1000000h"], "E0349"), (["workload[0].start=1000000h"], "E0349"),
      (["replications=0"], "E0061"), (["seed=-1"], "E0061"),
      (["kubernetesVersion=2"], "E0352"), (["assumptions.no.such=1"], "E0351"),
    ])
  func errors(settings: [String], code: String) throws {
    let (compilation, findings) = try ScenarioFixture(settings: settings).compile()
    #expect(compilation == nil)
    let finding = try #require(findings.first { $0.severity == .error })
    #expect(finding.code == code, "\(finding.message)")
    #expect(finding.location != nil)
  }

  @Test(
    "a version of Kubernetes says which rules of the scheduler it changes",
    arguments: [("1.28", nil), ("1.25", ": none"), ("1.29", "since 1.29"), ("1.33", "since 1.33")]
      as [(String, String?)])
  func kubernetesVersion(version: String, effect: String?) throws {
    let (compilation, findings) = try ScenarioFixture(
      settings: ["kubernetesVersion=\(version)"]
    ).compile()
    #expect(compilation != nil)
    let note = findings.first { $0.code == "N0740" }
    #expect((note == nil) == (effect == nil))
    if let effect { #expect(note?.message.contains(effect) == true && note?.location != nil) }
    #expect(note?.message.contains("since 1.34") != true)
    if version == "1.29" { #expect(note?.message.contains("since 1.30") == false) }
  }

  @Test("an entry has one shape only")
  func oneShape() throws {
    let (compilation, findings) = try ScenarioFixture(
      settings: ["workload[0].every=1m", "workload[0].ratePerHour=3"]
    ).compile()
    #expect(compilation == nil)
    #expect(findings.contains { $0.severity == .error && $0.location != nil })
  }
}
