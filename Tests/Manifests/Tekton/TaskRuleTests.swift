import GantryManifests
import GantryModel
import Testing

@Suite("Tekton: rules of tasks")
struct TaskRuleTests {
  struct Rule: CustomTestStringConvertible {
    var testDescription: String
    var wrong: String
    var right: String
    /// `line:column code`; the specification begins at 5:3.
    var place: String

    init(_ name: String, wrong: String, right: String, _ place: String) {
      testDescription = name
      self.wrong = wrong
      self.right = right
      self.place = place
    }
  }

  static let rules: [Rule] = [
    Rule(
      "a task has steps", wrong: "params: []", right: "steps: [{image: i}]", "5:3 E0113"),
    Rule(
      "a step has an image", wrong: "steps: [{name: a}]",
      right: "stepTemplate: {image: i}\nsteps: [{name: a}]", "5:11 E0113"),
    Rule(
      "a step's name is a label", wrong: "steps: [{name: A_b, image: i}]",
      right: "steps: [{name: a-b, image: i}]", "5:18 E0110"),
    Rule(
      "steps have different names",
      wrong: "steps: [{name: a, image: i}, {name: a, image: i}]",
      right: "steps: [{name: a, image: i}, {name: b, image: i}]", "5:39 E0111"),
    Rule(
      "script or command", wrong: "steps: [{image: i, script: x, command: [z]}]",
      right: "steps: [{image: i, script: x, args: [z]}]", "5:30 E0130"),
    Rule(
      "onError of a step", wrong: "steps: [{image: i, onError: stop}]",
      right: "steps: [{image: i, onError: continue}]", "5:31 E0127"),
    Rule(
      "a step's timeout is not negative", wrong: "steps: [{image: i, timeout: -1m}]",
      right: "steps: [{image: i, timeout: 1m}]", "5:31 E0128"),
    Rule(
      "no mount under /tekton/",
      wrong: "steps: [{image: i, volumeMounts: [{name: v, mountPath: /tekton/x}]}]",
      right: "steps: [{image: i, volumeMounts: [{name: v, mountPath: /tekton/home}]}]",
      "5:58 E0131"),
    Rule(
      "a step action takes no image", wrong: "steps: [{ref: {name: a}, image: i}]",
      right: "steps: [{ref: {name: a}}]", "5:35 E0133"),
    Rule(
      "parameters of a step need an action",
      wrong: "steps: [{image: i, params: [{name: a, value: b}]}]",
      right: "steps: [{ref: {name: a}, params: [{name: a, value: b}]}]", "5:30 E0133"),
    Rule(
      "volumes have different names", wrong: "volumes: [{name: v}, {name: v}]\nsteps: [{image: i}]",
      right: "volumes: [{name: v}, {name: w}]\nsteps: [{image: i}]", "5:31 E0111"),
    Rule(
      "workspaces have different paths",
      wrong: "workspaces: [{name: a}, {name: b, mountPath: /workspace/a/}]\nsteps: [{image: i}]",
      right: "workspaces: [{name: a}, {name: b}]\nsteps: [{image: i}]", "5:48 E0131"),
    Rule(
      "a step uses declared workspaces", wrong: "steps: [{image: i, workspaces: [{name: w}]}]",
      right: "workspaces: [{name: w}]\nsteps: [{image: i, workspaces: [{name: w}]}]",
      "5:42 E0123"),
    Rule(
      "parameters are declared", wrong: "steps: [{image: i, script: echo $(params.a)}]",
      right: "params: [{name: a}]\nsteps: [{image: i, script: echo $(params.a)}]", "5:30 E0120"),
    Rule(
      "parameters are declared once", wrong: "params: [{name: a}, {name: a}]\nsteps: [{image: i}]",
      right: "params: [{name: a}, {name: b}]\nsteps: [{image: i}]", "5:30 E0111"),
    Rule(
      "a default has the type",
      wrong: "params: [{name: a, type: array, default: x}]\nsteps: [{image: i}]",
      right: "params: [{name: a, type: array, default: [x]}]\nsteps: [{image: i}]", "5:44 E0122"),
    Rule(
      "a type is known", wrong: "params: [{name: a, type: list}]\nsteps: [{image: i}]",
      right: "params: [{name: a, type: string}]\nsteps: [{image: i}]", "5:28 E0122"),
    Rule(
      "an object has properties", wrong: "params: [{name: a, type: object}]\nsteps: [{image: i}]",
      right: "params: [{name: a, type: object, properties: {k: {}}}]\nsteps: [{image: i}]",
      "5:19 E0122"),
    Rule(
      "a key of an object is declared",
      wrong: "params: [{name: a, properties: {k: {}}}]\nsteps: [{image: $(params.a.x)}]",
      right: "params: [{name: a, properties: {k: {}}}]\nsteps: [{image: $(params.a.k)}]",
      "6:19 E0120"),
    Rule(
      "an array stands alone",
      wrong: "params: [{name: a, type: array}]\nsteps: [{image: i, args: [\"x $(params.a[*])\"]}]",
      right: "params: [{name: a, type: array}]\nsteps: [{image: i, args: [\"$(params.a[*])\"]}]",
      "6:29 E0121"),
    Rule(
      "an array is no text",
      wrong: "params: [{name: a, type: array}]\nsteps: [{image: i, script: \"$(params.a[*])\"}]",
      right: "params: [{name: a, type: array}]\nsteps: [{image: i, script: \"$(params.a[0])\"}]",
      "6:30 E0121"),
    Rule(
      "a parameter's name", wrong: "params: [{name: 1a}]\nsteps: [{image: i}]",
      right: "params: [{name: _a.b-c}]\nsteps: [{image: i}]", "5:19 E0110"),
    Rule(
      "context variables exist", wrong: "steps: [{image: i, script: $(context.task.uid)}]",
      right: "steps: [{image: i, script: $(context.taskRun.uid)}]", "5:30 E0120"),
    Rule(
      "results in scripts are declared",
      wrong: "steps: [{image: i, script: echo > $(results.r.path)}]",
      right: "results: [{name: r}]\nsteps: [{image: i, script: echo > $(results.r.path)}]",
      "5:30 E0120"),
    Rule(
      "a result's name", wrong: "results: [{name: r-}]\nsteps: [{image: i}]",
      right: "results: [{name: r-1_A}]\nsteps: [{image: i}]", "5:20 E0110"),
    Rule(
      "an object result has properties",
      wrong: "results: [{name: r, type: object}]\nsteps: [{image: i}]",
      right: "results: [{name: r, type: object, properties: {k: {}}}]\nsteps: [{image: i}]",
      "5:20 E0135"),
    Rule(
      "allowed values need their flag",
      wrong: "params: [{name: a, enum: [x, z]}]\nsteps: [{image: i}]",
      right: "params: [{name: a}]\nsteps: [{image: i}]", "5:28 E0116"),
    Rule(
      "streams into files are alpha", wrong: "steps: [{image: i, stdoutConfig: {path: /x}}]",
      right: "steps: [{image: i}]", "5:36 E0115"),
  ]

