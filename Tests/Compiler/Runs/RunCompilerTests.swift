import GantryModel
import GantryUnits
import Testing

@testable import GantryCompiler

@Suite("From resolved runs to planned ones")
struct RunCompilerTests {
  private func step(_ name: String, request: String?, limit: String?) -> ResolvedStep {
    let place = SourceLocation(file: "t.yaml", line: 1, column: 1)
    var step = ResolvedStep(name: name, image: "i", location: place)
    if let request { step.resources.requests = ["cpu": Quantity(request) ?? Quantity(0)] }
    if let limit { step.resources.limits = ["cpu": Quantity(limit) ?? Quantity(0)] }
    return step
  }

  @Test("the cgroup weight is the requested milli-CPU, at least 2")
  func weight() {
    var taskRun = ResolvedTaskRun()
    taskRun.steps = [step("a", request: nil, limit: nil)]
    #expect(PodCompiler.pod(of: taskRun).cpuWeight == 2)
    taskRun.effectiveRequests = ["cpu": Quantity(milli: 1500)]
    #expect(PodCompiler.pod(of: taskRun).cpuWeight == 1500)
  }

  @Test("the widest limit counts; one step without a limit lifts it")
  func limit() {
    var taskRun = ResolvedTaskRun()
    taskRun.steps = [
      step("a", request: nil, limit: "500m"), step("b", request: nil, limit: "2"),
    ]
    #expect(PodCompiler.pod(of: taskRun).cpuLimit == 2)
    taskRun.steps.append(step("c", request: nil, limit: nil))
    #expect(PodCompiler.pod(of: taskRun).cpuLimit == nil)
  }

  @Test("a container that has only limits requests them")
  func limitsAsRequests() {
    var taskRun = ResolvedTaskRun()
    taskRun.steps = [step("a", request: "1", limit: "4"), step("b", request: nil, limit: "2")]
    let pod = PodCompiler.pod(of: taskRun)
    #expect(pod.containers.map { $0.requests["cpu"] } == [Quantity(1), Quantity(2)])
  }

  @Test("a run in the plan has its tasks, steps, images and claims")
  func plannedRun() throws {
    let plan = try ScenarioFixture(
      claimTemplate: "accessModes: [ReadWriteMany], storageClassName: efs-csi, "
        + "resources: {requests: {storage: 1Gi}}"
    ).plan()
    let run = try #require(plan.templates.first)
    #expect(run.name == "naps-run" && !run.isGenerated && run.pipelineName == "naps")
    #expect(run.tasks.map(\.name) == ["first"])
    let taskRun = try #require(run.tasks[0].taskRuns.first)
    #expect(taskRun.claims == [0])
    #expect(taskRun.images.map { plan.images[$0].name } == ["registry.example.com/tool:1"])
    #expect(taskRun.steps.map(\.name) == ["work"])
    for architecture in Architecture.allCases {
      let demands = taskRun.steps[0].phases[architecture.index].flatMap(\.demands)
      #expect(demands.contains(.fixed(seconds: 30)))
    }
    for phase in taskRun.steps.flatMap({ $0.phases.flatMap { $0 } }) {
      #expect(phase.assumptions.allSatisfy { plan.assumptions.indices.contains($0) })
    }
  }

  @Test("nothing to run is an error that says what to name")
  func nothing() throws {
    var fixture = ScenarioFixture(settings: ["workload[0].count=1"])
    fixture.manifests = ""
    #expect(try fixture.plan().templates.count == 1)
  }
}
