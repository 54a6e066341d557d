import GantryModel
import Testing

@testable import GantryCompiler

@Suite("Tekton: results of a pipeline")
struct PipelineResultTests {
  /// Task a returns texts, a list and an object, the final task z a text.
  private func run(_ results: String) -> String {
    """
    kind: PipelineRun
    metadata: {name: r}
    spec:
      pipelineSpec:
        results: [\(results)]
        tasks:
        - name: a
          taskSpec:
            results:
            - {name: url}
            - {name: digest}
            - {name: list, type: array}
            - {name: map, type: object, properties: {k: {}, l: {}}}
            steps: [{image: i, script: x}]
        finally:
        - name: z
          taskSpec: {results: [{name: report}], steps: [{image: i, script: x}]}
    """
  }

  private func results(
    _ text: String, values: [String: String] = [:]
  ) throws -> [PlannedResult] {
    let resolution = Resolution(run(text)) { $0.results = values }
    #expect(resolution.texts == [])
    return try #require(resolution.runs.first).results
  }

  @Test("each names the tasks' results in it, those of final tasks too; values are not known")
  func uses() throws {
    let found = try results(
      """
      {name: image, value: "$(tasks.a.results.url)@$(tasks.a.results['digest'])"},
      {name: report, value: $(finally.z.results.report)}
      """)
    #expect(found.map(\.name) == ["image", "report"])
    #expect(found[0].uses.map { "\($0.task) \($0.result)" } == ["0 url", "0 digest"])
    #expect(found[1].uses.map { "\($0.task) \($0.result)" } == ["1 report"])
    #expect(found.allSatisfy { $0.value == nil })
  }

  @Test("values that the caller gives are put in, whole lists, elements and keys too")
  func values() throws {
    let found = try results(
      """
      {name: image, value: "$(tasks.a.results.url)@$(tasks.a.results.digest)"},
      {name: half, value: "$(tasks.a.results.url)$(finally.z.results.report)"},
      {name: all, value: "$(tasks.a.results.list[*])"},
      {name: second, value: "$(tasks.a.results.list[1])"},
      {name: key, value: "$(tasks.a.results.map.k)"},
      {name: both, value: {p: "$(tasks.a.results.map.l)", q: "$(tasks.a.results.url)"}}
      """,
      values: [
        "a.url": "q/i", "a.digest": "sha", "a.list": #"["p","q"]"#, "a.map": #"{"k":"1","l":"2"}"#,
      ])
    #expect(
      found.map(\.value) == [
        .string("q/i@sha"), nil, .array(["p", "q"]), .string("q"), .string("1"),
        .object([.init(key: "p", value: "2"), .init(key: "q", value: "q/i")]),
      ])
  }

  @Test("an element that a given list does not have is not there when its turn comes")
  func outOfRange() throws {
    let found = try results(
      #"{name: third, value: "$(tasks.a.results.list[2])"}, {name: key, value: "$(tasks.a.results.map.m)"}"#,
      values: ["a.list": #"["p","q"]"#, "a.map": #"{"k":"1","l":"2"}"#])
    #expect(found.flatMap(\.uses).map(\.isReturned) == [false, false])
    #expect(found.allSatisfy { $0.value == nil })
  }

  @Test("a result that its task does not declare refuses the run, a final task's too")
  func undeclared() throws {
    for (text, task) in [("tasks.a", "a"), ("finally.z", "z")] {
      let resolution = Resolution(run("{name: out, value: $(\(text).results.digst)}"))
      let run = try #require(resolution.runs.first)
      #expect(run.failure?.reason == "InvalidPipelineResultReference")
      #expect(
        run.failure?.message
          == "invalid pipeline result \"out\": \"digst\" is not a named result returned by pipeline task "
          + "\"\(task)\"")
      #expect(resolution.findings.map(\.code) == ["E0424"])
      #expect(resolution.findings.first?.location?.line == 5)
    }
  }
}

@Suite("Tekton: a TaskRun with two claims")
struct TwoClaimTests {
  private let text = """
    kind: PipelineRun
    metadata: {name: r}
    spec:
      workspaces:
      - {name: v, persistentVolumeClaim: {claimName: c}}
      - {name: w, persistentVolumeClaim: {claimName: d}}
      pipelineSpec:
        workspaces: [{name: v}, {name: w}]
        tasks:
        - name: t
          workspaces: [{name: v}, {name: w}]
          taskSpec: {workspaces: [{name: v}, {name: w}], steps: [{image: i, script: x}]}
    """

  @Test("the warning says what to do, in the words of the version")
  func remedy() throws {
    for (version, flag) in [
      (TektonVersion.v0_59, "disable-affinity-assistant: \"true\""),
      (.v1_15, "coschedule: disabled"),
    ] {
      let finding = try #require(Resolution(text, version: version).findings.first)
      #expect(finding.code == "W0425")
      #expect(finding.message.hasSuffix("more than one PersistentVolumeClaim is bound"))
      let help = try #require(finding.suggestion)
      #expect(help.contains("bind one claim to all of its workspaces, each with a subPath"))
      #expect(help.contains(flag))
    }
    #expect(Resolution(text, coschedule: .disabled).findings.isEmpty)
  }
}
