import GantryModel
import Testing

@testable import GantryCompiler

@Suite("profiles become work")
struct ProfileTests {
  private func located<T>(_ value: T) -> Located<T> { Located(value, at: StepFixture.location) }

  private func profile(
    _ change: (inout ScenarioFile.StepProfile) -> Void
  ) -> ScenarioFile.StepProfile {
    var profile = ScenarioFile.StepProfile(
      task: located("task"), location: StepFixture.location)
    change(&profile)
    return profile
  }

  private func phase(
    _ profiles: [ScenarioFile.StepProfile], on architecture: Architecture = .amd64
  ) throws -> Phase? {
    var configuration = WorkConfiguration()
    configuration.profiles = profiles
    configuration.processors = ["quick": .init(thread: 2, total: 5)]
    var fixture = StepFixture(configuration)
    let planned = fixture.plan(StepFixture.step("sleep 3"), task: "task")
    #expect(fixture.sink.diagnostics.isEmpty)
    return planned.phases[architecture.index].first
  }

  @Test("processor seconds of another instance type count by its thread's speed")
  func instance() throws {
    let given = profile {
      $0.cpuSeconds = located(.fixed(10))
      $0.instance = located("quick")
    }
    #expect(try phase([given])?.demands == [.cpu(seconds: 20, threads: 1)])
  }

  @Test("a duration that scales is processor work of its threads on its instance type")
  func scales() throws {
    // One thread of speed 2; three threads would do 6 a second, but the machine does 5 in all; three of
    // the reference do 3.
    for (threads, instance, seconds) in [(1.0, "quick", 20.0), (3, "quick", 50), (3, nil, 30)] {
      let given = profile {
        $0.duration = located(.fixed(10))
        $0.scales = true
        $0.threads = located(threads)
        $0.instance = instance.map(located)
      }
      #expect(try phase([given])?.demands == [.cpu(seconds: seconds, threads: threads)])
    }
    let plain = profile {
      $0.duration = located(.fixed(10))
      $0.instance = located("quick")
    }
    #expect(try phase([plain])?.demands == [.fixed(seconds: 10)])
  }

  @Test("a drawn figure is its mean times a factor of mean 1")
  func drawn() throws {
    let given = profile {
      $0.duration = located(.triangular(low: 1, mode: 2, high: 6))
      $0.readMiB = located(.fixed(1))
      $0.operations = located(.empirical([10, 30]))
    }
    let phase = try #require(try phase([given]))
    // Means: (1 + 2 + 6) ÷ 3 and (10 + 30) ÷ 2; the operations vary apart from the bytes.
    #expect(
      phase.demands == [
        .fixed(seconds: 3), .transfer(.init(.read, .claim(0), bytes: 1_048_576)),
        .transfer(.init(.read, .claim(0), bytes: 0, operations: 20)),
      ])
    #expect(phase.factors.map { $0?.figure } == [.duration, nil, .operations])
    #expect(phase.factors[2]?.distribution == .empirical([0.5, 1.5]))
    let mean = try #require(phase.factors[0]).distribution.mean
    #expect((mean - 1).magnitude < 1e-12)
  }

  @Test("a profile may be for a pipeline or an architecture; the last one that fits wins")
  func selection() throws {
    func fixed(
      _ seconds: Double, pipeline: String? = nil, architecture: String? = nil
    ) -> ScenarioFile.StepProfile {
      profile {
        $0.duration = located(.fixed(seconds))
        $0.pipeline = pipeline.map(located)
        $0.architecture = architecture.map(located)
      }
    }
    let all = [
      fixed(1), fixed(2, pipeline: "p"), fixed(3, pipeline: "other"),
      fixed(4, architecture: "arm64"),
    ]
    #expect(try phase(all)?.demands == [.fixed(seconds: 2)])
    #expect(try phase(all, on: .arm64)?.demands == [.fixed(seconds: 4)])
  }

  @Test(
    "a profile that fits nothing is said at its place, with the nearest name",
    arguments: [
      (["profiles[0].task=frist"], "E0630", "did you mean 'first'?"),
      (["profiles[0].task=nap", "profiles[0].step=wrok"], "E0631", "did you mean 'work'?"),
      (["profiles[0].task=nap", "profiles[0].pipeline=nap"], "E0630", "did you mean 'naps'?"),
      (["profiles[0].task=nap", "profiles[0].instance=m6g.2xlarg"], "E0310", nil),
      (["profiles[0].task=nap", "profiles[0].scales=true"], "E0633", nil),
      (["profiles[0].task=nap", "profiles[0].cpuSeconds=1e300"], "E0614", nil),
    ])
  func nothing(settings: [String], code: String, suggestion: String?) throws {
    let findings = try ScenarioFixture(settings: settings).compile().findings
      .filter { $0.severity == .error }
    #expect(findings.map(\.code) == [code])
    let finding = try #require(findings.first)
    #expect(finding.location?.file == "--set")
    if let suggestion { #expect(finding.suggestion == suggestion) }
  }

  @Test("the name of the task or of the pipeline task will do")
  func names() throws {
    for name in ["nap", "first"] {
      let plan = try ScenarioFixture(
        settings: ["profiles[0].task=\(name)", "profiles[0].duration=5s"]
      ).plan()
      let step = try #require(plan.templates.first?.tasks.first?.taskRuns.first?.steps.first)
      #expect(step.phases[0].flatMap(\.demands) == [.fixed(seconds: 5)])
    }
  }
}
