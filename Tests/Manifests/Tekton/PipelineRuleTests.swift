import GantryManifests
import GantryModel
import Testing

@Suite("Tekton: rules of pipelines")
struct PipelineRuleTests {
  typealias Rule = TaskRuleTests.Rule

  static let rules: [Rule] = [
    Rule(
      "a pipeline has something", wrong: "# nothing",
      right: "tasks: [{name: a, taskRef: {name: t}}]",
      "1:1 E0113"),
    Rule(
      "task names are labels", wrong: "tasks: [{name: A, taskRef: {name: t}}]",
      right: "tasks: [{name: a, taskRef: {name: t}}]", "5:18 E0110"),
    Rule(
      "task names differ",
      wrong: "tasks: [{name: a, taskRef: {name: t}}]\nfinally: [{name: a, taskRef: {name: t}}]",
      right: "tasks: [{name: a, taskRef: {name: t}}]\nfinally: [{name: b, taskRef: {name: t}}]",
      "6:20 E0111"),
    Rule(
      "reference or specification",
      wrong: "tasks: [{name: a, taskRef: {name: t}, taskSpec: {steps: [{image: i}]}}]",
      right: "tasks: [{name: a, taskSpec: {steps: [{image: i}]}}]", "5:51 E0112"),
    Rule(
      "reference or specification at all", wrong: "tasks: [{name: a}]",
      right: "tasks: [{name: a, taskRef: {name: t}}]", "5:11 E0112"),
    Rule(
      "custom tasks have a version", wrong: "tasks: [{name: a, taskRef: {name: t, kind: K}}]",
      right: "tasks: [{name: a, taskRef: {name: t, kind: K, apiVersion: x.y/v1}}]", "5:46 E0114"),
    Rule(
      "names of tasks are names", wrong: "tasks: [{name: a, taskRef: {name: \"t t\"}}]",
      right: "tasks: [{name: a, taskRef: {name: T_t.1}}]", "5:37 E0110"),
    Rule(
      "a resolver takes no name",
      wrong: "tasks: [{name: a, taskRef: {resolver: git, name: t}}]",
      right: "tasks: [{name: a, taskRef: {resolver: git, params: [{name: url, value: u}]}}]",
      "5:52 E0112"),
    Rule(
      "predecessors exist",
      wrong: "tasks: [{name: a, taskRef: {name: t}, runAfter: [b]}]",
      right: "tasks: [{name: b, taskRef: {name: t}}, {name: a, taskRef: {name: t}, runAfter: [b]}]",
      "5:52 E0118"),
    Rule(
      "no cycle",
      wrong: "tasks: [{name: a, taskRef: {name: t}, runAfter: [b]}, {name: b, taskRef: {name: t},"
        + " runAfter: [a]}]",
      right: "tasks: [{name: a, taskRef: {name: t}}, {name: b, taskRef: {name: t}, runAfter: [a]}]",
      "5:52 E0119"),
    Rule(
      "no cycle through results",
      wrong:
        "tasks: [{name: a, taskRef: {name: t}, params: [{name: p, value: $(tasks.a.results.r)}]}]",
      right:
        "tasks: [{name: b, taskRef: {name: t}}, {name: a, taskRef: {name: t}, params: [{name: p,"
        + " value: $(tasks.b.results.r)}]}]",
      "5:18 E0119"),
    Rule(
      "final tasks have no order",
      wrong:
        "tasks: [{name: a, taskRef: {name: t}}]\nfinally: [{name: b, taskRef: {name: t}, runAfter: [a]}]",
      right: "tasks: [{name: a, taskRef: {name: t}}]\nfinally: [{name: b, taskRef: {name: t}}]",
      "6:54 E0117"),
    Rule(
      "final tasks need others", wrong: "finally: [{name: b, taskRef: {name: t}}]",
      right: "tasks: [{name: a, taskRef: {name: t}}]", "5:12 E0117"),
    Rule(
      "final tasks do not wait for one another",
      wrong:
        "tasks: [{name: a, taskRef: {name: t}}]\nfinally: [{name: f, taskRef: {name: t}}, {name: g,"
        + " taskRef: {name: t}, params: [{name: p, value: $(tasks.f.results.r)}]}]",
      right:
        "tasks: [{name: a, taskRef: {name: t}}]\nfinally: [{name: g, taskRef: {name: t}, params:"
        + " [{name: p, value: $(tasks.a.results.r)}]}]",
      "6:100 E0129"),
    Rule(
      "how a task ended is for final tasks",
      wrong: "tasks: [{name: a, taskRef: {name: t}, params: [{name: p, value: $(tasks.status)}]}]",
      right:
        "tasks: [{name: a, taskRef: {name: t}}]\nfinally: [{name: b, taskRef: {name: t}, params:"
        + " [{name: p, value: $(tasks.a.status)}]}]",
      "5:67 E0136"),
    Rule(
      "how an unknown task ended",
      wrong: "tasks: [{name: a, taskRef: {name: t}}]\nfinally: [{name: b, taskRef: {name: t}, when:"
        + " [{input: $(tasks.x.status), operator: in, values: [x]}]}]",
      right: "tasks: [{name: a, taskRef: {name: t}}]\nfinally: [{name: b, taskRef: {name: t}, when:"
        + " [{input: $(tasks.a.status), operator: in, values: [x]}]}]",
      "6:50 E0136"),
    Rule(
      "parameters are declared",
      wrong: "tasks: [{name: a, taskRef: {name: t}, params: [{name: p, value: $(params.u)}]}]",
      right: "params: [{name: u}]\ntasks: [{name: a, taskRef: {name: t}, params: [{name: p, value:"
        + " $(params.u)}]}]",
      "5:67 E0120"),
    Rule(
      "a parameter is given once",
      wrong:
        "tasks: [{name: a, taskRef: {name: t}, params: [{name: p, value: x}, {name: p, value: y}]}]",
      right: "tasks: [{name: a, taskRef: {name: t}, params: [{name: p, value: x}]}]", "5:78 E0111"),
    Rule(
      "an array is not part of a text",
      wrong:
        "params: [{name: u, type: array}]\ntasks: [{name: a, taskRef: {name: t}, params: [{name: p,"
        + " value: \"x $(params.u[*])\"}]}]",
      right:
        "params: [{name: u, type: array}]\ntasks: [{name: a, taskRef: {name: t}, params: [{name: p,"
        + " value: \"$(params.u[*])\"}]}]",
      "6:67 E0121"),
    Rule(
      "context variables exist",
      wrong:
        "tasks: [{name: a, taskRef: {name: t}, params: [{name: p, value: $(context.pipeline.uid)}]}]",
      right:
        "tasks: [{name: a, taskRef: {name: t}, params: [{name: p, value: $(context.pipeline.name)}]}]",
      "5:67 E0120"),
    Rule(
      "workspaces are declared",
      wrong: "tasks: [{name: a, taskRef: {name: t}, workspaces: [{name: w, workspace: s}]}]",
      right: "workspaces: [{name: s}]\ntasks: [{name: a, taskRef: {name: t}, workspaces: [{name: w,"
        + " workspace: s}]}]",
      "5:75 E0123"),
    Rule(
      "workspaces are declared once",
      wrong: "workspaces: [{name: s}, {name: s}]\ntasks: [{name: a, taskRef: {name: t}}]",
      right: "workspaces: [{name: s}]\ntasks: [{name: a, taskRef: {name: t}}]", "5:34 E0111"),
    Rule(
      "operators of conditions",
      wrong:
        "tasks: [{name: a, taskRef: {name: t}, when: [{input: x, operator: is, values: [x]}]}]",
      right:
        "tasks: [{name: a, taskRef: {name: t}, when: [{input: x, operator: in, values: [x]}]}]",
      "5:69 E0125"),
    Rule(
      "values of conditions",
      wrong: "tasks: [{name: a, taskRef: {name: t}, when: [{input: x, operator: in}]}]",
      right:
        "tasks: [{name: a, taskRef: {name: t}, when: [{input: x, operator: notin, values: [\"\"]}]}]",
      "5:48 E0125"),
    Rule(
      "CEL needs its flag",
      wrong: "tasks: [{name: a, taskRef: {name: t}, when: [{cel: \"true\"}]}]",
      right: "tasks: [{name: a, taskRef: {name: t}}]", "5:54 E0116"),
    Rule(
      "onError", wrong: "tasks: [{name: a, taskRef: {name: t}, onError: ignore}]",
      right: "tasks: [{name: a, taskRef: {name: t}, onError: continue}]", "5:50 E0127"),
    Rule(
      "continue does not retry",
      wrong: "tasks: [{name: a, taskRef: {name: t}, onError: continue, retries: 1}]",
      right: "tasks: [{name: a, taskRef: {name: t}, onError: stopAndFail, retries: 1}]",
      "5:50 E0127"),
    Rule(
      "matrix or parameter",
      wrong: "tasks: [{name: a, taskRef: {name: t}, params: [{name: p, value: x}], matrix: {params:"
        + " [{name: p, value: [y]}]}}]",
      right: "tasks: [{name: a, taskRef: {name: t}, matrix: {params: [{name: p, value: [y]}]}}]",
      "5:57 E0126"),
    Rule(
      "a matrix is read as a whole",
      wrong:
        "tasks: [{name: a, taskRef: {name: t}, matrix: {params: [{name: p, value: [y]}]}}, {name: b,"
        + " taskRef: {name: t}, params: [{name: p, value: $(tasks.a.results.r)}]}]",
      right:
        "tasks: [{name: a, taskRef: {name: t}, matrix: {params: [{name: p, value: [y]}]}}, {name: b,"
        + " taskRef: {name: t}, params: [{name: p, value: \"$(tasks.a.results.r[*])\"}]}]",
      "5:141 E0126"),
    Rule(
      "results of pipelines refer to tasks",
      wrong:
        "tasks: [{name: a, taskRef: {name: t}}]\nresults: [{name: r, value: $(tasks.b.results.r)}]",
      right:
        "tasks: [{name: a, taskRef: {name: t}}]\nresults: [{name: r, value: $(tasks.a.results.r)}]",
      "6:30 E0129"),
    Rule(
      "nested pipelines are alpha", wrong: "tasks: [{name: a, pipelineRef: {name: p}}]",
      right: "tasks: [{name: a, taskRef: {name: p}}]", "5:34 E0115"),
  ]

