import Foundation
import GantryManifests
import GantryModel
import GantryUnits
import Testing

@testable import GantryCompiler

/// Reads Tekton objects and resolves them.
struct Resolution {
  var runs: [ResolvedPipelineRun]
  var findings: [Diagnostic]

  init(
    _ text: String, version: TektonVersion = .v1_15, coschedule: CoscheduleMode = .workspaces,
    change: (inout ResolverInput) -> Void = { _ in }
  ) {
    let sink = DiagnosticSink()
    var set = ManifestSet()
    for node in YAMLLoader.load(text, file: "a.yaml", sink: sink) {
      guard case .string(let kind)? = node["kind"]?.content else { continue }
      TektonDecoder.decode(
        kind: kind, apiVersion: "tekton.dev/v1", node: node, into: &set, sink: sink)
    }
    var input = ResolverInput(
      manifests: set,
      configuration: TektonConfiguration(version: version, coschedule: coschedule))
    change(&input)
    runs = PipelineRunResolver(input, sink: sink).resolve()
    findings = sink.diagnostics
  }

  /// The findings as `line:column code message`.
  var texts: [String] {
    findings.map {
      "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.code) \($0.message)"
        + ($0.suggestion.map { " (\($0))" } ?? "")
    }
  }
}

private let task = """
  kind: Task
  apiVersion: tekton.dev/v1
  metadata: {name: build}
  spec:
    params: [{name: image}, {name: flags, type: array, default: [a]}]
    workspaces: [{name: src}, {name: cache, optional: true}]
    results: [{name: digest}]
    steps:
    - name: s
      image: $(params.image)
      args: ["--", "$(params.flags[*])"]
      workingDir: $(workspaces.src.path)/x
      script: echo $(workspaces.cache.bound) $(results.digest.path)

  """

private func run(_ tasks: String, spec: String = "") -> String {
  task + """
    ---
    kind: PipelineRun
    apiVersion: tekton.dev/v1
    metadata: {name: r}
    spec:
      \(spec)
      workspaces: [{name: w, persistentVolumeClaim: {claimName: c}, subPath: a/}]
      pipelineSpec:
        workspaces: [{name: w}]
        tasks:
        \(tasks)

    """
}

@Suite("Tekton: resolving runs")
struct RunResolutionTests {
  @Test("parameters, workspaces and subPaths reach the step")
  func step() throws {
    let resolution = Resolution(
      run(
        "- {name: t, taskRef: {name: build}, params: [{name: image, value: i}, "
          + "{name: flags, value: [b, c]}], workspaces: [{name: src, workspace: w, subPath: d}]}"))
    let taskRun = try #require(resolution.runs.first?.tasks.first?.taskRuns.first)
    let step = taskRun.steps[0]
    #expect(step.image == "i" && step.args == ["--", "b", "c"])
    #expect(step.workingDir == "/workspace/src/x")
    #expect(step.script == "echo false /tekton/results/digest")
    #expect(taskRun.workspaces[0].binding == .claim(0))
    #expect(taskRun.workspaces[0].subPath == "a/d")
    #expect(taskRun.workspaces[1].binding == .unbound)
    #expect(taskRun.initContainers == ["prepare", "place-scripts", "working-dir-initializer"])
    #expect(taskRun.effectiveRequests.isEmpty && resolution.texts.isEmpty)
  }

