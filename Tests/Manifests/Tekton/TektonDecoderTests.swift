import GantryManifests
import GantryModel
import GantryUnits
import Testing

@Suite("Tekton: reading")
struct TektonDecoderTests {
  @Test("an unknown field is an error with the nearest name")
  func unknownField() throws {
    let sink = DiagnosticSink()
    let set = manifests(
      pipeline("tasks: [{name: a, taskRef: {name: t}, runafters: [b]}]"), sink: sink)
    let finding = try #require(sink.diagnostics.first)
    #expect(finding.code == "E0012")
    #expect(finding.location == SourceLocation(file: "a.yaml", line: 5, column: 41))
    #expect(finding.suggestion == "did you mean 'runAfter'?")
    #expect(set.pipelines.isEmpty)
  }

  @Test(
    "an unknown field is explained by what became of it, or where it belongs",
    arguments: [
      (pipeline("tasks: [{name: a, taskRef: {name: t, version: '1'}}]"), "Konflux"),
      (pipeline("tasks: [{name: a, taskRef: {name: t}, conditions: []}]"), "use 'when'"),
      (
        pipeline("tasks: [{name: a, taskRef: {name: t}, matrix: {include: [{when: []}]}}]"),
        "a newer release"
      ),
      (task("results: [{name: r, default: x}]"), "a newer release"),
      (task("steps: [{image: i, resources: {}}]"), "'computeResources'"),
      (
        "kind: PipelineRun\napiVersion: tekton.dev/v1\nmetadata: {name: r}\n"
          + "spec: {serviceAccountName: s, pipelineRef: {name: p}}",
        "did you mean 'taskRunTemplate.serviceAccountName'?"
      ),
    ])
  func foreignField(text: String, suggestion: String) throws {
    let sink = DiagnosticSink()
    _ = manifests(text, sink: sink)
    #expect(sink.diagnostics.map(\.code) == ["E0012"])
    #expect(sink.diagnostics.first?.suggestion?.contains(suggestion) == true)
  }

  @Test("a text that YAML takes for something else should be quoted")
  func unquoted() {
    let sink = DiagnosticSink()
    _ = manifests(task("volumes: [{name: no, emptyDir: {}}]"), sink: sink)
    #expect(sink.diagnostics.map(\.suggestion) == ["put it in quotes"])
  }

  @Test("fields match regardless of case, as in Go")
  func caseOfFields() throws {
    let set = manifests(
      pipeline("tasks: [{name: a, TaskRef: {name: t}, runafter: [b]}]"), sink: DiagnosticSink())
    let task = try #require(set.pipelines.first?.spec.tasks.first)
    #expect(task.taskRef?.name?.value == "t")
    #expect(task.runAfter.map(\.value) == ["b"])
  }

  @Test(
    "wrong types",
    arguments: [
      ("steps: {image: i}", "5:10 E0011"), ("steps: [{image: 1}]", "5:19 E0011"),
      ("steps: [{image: i, timeout: 5 minutes}]", "5:31 E0101"),
      ("steps: [{image: i, timeout: 5}]", "5:31 E0011"),
      ("steps: [{image: i, computeResources: {limits: {cpu: lots}}}]", "5:55 E0102"),
      ("steps: [{image: i, env: [{name: a, value: yes}]}]", "5:45 E0011"),
      ("steps: [{image: i, securityContext: {runAsUser: root}}]", "5:51 E0011"),
      ("steps: [{image: i, securityContext: {priviledged: true}}]", "5:40 E0012"),
      ("volumes: [{name: v, emptyDirectory: {}}]", "5:23 E0012"),
    ])
  func wrongTypes(spec: String, place: String) {
    #expect(findings(in: task(spec)) == [place])
  }

  @Test("a kind that a version has not is named with the versions that have it")
  func unknownVersion() throws {
    let sink = DiagnosticSink()
    _ = manifests("apiVersion: tekton.dev/v2\nkind: Task\n", sink: sink)
    let finding = try #require(sink.diagnostics.first)
    #expect(finding.code == "E0137")
    #expect(finding.suggestion == "write apiVersion: tekton.dev/v1 or tekton.dev/v1beta1")
  }

  @Test("values of parameters are texts, lists of texts, mappings of texts, or JSON as text")
  func parameterValues() {
    let values: [(String, ParameterValue)] = [
      ("x", .string("x")), ("[x, z]", .array(["x", "z"])), ("[]", .array([])),
      ("{k: v}", .object([.init(key: "k", value: "v")])), ("7", .string("7")),
      ("true", .string("true")), ("[1, \"<\"]", .string("[1,\"\\u003c\"]")),
      ("{b: 1, a: x}", .string("{\"a\":\"x\",\"b\":1}")),
    ]
    for (text, value) in values {
      let run = pipelineRun("pipelineRef: {name: p}\nparams: [{name: a, value: \(text)}]")
      let set = manifests(run, sink: DiagnosticSink())
      #expect(set.pipelineRuns.first?.params.first?.value.value == value)
    }
  }