  @Test("a pipeline is refused at the fault", arguments: rules)
  func refuses(rule: Rule) {
    #expect(findings(in: pipeline(rule.wrong)) == [rule.place])
  }

  @Test("a pipeline without the fault is valid", arguments: rules)
  func accepts(rule: Rule) {
    #expect(findings(in: pipeline(rule.right)) == [])
  }

  @Test("a cycle is named with all its tasks")
  func cycle() throws {
    let sink = DiagnosticSink()
    let text = pipeline(
      """
      tasks:
      - {name: a, taskRef: {name: t}, runAfter: [c]}
      - {name: b, taskRef: {name: t}, runAfter: [a]}
      - {name: c, taskRef: {name: t}, runAfter: [b]}
      - {name: d, taskRef: {name: t}, runAfter: [c]}
      """)
    TektonValidator.validate(manifests(text, sink: sink), version: .v1_15, sink: sink)
    let finding = try #require(sink.diagnostics.first)
    #expect(finding.message.contains("task \"a\" depends on \"c\""))
    #expect(finding.notes.map(\.message) == ["each depends on the next: a → c → b → a"])
  }

  @Test("an unknown context variable is an error in the last task, a warning in others")
  func contextOfEarlierTask() {
    let sink = DiagnosticSink()
    let task = "taskRef: {name: t}, params: [{name: p, value: $(context.pipeline.uid)}]"
    let text = pipeline("tasks:\n- {name: a, \(task)}\n- {name: b, \(task)}")
    TektonValidator.validate(manifests(text, sink: sink), version: .v1_15, sink: sink)
    #expect(sink.diagnostics.map(\.code) == ["W0139", "E0120"])
    #expect(sink.diagnostics.map(\.severity) == [.warning, .error])
    #expect(sink.diagnostics.map(\.location?.line) == [6, 7])
  }

