import GantryModel
import Testing

@testable import GantryManifests

@Suite("figures of profiles: fixed, or drawn")
struct DistributionTests {
  private func profile(_ text: String) throws -> (
    profile: ScenarioFile.StepProfile?, findings: [Diagnostic]
  ) {
    let read = try readScenario("profiles: [{task: t, \(text)}]\n")
    return (read.file?.profiles.first, read.findings)
  }

  @Test("all forms are read")
  func forms() throws {
    func value(_ text: String) throws -> ProbabilityDistribution? {
      let read = try profile("cpuSeconds: \(text)")
      #expect(read.findings == [])
      return read.profile?.cpuSeconds?.value
    }
    #expect(try value("12.5") == .fixed(12.5))
    #expect(
      try value("{lognormal: {median: 60, sigma: 0.25}}") == .lognormal(median: 60, sigma: 0.25))
    #expect(
      try value("{triangular: {min: 1, mode: 2, max: 5}}")
        == .triangular(low: 1, mode: 2, high: 5))
    #expect(try value("{empirical: [3, 1, 2]}") == .empirical([1, 2, 3]))
    let read = try profile("duration: {lognormal: {median: 1m30s, sigma: 0.2}}")
    #expect(read.profile?.duration?.value == .lognormal(median: 90, sigma: 0.2))
  }

  @Test("a lognormal distribution by its mean and 95 % quantile")
  func quantiles() throws {
    // ln(p95 ÷ median) = 1.6449·sigma: with sigma 0.5 the quantile of median 10 is 22.76017.
    let first = try profile("cpuSeconds: {lognormal: {median: 10, p95: 22.76017}}").profile
    guard case .lognormal(10, let sigma)? = first?.cpuSeconds?.value else {
      Issue.record("not lognormal")
      return
    }
    #expect((sigma - 0.5).magnitude < 1e-5)
    // The mean of the same is 10·e^0.125 = 11.33148.
    let second = try profile("cpuSeconds: {lognormal: {mean: 11.33148, p95: 22.76017}}").profile
    guard case .lognormal(let median, let spread)? = second?.cpuSeconds?.value else {
      Issue.record("not lognormal")
      return
    }
    #expect((median - 10).magnitude < 1e-4 && (spread - 0.5).magnitude < 1e-5)
  }

  @Test(
    "what cannot be drawn is said at its place",
    arguments: [
      ("cpuSeconds: -1", "E0061", 34), ("cpuSeconds: .nan", "E0010", 34),
      ("cpuSeconds: {}", "E0067", 34), ("cpuSeconds: {normal: {}}", "E0012", 35),
      ("cpuSeconds: {lognormal: {median: 1}}", "E0067", 46),
      ("cpuSeconds: {lognormal: {median: 1, mean: 1, sigma: 1}}", "E0067", 46),
      ("cpuSeconds: {lognormal: {median: -1, sigma: 1}}", "E0061", 55),
      ("cpuSeconds: {lognormal: {median: 1, sigma: 6}}", "E0067", 46),
      ("cpuSeconds: {lognormal: {median: 2, p95: 1}}", "E0067", 46),
      ("cpuSeconds: {lognormal: {mean: 1, p95: 4}}", "E0067", 46),
      ("cpuSeconds: {lognormal: {median: 1, sigm: 1}}", "E0012", 58),
      ("cpuSeconds: {triangular: {min: 3, mode: 2, max: 5}}", "E0067", 53),
      ("cpuSeconds: {triangular: {min: 1, mode: 6, max: 5}}", "E0067", 62),
      ("cpuSeconds: {triangular: {min: 1, max: 5}}", "E0067", 47),
      ("cpuSeconds: {empirical: []}", "E0067", 46), ("cpuSeconds: {empirical: 4}", "E0011", 46),
      ("cpuSeconds: {empirical: [1, -2]}", "E0061", 50),
      ("cpuSeconds: {lognormal: {median: .inf, sigma: 1}}", "E0010", 55),
      ("duration: {empirical: [1m, 2]}", "E0011", 49),
      ("duration: soon", "E0060", 32),
    ])
  func wrong(text: String, code: String, column: Int) throws {
    let findings = try profile(text).findings
    #expect(findings.first?.code == code, "\(findings.map(\.message))")
    #expect(findings.first?.location?.column == column)
  }

  @Test("what is written is read as the same")
  func roundTrip() throws {
    let text = """
      warning: only a test
      profiles:
        - {task: a, step: s, pipeline: p, architecture: arm64, instance: m6g.2xlarge, scales: true,
           duration: {lognormal: {median: 61.234s, sigma: 0.2134}}, note: n 12}
        - {task: b, cpuSeconds: {triangular: {min: 0.5, mode: 1, max: 2}}, readMiB: {empirical: [1, 2]}}
        - {task: c, duration: {empirical: [0.00000123s, 1h]}}
      assumptions: {timing.sandbox: 2}

      """
    let sink = DiagnosticSink()
    let input = InputReader(standardInput: { Array(text.utf8) })
    let first = try #require(try ProfileFileReader.read(path: "-", input: input, sink: sink).file)
    let written = ProfileFileReader.render(first)
    let again = InputReader(standardInput: { Array(written.utf8) })
    let second = try #require(try ProfileFileReader.read(path: "-", input: again, sink: sink).file)
    #expect(sink.diagnostics == [])
    #expect(second.warning?.value == "only a test")
    #expect(
      second.profiles.map { $0.figures.map(\.value?.value) }
        == first.profiles.map { $0.figures.map(\.value?.value) })
    #expect(second.profiles[0].scales == true && second.profiles[0].note == "n 12")
    #expect(second.profiles[2].duration?.value == .empirical([0.00000123, 3600]))
    #expect(ProfileFileReader.render(second) == written)
  }

  @Test("files without profiles, and with unknown fields, are refused at their place")
  func badFiles() throws {
    for (text, code) in [
      ("", "E0068"), ("{}", "E0068"), ("profile: []", "E0012"), ("- a", "E0011"),
      ("profiles: [{step: x}]", "E0013"), ("assumptions: {a: -1}", "E0061"),
    ] {
      let sink = DiagnosticSink()
      let input = InputReader(standardInput: { Array(text.utf8) })
      _ = try ProfileFileReader.read(path: "-", input: input, sink: sink)
      #expect(sink.diagnostics.map(\.code) == [code], "\(text)")
      #expect(sink.diagnostics.first?.location != nil)
    }
  }

  @Test("--set reaches into a distribution")
  func settings() throws {
    let read = try readScenario(
      "profiles: [{task: t, cpuSeconds: {lognormal: {median: 60, sigma: 0.2}}}, {task: u}]\n",
      settings: [
        "profiles[0].cpuSeconds.lognormal.median=30", "profiles[1].duration=1m30s",
        "profiles[1].readMiB={empirical: [1, 2]}",
      ])
    #expect(read.findings == [])
    let profiles = read.file?.profiles
    #expect(profiles?[0].cpuSeconds?.value == .lognormal(median: 30, sigma: 0.2))
    #expect(profiles?[1].duration?.value == .fixed(90))
    #expect(profiles?[1].readMiB?.value == .empirical([1, 2]))
    let wrong = try readScenario(
      "profiles: [{task: t, cpuSeconds: 3}]\n", settings: ["profiles[0].cpuSeconds.normal=1"])
    #expect(wrong.findings.map(\.code) == ["E0063"])
  }

  @Test("means and medians")
  func moments() {
    #expect(ProbabilityDistribution.triangular(low: 0, mode: 0, high: 3).mean == 1)
    // Half of the area lies right of high − √(9/2).
    let median = ProbabilityDistribution.triangular(low: 0, mode: 0, high: 3).median
    #expect((median - (3 - 4.5.squareRoot())).magnitude < 1e-12)
    // Quantiles from 1 to 2 and from 2 to 6: (1.5 + 4) ÷ 2.
    #expect(ProbabilityDistribution.empirical([1, 2, 6]).mean == 2.75)
    #expect(ProbabilityDistribution.empirical([1, 2, 6, 8]).median == 4)
    #expect(ProbabilityDistribution.empirical([5]).mean == 5)
    #expect(!ProbabilityDistribution.lognormal(median: 1, sigma: 60).isUsable)
    #expect(!ProbabilityDistribution.empirical([2, 1]).isUsable)
  }
}