  @Test("types of declarations are inferred from properties and defaults")
  func inferredTypes() throws {
    let set = manifests(
      task(
        "params: [{name: a, default: [x]}, {name: b, properties: {k: {}}}, {name: c}]\nsteps: [{image: i}]"
      ), sink: DiagnosticSink())
    let params = try #require(set.tasks.first?.spec.params)
    #expect(params.map(\.type) == [.array, .object, .string])
  }

  @Test("v1beta1 fields land where v1 has them")
  func conversion() throws {
    let set = manifests(
      pipelineRun(
        """
        serviceAccountName: builder
        timeout: 45m
        podTemplate: {nodeSelector: {kubernetes.io/arch: arm64}}
        taskRunSpecs:
        - pipelineTaskName: a
          taskServiceAccountName: other
          taskPodTemplate: {nodeSelector: {kubernetes.io/arch: amd64}}
          stepOverrides: [{name: s, resources: {requests: {cpu: 100m}}}]
        pipelineSpec:
          tasks:
          - name: a
            taskSpec: {steps: [{name: s, image: i, resources: {requests: {memory: 1Gi}}}]}
        """, apiVersion: "tekton.dev/v1beta1"), sink: DiagnosticSink())
    let run = try #require(set.pipelineRuns.first)
    #expect(run.serviceAccountName == "builder")
    #expect(run.pipelineTimeout?.value == "45m")
    #expect(run.podTemplate?.nodeSelector.map(\.value) == ["arm64"])
    let spec = try #require(run.taskRunSpecs.first)
    #expect(spec.serviceAccountName == "other")
    #expect(spec.podTemplate?.nodeSelector.first?.value == "amd64")
    #expect(spec.stepSpecs.first?.resources.requests["cpu"] == Quantity(milli: 100))
    let step = try #require(run.pipelineSpec?.tasks.first?.taskSpec?.steps.first)
    #expect(step.resources.requests["memory"] == Quantity(1_073_741_824))
  }

  @Test("v1beta1 fields are unknown in v1 and the reverse")
  func versionsDiffer() {
    #expect(findings(in: pipelineRun("pipelineRef: {name: p}\ntimeout: 1h")) == ["6:3 E0012"])
    #expect(
      findings(
        in: pipelineRun(
          "pipelineRef: {name: p}\ntaskRunTemplate: {}", apiVersion: "tekton.dev/v1beta1"))
        == ["6:3 E0012"])
  }

  @Test("workspaces keep their sources")
  func workspaces() throws {
    let set = manifests(
      pipelineRun(
        """
        pipelineRef: {name: p}
        workspaces:
        - {name: a, emptyDir: {medium: Memory, sizeLimit: 1Ki}}
        - name: b
          subPath: s
          volumeClaimTemplate:
            spec:
              storageClassName: efs
              accessModes: [ReadWriteMany]
              resources: {requests: {storage: 10Gi}}
        """), sink: DiagnosticSink())
    let bindings = try #require(set.pipelineRuns.first?.workspaces)
    #expect(bindings[0].source == .emptyDir(inMemory: true, sizeLimit: Bytes(1024)))
    var claim = PersistentVolumeClaimSpec()
    claim.storageClassName = "efs"
    claim.accessModes = ["ReadWriteMany"]
    claim.storage = Quantity(10 * 1_073_741_824)
    #expect(bindings[1].source == .volumeClaimTemplate(name: nil, claim))
    #expect(bindings[1].subPath == "s")
  }

  @Test("the status of a live run is not read")
  func liveStatus() {
    let text = "apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: {name: r}\n"
    #expect(findings(in: text + "spec: {taskRef: {name: t}}\nstatus: {any: [thing]}\n") == [])
  }
}

@Suite("Go durations")
struct GoDurationTests {
  @Test(
    "texts read and print as in Go",
    arguments: [
      ("1h", "1h0m0s"), ("90m", "1h30m0s"), ("1.5h", "1h30m0s"), ("0", "0s"), ("25m", "25m0s"),
      ("-5m", "-5m0s"), ("1500ms", "1.5s"), ("300us", "300µs"), ("7ns", "7ns"), (".5s", "500ms"),
      ("1h2m3s", "1h2m3s"),
    ])
  func reads(text: String, printed: String) {
    #expect(GoDuration(text)?.description == printed)
  }

  @Test(
    "what is no duration",
    arguments: ["", "5", "h", "5 minutes", "1d", "1h-2m", ".", "9999999999h", "1.h.s"])
  func refuses(text: String) {
    #expect(GoDuration(text) == nil)
  }
}