  @Test("what 0.59 has as alpha is refused there")
  func olderVersion() {
    let text = pipeline("tasks: [{name: a, taskRef: {name: t}, onError: continue}]")
    #expect(findings(in: text, version: .v0_59) == ["5:50 E0115"])
    #expect(findings(in: text, level: .alpha, version: .v0_59) == [])
  }

  @Test("a reference to a ClusterTask is a custom task without version from 1.0 on")
  func clusterTaskReference() {
    let text = pipeline("tasks: [{name: a, taskRef: {name: t, kind: ClusterTask}}]")
    #expect(findings(in: text, version: .v0_59) == [])
    #expect(findings(in: text, version: .v1_15) == ["5:46 E0114"])
  }

  @Test(
    "a matrix may make 256 combinations and not one more", arguments: [(256, true), (257, false)])
  func matrixLimit(count: Int, isValid: Bool) {
    let values = (0..<count).map { "v\($0)" }.joined(separator: ", ")
    let text = pipeline(
      "tasks: [{name: a, taskRef: {name: t}, matrix: {params: [{name: p, value: [\(values)]}]}}]")
    #expect(findings(in: text) == (isValid ? [] : ["5:49 E0126"]))
  }

  @Test("resolvers and matrices are refused at the stable level")
  func stableLevel() {
    let text = pipeline(
      "tasks: [{name: a, taskRef: {resolver: hub}, matrix: {include: [{params: []}]}}]")
    #expect(findings(in: text, level: .stable) == ["5:41 E0115", "5:55 E0115"])
    #expect(findings(in: text) == [])
  }

  @Test("v1beta1: resources and bundles are gone")
  func removedFields() {
    let text = pipeline(
      "resources: [{name: r}]\ntasks: [{name: a, taskRef: {name: t, bundle: b}, resources: {}}]",
      apiVersion: "tekton.dev/v1beta1")
    #expect(findings(in: text) == ["5:14 E0132", "6:63 E0132", "6:48 E0132"])
  }
}
