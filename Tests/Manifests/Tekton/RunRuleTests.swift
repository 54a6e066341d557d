import GantryManifests
import GantryModel
import Testing

@Suite("Tekton: rules of runs")
struct RunRuleTests {
  typealias Rule = TaskRuleTests.Rule

  static let rules: [Rule] = [
    Rule(
      "reference or specification",
      wrong: "pipelineRef: {name: p}\npipelineSpec: {tasks: [{name: a, taskRef: {name: t}}]}",
      right: "pipelineSpec: {tasks: [{name: a, taskRef: {name: t}}]}", "6:17 E0112"),
    Rule(
      "a parameter is given once, whatever its case",
      wrong: "pipelineRef: {name: p}\nparams: [{name: a, value: x}, {name: A, value: y}]",
      right: "pipelineRef: {name: p}\nparams: [{name: a, value: x}]", "6:40 E0111"),
    Rule(
      "no results in parameters",
      wrong: "pipelineRef: {name: p}\nparams: [{name: a, value: $(tasks.t.results.r)}]",
      right: "pipelineRef: {name: p}\nparams: [{name: a, value: $(params.r)}]", "6:29 E0129"),
    Rule(
      "states that can be asked for", wrong: "pipelineRef: {name: p}\nstatus: Canceled",
      right: "pipelineRef: {name: p}\nstatus: Cancelled", "6:11 E0134"),
    Rule(
      "one source for a workspace",
      wrong:
        "pipelineRef: {name: p}\nworkspaces: [{name: w, emptyDir: {}, secret: {secretName: s}}]",
      right: "pipelineRef: {name: p}\nworkspaces: [{name: w, emptyDir: {}}]", "6:48 E0124"),
    Rule(
      "some source for a workspace", wrong: "pipelineRef: {name: p}\nworkspaces: [{name: w}]",
      right: "pipelineRef: {name: p}\nworkspaces: [{name: w, volumeClaimTemplate: {spec: {}}}]",
      "6:16 E0124"),
    Rule(
      "a claim has a name",
      wrong: "pipelineRef: {name: p}\nworkspaces: [{name: w, persistentVolumeClaim: {}}]",
      right:
        "pipelineRef: {name: p}\nworkspaces: [{name: w, persistentVolumeClaim: {claimName: c}}]",
      "6:49 E0124"),
    Rule(
      "a workspace is given once",
      wrong:
        "pipelineRef: {name: p}\nworkspaces: [{name: w, emptyDir: {}}, {name: w, emptyDir: {}}]",
      right:
        "pipelineRef: {name: p}\nworkspaces: [{name: w, emptyDir: {}}, {name: v, emptyDir: {}}]",
      "6:48 E0111"),
    Rule(
      "timeouts are not negative", wrong: "pipelineRef: {name: p}\ntimeouts: {pipeline: -5m}",
      right: "pipelineRef: {name: p}\ntimeouts: {pipeline: 5m}", "6:24 E0128"),
    Rule(
      "tasks end before the pipeline",
      wrong: "pipelineRef: {name: p}\ntimeouts: {pipeline: 10m, tasks: 11m}",
      right: "pipelineRef: {name: p}\ntimeouts: {pipeline: 10m, tasks: 10m}", "6:36 E0128"),
    // 60 minutes are the pipeline's time where none is written.
    Rule(
      "tasks end before the default", wrong: "pipelineRef: {name: p}\ntimeouts: {tasks: 2h}",
      right: "pipelineRef: {name: p}\ntimeouts: {tasks: 1h}", "6:21 E0128"),
    Rule(
      "tasks and final tasks end before the pipeline",
      wrong: "pipelineRef: {name: p}\ntimeouts: {pipeline: 30m, tasks: 20m, finally: 11m}",
      right: "pipelineRef: {name: p}\ntimeouts: {pipeline: 30m, tasks: 20m, finally: 10m}",
      "6:36 E0128"),
    Rule(
      "resources of the task or of its steps",
      wrong:
        "pipelineRef: {name: p}\ntaskRunSpecs: [{pipelineTaskName: a, computeResources: {limits:"
        + " {cpu: 1}}, stepSpecs: [{name: s, computeResources: {limits: {cpu: 1}}}]}]",
      right:
        "pipelineRef: {name: p}\ntaskRunSpecs: [{pipelineTaskName: a, computeResources: {limits:"
        + " {cpu: 1}}}]",
      "6:58 E0138"),
    Rule(
      "embedded tasks use parameters of the run",
      wrong:
        "pipelineSpec: {tasks: [{name: a, taskSpec: {steps: [{image: i, script: $(params.u)}]}}]}",
      right:
        "params: [{name: u, value: x}]\npipelineSpec: {tasks: [{name: a, taskSpec: {steps: [{image: i,"
        + " script: $(params.u)}]}}]}",
      "5:74 E0120"),
  ]

  @Test("a run is refused at the fault", arguments: rules)
  func refuses(rule: Rule) {
    #expect(findings(in: pipelineRun(rule.wrong)) == [rule.place])
  }

  @Test("a run without the fault is valid", arguments: rules)
  func accepts(rule: Rule) {
    #expect(findings(in: pipelineRun(rule.right)) == [])
  }

  static let taskRunRules: [Rule] = [
    Rule("neither", wrong: "params: []", right: "taskRef: {name: t}", "1:1 E0112"),
    Rule(
      "retries", wrong: "taskRef: {name: t}\nretries: -1", right: "taskRef: {name: t}\nretries: 1",
      "6:12 E0127"),
    Rule(
      "timeout", wrong: "taskRef: {name: t}\ntimeout: -1s",
      right: "taskRef: {name: t}\ntimeout: \"0\"",
      "6:12 E0128"),
    Rule(
      "status", wrong: "taskRef: {name: t}\nstatus: Cancelled",
      right: "taskRef: {name: t}\nstatus: TaskRunCancelled", "6:11 E0134"),
    Rule(
      "message", wrong: "taskRef: {name: t}\nstatusMessage: m",
      right: "taskRef: {name: t}\nstatus: TaskRunCancelled\nstatusMessage: m", "6:18 E0134"),
    Rule(
      "debug", wrong: "taskRef: {name: t}\ndebug: {breakpoints: {}}", right: "taskRef: {name: t}",
      "6:10 E0115"),
  ]

  @Test("a TaskRun is refused at the fault", arguments: taskRunRules)
  func refusesTaskRun(rule: Rule) {
    #expect(findings(in: taskRun(rule.wrong)) == [rule.place])
  }

  @Test("a TaskRun without the fault is valid", arguments: taskRunRules)
  func acceptsTaskRun(rule: Rule) {
    #expect(findings(in: taskRun(rule.right)) == [])
  }

  @Test("v1beta1: timeout and timeouts exclude each other")
  func bothTimeouts() {
    let text = pipelineRun(
      "pipelineRef: {name: p}\ntimeout: 1h\ntimeouts: {pipeline: 1h}",
      apiVersion: "tekton.dev/v1beta1")
    #expect(findings(in: text) == ["7:13 E0128"])
  }

  @Test("a run needs a name or a prefix")
  func names() {
    let spec = "spec: {pipelineRef: {name: p}}\n"
    let head = "apiVersion: tekton.dev/v1\nkind: PipelineRun\n"
    #expect(findings(in: head + "metadata: {generateName: a-}\n" + spec) == [])
    #expect(findings(in: head + "metadata: {}\n" + spec) == ["3:11 E0113"])
  }
}
