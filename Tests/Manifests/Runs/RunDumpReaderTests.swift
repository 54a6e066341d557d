import GantryModel
import Testing

@testable import GantryManifests

@Suite("dumps of real runs are read")
struct RunDumpReaderTests {
  private func read(_ text: String) throws -> (dump: RunDump, findings: [Diagnostic]) {
    let sink = DiagnosticSink()
    let input = InputReader(standardInput: { Array(text.utf8) })
    return (try RunDumpReader.read(["-"], input: input, sink: sink).dump, sink.diagnostics)
  }

  private let taskRun = """
    {"apiVersion": "tekton.dev/v1", "kind": "TaskRun",
     "metadata": {"name": "r-build", "namespace": "ci", "uid": "1",
       "creationTimestamp": "2026-01-31T08:00:00Z",
       "labels": {"tekton.dev/pipelineRun": "r", "tekton.dev/pipeline": "p",
         "tekton.dev/pipelineTask": "build", "tekton.dev/task": "buildah"},
       "ownerReferences": [{"kind": "PipelineRun", "name": "r"}]},
     "spec": {"podTemplate": {"nodeSelector": {"kubernetes.io/arch": "arm64"}}},
     "status": {"podName": "r-build-pod", "startTime": "2026-01-31T08:00:01Z",
       "completionTime": "2026-01-31T08:01:00Z",
       "conditions": [{"type": "Succeeded", "status": "True", "reason": "Succeeded"}],
       "retriesStatus": [{}],
       "steps": [{"name": "bud", "container": "step-bud", "terminationReason": "Completed",
         "terminated": {"exitCode": 0, "startedAt": "2026-01-31T08:00:09Z",
           "finishedAt": "2026-01-31T08:00:59Z", "reason": "Completed"}}]}}
    """

