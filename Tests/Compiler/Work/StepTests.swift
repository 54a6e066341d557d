import GantryModel
import Testing

@testable import GantryCompiler

/// What a step as a whole becomes.
@Suite("steps")
struct StepTests {
  private static func profile(_ task: String, step: String? = nil) -> ScenarioFile.StepProfile {
    var profile = ScenarioFile.StepProfile(
      task: Located(task, at: StepFixture.location), location: StepFixture.location)
    profile.step = step.map { Located($0, at: StepFixture.location) }
    return profile
  }

  private func located<T>(_ value: T) -> Located<T> { Located(value, at: StepFixture.location) }

  @Test("a profile replaces what is read, and what the step leaves is still known")
  func profile() {
    var profile = Self.profile("task", step: "work")
    profile.duration = located(.fixed(90))
    profile.cpuSeconds = located(.fixed(12))
    profile.threads = located(3)
    profile.writeMiB = located(.fixed(2))
    profile.readMiB = located(.fixed(1))
    profile.operations = located(.fixed(40))
    profile.downloadMiB = located(.fixed(5))
    profile.workspace = located("source")
    var configuration = WorkConfiguration()
    configuration.profiles = [profile]
    configuration.source = { _ in SourceTree(texts: ["f": "12345"]) }
    var fixture = StepFixture(configuration)
    let phases = fixture.phases("frobnicate; git clone https://e.com/x /workspace/source")
    #expect(
      phases.map(\.demands) == [
        [
          .fixed(seconds: 90), .cpu(seconds: 12, threads: 3),
          .transfer(.init(.read, .claim(1), bytes: 1_048_576)),
          .transfer(.init(.write, .claim(1), bytes: 2_097_152, operations: 40)),
          .transfer(
            .init(
              .read, .service(fixture.reader.tables.services.all.count - 1), bytes: 5_242_880,
              operations: 1)),
        ]
      ])
    #expect(fixture.sink.diagnostics.isEmpty)
    let next = fixture.plan(
      StepFixture.step("cp /workspace/source/f /srv/oci-images/g"), task: "other")
    #expect(next.phases[0].bytes(.read, .claim(1)) == 5)
  }

  @Test("a profile for another step or task does nothing")
  func otherProfile() {
    var configuration = WorkConfiguration()
    configuration.profiles = [Self.profile("task", step: "other"), Self.profile("else")]
    var fixture = StepFixture(configuration)
    #expect(fixture.phases("sleep 3").fixed == 3)
  }

  @Test("bad figures of a profile are errors where the step stands")
  func badProfile() {
    let bad: [ProbabilityDistribution] = [
      .fixed(-1), .fixed(.nan), .fixed(.infinity), .lognormal(median: 1, sigma: -1),
      .triangular(low: 2, mode: 1, high: 3), .empirical([]),
    ]
    for figure in bad {
      var profile = Self.profile("task")
      profile.cpuSeconds = located(figure)
      var configuration = WorkConfiguration()
      configuration.profiles = [profile]
      var fixture = StepFixture(configuration)
      _ = fixture.phases("true")
      #expect(fixture.sink.diagnostics.map(\.code) == ["E0614"])
      #expect(fixture.sink.hasErrors)
    }
  }

  @Test("an unknown command is a guess under its own name, said once")
  func unknown() {
    var configuration = WorkConfiguration()
    configuration.assumptions = ["unknown.frobnicate": 7]
    var fixture = StepFixture(configuration)
    let phases = fixture.phases("frobnicate --all\n/opt/bin/frobnicate")
    #expect(isClose(phases.cpu, 14))
    #expect(fixture.assumptions(phases).contains("unknown.frobnicate"))
    #expect(fixture.sink.diagnostics.map(\.code) == ["N0604"])
    #expect(fixture.sink.diagnostics[0].message.contains("frobnicate"))
    #expect(fixture.reader.tables.assumptions.unknownOverrides().isEmpty)
  }

  @Test(
    "variables of Tekton in a script are no commands",
    arguments: [
      "tasks.status", "tasks.clone.results.commit", "step.results.out.path", "params['a.b']",
    ])
  func tektonVariables(name: String) {
    var fixture = StepFixture()
    _ = fixture.phases("echo \"$(\(name))\"")
    #expect(fixture.sink.diagnostics.isEmpty)
    _ = fixture.phases("echo \"$(task.status)\"")
    #expect(fixture.sink.diagnostics.map(\.code) == ["N0604"])
  }

  @Test("an override that no figure has is reported")
  func unknownOverride() {
    var configuration = WorkConfiguration()
    configuration.assumptions = ["quay.io.speed": 1, "pull.download": 2, "service.x.org.rate": 3]
    let fixture = StepFixture(configuration)
    #expect(fixture.reader.tables.assumptions.unknownOverrides() == ["quay.io.speed"])
  }

  @Test("a step in which nothing is recognised gets the named default")
  func empty() {
    var fixture = StepFixture()
    let phases = fixture.phases("# nothing here\n")
    #expect(phases.fixed == 10)
    #expect(fixture.assumptions(phases) == ["step.default"])
    #expect(fixture.sink.diagnostics.map(\.code) == ["N0612"])
  }

  @Test("command and args run like a script; without a command the image names it")
  func commands() {
    var step = StepFixture.step(nil)
    step.command = ["/bin/sh", "-c"]
    step.args = ["sleep 4 && sleep 2"]
    var fixture = StepFixture()
    #expect(fixture.plan(step).phases[0].fixed == 6)
    var bare = StepFixture.step(nil, image: "docker.io/e/tool:1")
    bare.args = ["--go"]
    _ = fixture.plan(bare)
    #expect(fixture.sink.diagnostics.contains { $0.message.contains("'tool'") })
  }

  @Test("a script of another interpreter is one call of it")
  func python() {
    var fixture = StepFixture()
    let phases = fixture.phases("#!/usr/bin/env python3\nfor i in range(3):\n  print('it is (')\n")
    #expect(phases.map(\.label) == ["python3"])
    #expect(fixture.sink.diagnostics.isEmpty)
  }

  @Test("both architectures are planned; what is bound to one runs there in both worlds")
  func architectures() {
    var fixture = StepFixture()
    let script = "if [ $(uname -m) = aarch64 ]; then sleep 2; else sleep 1; fi"
    let free = fixture.plan(StepFixture.step(script))
    #expect(free.phases.map(\.fixed) == [1, 2])
    let bound = fixture.plan(StepFixture.step(script), StepFixture.taskRun(.arm64))
    #expect(bound.phases.map(\.fixed) == [2, 2])
  }

  @Test("emptyDirs and images live as long as the pod, claims as long as the run")
  func podLife() {
    var fixture = StepFixture()
    let taskRun = StepFixture.taskRun()
    let test = StepFixture.step(
      "[ -f /var/lib/containers/f ] && sleep 1; [ -f /workspace/source/f ] && sleep 2")
    _ = fixture.plan(StepFixture.step("touch /var/lib/containers/f /workspace/source/f"), taskRun)
    #expect(fixture.plan(test, taskRun, index: 1).phases[0].fixed == 3)
    #expect(fixture.plan(test, taskRun, index: 0).phases[0].fixed == 2)
  }

  @Test("the same input gives the same plan")
  func determinism() {
    let first = ArticleScriptTests.play("quarkus")
    let second = ArticleScriptTests.play("quarkus")
    #expect(first.tasks.map(\.1) == second.tasks.map(\.1))
    #expect(
      first.fixture.reader.tables.assumptions.all == second.fixture.reader.tables.assumptions.all)
  }

  @Test("every phase's assumptions exist, and every figure has unit, text and source")
  func references() {
    let (fixture, tasks) = ArticleScriptTests.play("htop")
    let all = fixture.reader.tables.assumptions.all
    for phase in tasks.flatMap({ $0.1 }).flatMap({ $0 }) {
      #expect(!phase.assumptions.isEmpty, "\(phase.label)")
      #expect(phase.assumptions.allSatisfy { all.indices.contains($0) })
    }
    for assumption in all + AssumptionTable.builtIn {
      #expect(!assumption.unit.isEmpty && !assumption.text.isEmpty && !assumption.source.isEmpty)
    }
    #expect(Set(AssumptionTable.builtIn.map(\.id)).count == AssumptionTable.builtIn.count)
  }
}
