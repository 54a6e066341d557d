import GantryModel
import GantryTestSupport
import Testing

@testable import GantryManifests

@Suite("Built-in tasks")
struct BuiltInTasksTests {
  @Test(
    "every task reads without findings and is valid",
    arguments: (BuiltInTasks.sources + BuiltInTasks.openShiftSources).map(\.name))
  func valid(name: String) throws {
    let source = try #require(
      (BuiltInTasks.sources + BuiltInTasks.openShiftSources).first { $0.name == name })
    let sink = DiagnosticSink()
    var task = try #require(BuiltInTasks.read(source, sink: sink))
    #expect(task.isBuiltIn && task.name.value == name.split(separator: "/").last.map(String.init))
    #expect(task.name.location.file == "<built-in>/\(name).yaml")
    // The validator passes built-in tasks by; as a user's own it must be valid too.
    task.isBuiltIn = false
    var set = ManifestSet()
    set.tasks = [task]
    for version in TektonVersion.allCases {
      TektonValidator.validate(set, level: .stable, version: version, sink: sink)
    }
    #expect(sink.diagnostics.map(\.message) == [])
  }

  @Test("a task comes as the kind that is asked for")
  func kinds() {
    #expect(BuiltInTasks.task(named: "git-clone", kind: "ClusterTask")?.kind == "ClusterTask")
    #expect(BuiltInTasks.task(named: "git-clone", kind: "Task")?.isBuiltIn == true)
    #expect(BuiltInTasks.task(named: "git-clone", kind: "Pipeline") == nil)
    #expect(BuiltInTasks.task(named: "nothing", kind: "Task") == nil)
  }

  @Test("the tasks of OpenShift Pipelines have their own spelling")
  func openShift() throws {
    let namespace = BuiltInTasks.openShiftNamespace
    let task = try #require(BuiltInTasks.task(named: "\(namespace)/git-clone", kind: "Task"))
    #expect(task.spec.params.contains { $0.name.value == "URL" && $0.defaultValue == nil })
    #expect(task.spec.results.map(\.name.value) == ["COMMIT", "URL", "COMMITTER_DATE"])
    #expect(BuiltInTasks.openShiftSources.allSatisfy { $0.name.hasPrefix("\(namespace)/") })
    #expect(!BuiltInTasks.names.contains { $0.contains("/") })
  }

  @Test("scripts hold the commands that work models look for")
  func commands() {
    func text(_ name: String) -> String {
      let steps = BuiltInTasks.task(named: name, kind: "Task")?.spec.steps ?? []
      return steps.map { ($0.script?.value ?? "") + ($0.command + $0.args).joined(separator: " ") }
        .joined()
    }
    #expect(text("git-clone").contains("git clone"))
    #expect(text("maven").contains("mvn"))
    #expect(text("buildah").contains(" bud ") && text("buildah").contains(" push "))
    #expect(text("npm").contains("npm"))
    #expect(text("skopeo-copy").contains("skopeo copy"))
  }

  @Test("references in real pipelines name parameters, workspaces and results that exist")
  func realReferences() throws {
    let verdicts = try TektonGolden.find().cases("v1.15.0").flatMap(GoldenDocuments.verdicts)
    var set = ManifestSet()
    for verdict in verdicts {
      guard let node = verdict.node else { continue }
      TektonDecoder.decode(
        kind: verdict.kind, apiVersion: verdict.apiVersion, node: node, into: &set,
        sink: DiagnosticSink())
    }
    let specs = set.pipelines.map(\.spec) + set.pipelineRuns.compactMap(\.pipelineSpec)
    var unknown: Set<String> = []
    for task in specs.flatMap({ $0.tasks + $0.finally }) {
      guard let name = task.taskRef?.name?.value, task.taskRef?.resolver == nil,
        let known = BuiltInTasks.task(named: name, kind: task.taskRef?.kind ?? "Task")
      else { continue }
      let params = Set(known.spec.params.map(\.name.value))
      let workspaces = Set(known.spec.workspaces.map(\.name.value))
      unknown.formUnion(
        task.params.map(\.name.value).filter { !params.contains($0) }.map { "\(name) \($0)" })
      unknown.formUnion(
        task.workspaces.map(\.name.value).filter { !workspaces.contains($0) }
          .map { "\(name) \($0)" })
    }
    #expect(unknown.sorted() == [])
  }
}