  @Test("a task is refused at the fault", arguments: rules)
  func refuses(rule: Rule) {
    #expect(findings(in: task(rule.wrong)) == [rule.place])
  }

  @Test("a task without the fault is valid", arguments: rules)
  func accepts(rule: Rule) {
    #expect(findings(in: task(rule.right)) == [])
  }

  @Test("a step action is one container without parameters in its script")
  func stepAction() {
    let head = "apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\nspec:\n"
    #expect(findings(in: head + "  params: [{name: p}]\n  image: i\n  args: [$(params.p)]\n") == [])
    #expect(findings(in: head + "  script: x\n") == ["5:3 E0113"])
    #expect(
      findings(in: head + "  params: [{name: p}]\n  image: i\n  script: $(params.p)\n")
        == ["7:11 E0121"])
  }

  @Test("step actions are behind a flag in 0.59")
  func stepActionFlag() {
    #expect(
      findings(in: task("steps: [{ref: {name: a}}]"), version: .v0_59) == ["5:17 E0116"])
  }

  @Test("ClusterTask exists in 0.59 only")
  func clusterTask() {
    let text =
      "apiVersion: tekton.dev/v1beta1\nkind: ClusterTask\nmetadata: {name: c}\n"
      + "spec: {steps: [{image: i}]}\n"
    #expect(findings(in: text, version: .v0_59) == [])
    #expect(findings(in: text, version: .v1_15) == ["3:18 E0137"])
  }

  @Test(
    "names of objects", arguments: [("a.b-c", true), ("A", false), ("a_b", false), ("-a", false)])
  func objectNames(name: String, isValid: Bool) {
    let text = "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: \(name)}\n"
    let found = findings(in: text + "spec: {steps: [{image: i}]}\n")
    #expect(found == (isValid ? [] : ["3:18 E0110"]))
  }
}