  @Test("an absent task refuses the run at its place, with the nearest name")
  func absentTask() {
    let resolution = Resolution(run("- {name: t, taskRef: {name: biuld}}"))
    #expect(resolution.runs[0].failure?.reason == "CouldntGetTask")
    #expect(
      resolution.texts == [
        "24:33 E0413 the run would fail with CouldntGetTask: couldn't find Task 'biuld' "
          + "(did you mean 'build'?)"
      ])
  }

  @Test("a missing parameter names it and the misspelt one")
  func missingParameter() {
    let resolution = Resolution(
      run("- {name: t, taskRef: {name: build}, params: [{name: imgae, value: i}]}"))
    #expect(resolution.runs[0].failure?.reason == "PipelineValidationFailed")
    #expect(resolution.texts.count == 1)
    #expect(resolution.texts[0].hasPrefix("24:7 E0415"))
    #expect(resolution.texts[0].hasSuffix("('imgae' is given: is 'image' meant?)"))
  }

  @Test(
    "a value that the run lacks is told where values are given",
    arguments: [
      ("  params: [{name: tga, value: x}]\n", "5:19 E0405", "is 'tag' meant?)"),
      ("  params: [{name: other, value: x}]\n", "5:11 E0405", "[tag])"),
      ("", "5:18 E0405", "[tag])"),
    ])
  func missingValue(params: String, start: String, end: String) {
    let text = """
      kind: PipelineRun
      apiVersion: tekton.dev/v1
      spec:
        pipelineSpec: {params: [{name: tag}], tasks: [{name: t, taskRef: {name: u}}]}
      \(params)metadata: {name: r}
      """
    let texts = Resolution(text).texts
    #expect(texts.count == 1 && texts[0].hasPrefix(start) && texts[0].hasSuffix(end), "\(texts)")
  }

  @Test("two claims in one TaskRun are refused only where an assistant is per workspace")
  func twoClaims() {
    let text = """
      kind: TaskRun
      apiVersion: tekton.dev/v1
      metadata: {name: r}
      spec:
        taskSpec:
          workspaces: [{name: a}, {name: b}]
          steps: [{name: s, image: i}]
        workspaces:
        - {name: a, persistentVolumeClaim: {claimName: c1}}
        - {name: b, persistentVolumeClaim: {claimName: c2}}
      """
    let refused = Resolution(text)
    let rejection = refused.runs[0].tasks[0].taskRuns[0].rejection
    #expect(rejection?.reason == "TaskRunValidationFailed")
    #expect(rejection?.message == "[User error] more than one PersistentVolumeClaim is bound")
    #expect(Resolution(text, coschedule: .disabled).runs[0].tasks[0].taskRuns[0].rejection == nil)
    let same = Resolution(text.replacing("c2", with: "c1"))
    #expect(same.runs[0].tasks[0].taskRuns[0].rejection == nil)
    #expect(same.runs[0].claims.count == 1)
  }

  @Test("a custom task is named, and let be with an assumed duration")
  func customTask() {
    let tasks = "- {name: t, taskRef: {apiVersion: example.dev/v1, kind: Wait, name: x}}"
    let refused = Resolution(run(tasks))
    #expect(refused.runs[0].tasks[0].unsupported?.contains("example.dev/v1/Wait") ?? false)
    #expect(refused.texts.count == 1 && refused.texts[0].contains("E0414"))
    let assumed = Resolution(run(tasks)) { $0.assumedDurations = ["t": 60] }
    #expect(assumed.texts.isEmpty && assumed.runs[0].tasks[0].assumedDuration == 60)
  }

  @Test("a TaskRun's task is a Task whatever kind it says; a pipeline task's is not")
  func kindOfTask() {
    let reference = "taskRef: {name: build, kind: task}"
    let text =
      task + "---\nkind: TaskRun\napiVersion: tekton.dev/v1\nmetadata: {name: r}\n"
      + "spec: {\(reference), params: [{name: image, value: i}], workspaces: [{name: src, emptyDir: {}}]}"
    for version in TektonVersion.allCases {
      let resolution = Resolution(text, version: version)
      #expect(resolution.texts == [])
      #expect(resolution.runs[0].tasks[0].unsupported == nil)
      #expect(resolution.runs[0].tasks[0].taskRuns.first?.steps.count == 1)
    }
    #expect(Resolution(run("- {name: t, \(reference)}")).runs[0].failure != nil)
  }

  @Test(
    "the cluster resolver finds OpenShift's tasks in their namespace, the catalogue's elsewhere")
  func openShiftTask() throws {
    func resolution(_ namespace: String, _ parameter: String) -> Resolution {
      Resolution(
        run(
          "- {name: t, taskRef: {resolver: cluster, params: [{name: kind, value: task}, "
            + "{name: name, value: git-clone}, {name: namespace, value: \(namespace)}]}, "
            + "params: [{name: \(parameter), value: u}], workspaces: [{name: output, workspace: w}]}"
        )
      ) { $0.builtInTask = { BuiltInTasks.task(named: $0, kind: $1) } }
    }
    let own = resolution("openshift-pipelines", "URL")
    #expect(own.texts == [] && own.runs[0].failure == nil)
    let script = try #require(own.runs[0].tasks[0].taskRuns.first?.steps.first?.script)
    #expect(script.contains("--no-checkout \"u\""))
    #expect(own.runs[0].tasks[0].taskName == "git-clone")
    #expect(resolution("tools", "url").runs[0].failure == nil)
    #expect(resolution("tools", "URL").runs[0].failure?.reason == "PipelineValidationFailed")
  }

  @Test("a value of another type than declared refuses the run at its place")
  func wrongType() {
    let resolution = Resolution(
      run("- {name: t, taskRef: {name: build}, params: [{name: image, value: [a, b]}]}"))
    #expect(resolution.runs[0].failure?.reason == "PipelineValidationFailed")
    #expect(resolution.findings.map(\.code) == ["E0415"])
  }

  @Test("a TaskRun that Tekton will refuse is told and played out")
  func rejection() {
    let resolution = Resolution(
      run("- {name: t, taskRef: {name: build}, params: [{name: image, value: i}]}"))
    #expect(resolution.runs[0].failure == nil)
    #expect(
      resolution.runs[0].tasks[0].taskRuns[0].rejection?.message
        == "[User error] declared workspace \"src\" is required but has not been bound")
    #expect(resolution.findings.map(\.code) == ["W0425"])
  }

  @Test("known results decide conditions; unknown ones are taken to hold, and said so")
  func results() {
    let tasks = """
      - {name: a, taskRef: {name: build}, params: [{name: image, value: i}], workspaces: [{name: src, workspace: w}]}
          - {name: b, taskRef: {name: build}, params: [{name: image, value: $(tasks.a.results.digest)}], workspaces: [{name: src, workspace: w}], when: [{input: $(tasks.a.results.digest), operator: in, values: [x]}]}
      """
    let unknown = Resolution(run(tasks))
    #expect(unknown.runs[0].tasks[1].whenHolds && unknown.findings.map(\.code) == ["N0412"])
    #expect(unknown.runs[0].tasks[1].dependencies == [0])
    let known = Resolution(run(tasks)) { $0.results = ["a.digest": "y"] }
    #expect(!known.runs[0].tasks[1].whenHolds && known.findings.isEmpty)
    #expect(known.runs[0].tasks[1].taskRuns[0].steps[0].image == "y")
  }

  @Test("defaults refer to other parameters since v1 only")
  func defaults() {
    let text = """
      kind: Pipeline
      apiVersion: tekton.dev/v1
      metadata: {name: p}
      spec:
        params: [{name: a, default: "$(params.b)-1"}, {name: b, default: "$(params.c)"}, {name: c, default: z}]
        tasks:
        - {name: t, taskSpec: {steps: [{name: s, image: "$(params.a)"}]}}
      """
    #expect(Resolution(text).runs[0].tasks[0].taskRuns[0].steps[0].image == "z-1")
    let old = Resolution(text, version: .v0_59).runs[0]
    #expect(old.tasks[0].taskRuns[0].steps[0].image == "$(params.b)-1")
    #expect(old.isMadeUp && old.name.value == "auto")
    #expect(Resolution(text).findings.map(\.code) == ["N0401"])
  }

  @Test("defaults that refer to each other, or grow without end, do no harm")
  func hostileDefaults() {
    var params = ["{name: p0, default: \"$(params.p30)$(params.p30)\"}"]
    for index in 1...30 {
      params.append(
        "{name: p\(index), default: \"$(params.p\(index - 1))$(params.p\(index - 1))\"}")
    }
    let text = """
      kind: Pipeline
      apiVersion: tekton.dev/v1
      metadata: {name: p}
      spec:
        params: [\(params.joined(separator: ", "))]
        tasks:
        - {name: t, taskSpec: {steps: [{name: s, image: i}]}}
      """
    let refused = Resolution(text)
    #expect(refused.runs[0].failure?.reason == "PipelineValidationFailed")
    #expect(refused.findings.map(\.code) == ["N0401", "E0426"])
    #expect(Resolution(text, version: .v0_59).runs[0].failure == nil)
  }

  @Test("mutated lines of a run end in findings, never in a crash", arguments: 0..<30)
  func mutatedRun(seed: Int) {
    let source =
      run(
        "- {name: a, taskRef: {name: build}, params: [{name: image, value: $(params.i)}], "
          + "workspaces: [{name: src, workspace: w}]}\n"
          + "    - {name: b, runAfter: [a], taskRef: {name: build}, matrix: {params: "
          + "[{name: image, value: [x, $(tasks.a.results.digest)]}], include: [{params: "
          + "[{name: image, value: z}]}]}, workspaces: [{name: src, workspace: w}], retries: 1}\n"
          + "    - {name: c, when: [{input: $(tasks.a.results.digest), operator: in, values: [y]}], "
          + "timeout: 1m, taskSpec: {steps: [{image: i, script: echo $(tasks.a.status)}]}}",
        spec: "params: [{name: i, value: v}]")
    let lines = source.components(separatedBy: "\n")
    let values = [
      "-1", "99999999999999999999", "[[a]]", "{a: {b: c}}", "~", "yes", "''", "1e400", "9999999h",
      "$(params.i[99999999999999999999])", "$(tasks.a.results.digest[*])", "$(params['i')", "*x",
      "\u{1F4A9}",
    ]
    var random = RandomNumbers(seed: seed)
    for _ in 0..<40 {
      var mutant = lines
      for _ in 0...random.below(3) {
        let at = random.below(mutant.count)
        switch random.below(5) {
        case 0: mutant.remove(at: at)
        case 1: mutant.insert(mutant[at], at: at)
        case 2: mutant.swapAt(at, random.below(mutant.count))
        case 3:
          // One value of the line becomes another.
          let parts = mutant[at].components(separatedBy: ": ")
          guard parts.count > 1 else { continue }
          let part = 1 + random.below(parts.count - 1)
          let tail = parts[part].drop { !",]}".contains($0) }
          var changed = parts
          changed[part] = values[random.below(values.count)] + tail
          mutant[at] = changed.joined(separator: ": ")
        default:
          mutant[at] = String(mutant[at].prefix(random.below(mutant[at].count + 1)))
        }
        if mutant.isEmpty { break }
      }
      let text = mutant.joined(separator: "\n")
      let version = TektonVersion.allCases[random.below(TektonVersion.allCases.count)]
      for finding in Resolution(text, version: version).findings {
        // Every finding has something to say and, if it has a place, one inside the text.
        #expect(!finding.message.isEmpty && (finding.location?.line ?? 1) <= mutant.count + 1)
      }
    }
  }

  @Test("a cycle and an unknown predecessor are refused with Tekton's words")
  func graphs() {
    let cycle = Resolution(
      run(
        """
        - {name: a, runAfter: [b], taskSpec: {steps: [{name: s, image: i}]}}
            - {name: b, runAfter: [a], taskSpec: {steps: [{name: s, image: i}]}}
        """))
    #expect(cycle.runs[0].failure?.reason == "PipelineInvalidGraph")
    #expect(
      cycle.runs[0].failure?.message.hasSuffix("cycle detected; task \"a\" depends on \"b\"")
        ?? false
    )
    let ghost = Resolution(
      run("- {name: a, runAfter: [g], taskSpec: {steps: [{name: s, image: i}]}}"))
    #expect(
      ghost.runs[0].failure?.message.hasSuffix(
        "task a depends on g but g wasn't present in Pipeline") ?? false)
  }
}

/// Numbers from a seed, the same on every run.
private struct RandomNumbers {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