  @Test("a list of TaskRuns, pods and nodes; other kinds are counted")
  func list() throws {
    let text = """
      {"kind": "List", "items": [\(taskRun),
        {"kind": "Pod", "metadata": {"name": "r-build-pod", "namespace": "ci"},
         "spec": {"nodeName": "n", "nodeSelector": {"beta.kubernetes.io/arch": "arm64"}}},
        {"kind": "Node", "metadata": {"name": "n", "labels": {
          "beta.kubernetes.io/instance-type": "m6g.2xlarge"}},
         "status": {"nodeInfo": {"architecture": "arm64"}}},
        {"kind": "Secret", "metadata": {"name": "s"}}, \(taskRun)]}
      """
    let (dump, findings) = try read(text)
    #expect(findings == [])
    let found = try #require(dump.taskRuns.first)
    #expect(dump.taskRuns.count == 1 && dump.repeated == 1 && dump.skipped == ["Secret": 1])
    #expect(
      [found.pipelineRun, found.pipeline, found.pipelineTask, found.task, found.pod] == [
        "r", "p", "build", "buildah", "r-build-pod",
      ])
    #expect(found.architecture == "arm64" && found.retries == 1)
    let started = try #require(found.times.started)
    #expect(found.times.created == started - 1 && found.times.completed == started + 59)
    #expect(found.steps.map(\.name) == ["bud"])
    #expect(found.steps[0].started == started + 8 && found.steps[0].finished == started + 58)
    #expect(
      dump.pods == [
        ObservedPod(name: "r-build-pod", namespace: "ci", node: "n", architecture: "arm64")
      ])
    #expect(
      dump.nodes == [
        ObservedNode(name: "n", instanceType: "m6g.2xlarge", architecture: "arm64")
      ])
  }

  @Test("single objects, lists of one kind, arrays and YAML")
  func forms() throws {
    let untyped = taskRun.replacing("\"kind\": \"TaskRun\",", with: "")
    for text in [
      taskRun, "[\(taskRun)]", "{\"kind\": \"TaskRunList\", \"items\": [\(untyped)]}",
      "kind: TaskRun\nmetadata: {name: a}\nstatus: {startTime: \"2026-01-31T08:00:00Z\"}\n",
    ] {
      let (dump, findings) = try read(text)
      #expect(findings == [])
      #expect(dump.taskRuns.count == 1)
    }
  }

  @Test("TaskRuns in the status of an old PipelineRun; an object of its own wins")
  func embedded() throws {
    let run = """
      {"apiVersion": "tekton.dev/v1beta1", "kind": "PipelineRun",
       "metadata": {"name": "r", "namespace": "ci", "labels": {"tekton.dev/pipeline": "r"}},
       "status": {"startTime": "2026-01-31T08:00:00Z",
         "taskRuns": {
           "r-build": {"pipelineTaskName": "build", "status": {"podName": "x"}},
           "r-push": {"pipelineTaskName": "push", "status": {"steps": [{"name": "s",
             "terminated": {"startedAt": "2026-01-31T08:00:09Z"}}]}}}}}
      """
    let (dump, findings) = try read("[\(run), \(taskRun)]")
    #expect(findings == [])
    #expect(dump.taskRuns.map(\.name) == ["r-build", "r-push"])
    #expect(dump.taskRuns[0].pod == "r-build-pod")
    #expect(dump.taskRuns[1].pipelineRun == "r" && dump.taskRuns[1].pipelineTask == "push")
    #expect(dump.taskRuns[1].steps[0].finished == nil)
    // A run with a specification of its own is labelled with its own name.
    #expect(dump.pipelineRuns.map(\.pipeline) == [nil])
  }

  @Test(
    "what is wrong is said at its place",
    arguments: [
      ("", "E0080", 1, 1), ("{\"kind\": \"TaskRun\"", "E0001", 1, 19), ("7", "E0080", 1, 1),
      ("{\"metadata\": {}}", "E0080", 1, 1), ("{\"kind\": \"TaskRun\"}", "E0080", 1, 1),
      ("{\"kind\": \"List\", \"items\": 3}", "E0011", 1, 27),
      (
        "{\"kind\": \"TaskRun\", \"metadata\": {\"name\": \"a\"},\n \"status\": {\"startTime\": \"noon\"}}",
        "E0081", 2, 26
      ),
      (
        "{\"kind\": \"TaskRun\", \"metadata\": {\"name\": \"a\"},\n \"status\": {\"startTime\": 12}}",
        "E0011", 2, 26
      ),
      (
        "{\"kind\": \"TaskRun\", \"metadata\": {\"name\": \"a\"},\n \"status\": {\"steps\": 1}}",
        "E0011",
        2, 22
      ),
      (
        "{\"kind\": \"PipelineRun\", \"metadata\": {\"name\": \"a\"},\n \"status\": {\"taskRuns\": []}}",
        "E0011", 2, 25
      ),
    ])
  func wrong(text: String, code: String, line: Int, column: Int) throws {
    let findings = try read(text).findings
    #expect(findings.map(\.code) == [code])
    #expect(findings.first?.location == Place(file: "<stdin>", line: line, column: column))
  }

  @Test(
    "times of RFC 3339",
    arguments: [
      ("1970-01-01T00:00:00Z", 0.0), ("2000-02-29T12:00:00Z", 951_825_600),
      ("2026-01-31T08:00:00.250Z", 1_769_846_400.25), ("2026-01-31T09:00:00+01:00", 1_769_846_400),
      ("1969-12-31T23:59:59Z", -1),
    ])
  func times(text: String, seconds: Double) {
    #expect(RFC3339.seconds(text) == seconds)
  }

  @Test(
    "what is no time",
    arguments: [
      "", "2026-01-31", "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
      "2026-01-31T24:00:00Z", "2026-01-31T08:00:00", "2026-01-31T08:00:00.Z",
      "2026-01-31T08:00:00Zx", "2026-01-31 08:00:00Z", "２026-01-31T08:00:00Z",
    ])
  func noTime(text: String) {
    #expect(RFC3339.seconds(text) == nil)
  }
}
