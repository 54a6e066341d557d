import GantryChecks
import GantryCloud
import GantryCompiler
import GantryManifests
import GantryModel

/// A pipeline in a few words, compiled with the built-in catalogue and looked at by all rules.
struct CheckFixture {
  /// Tasks of the pipeline, in order.
  var tasks: [Step] = []
  /// YAML entries of the run's workspaces.
  var workspaces: [String] = []
  /// Further lines of the run's spec.
  var runFields: [String] = []
  /// Further documents.
  var documents: [String] = []
  /// As on the command line: `path=value`.
  var settings: [String] = []

  /// One pipeline task with a task of its own that has one step.
  struct Step {
    var name: String
    var script = "sleep 1"
    var after: [String] = []
    /// `<workspace>` or `<workspace>:<subPath>`.
    var workspaces: [String] = []
    /// Labels that the pod's node must have.
    var selector: [String: String] = [:]
    var image = "registry.example.com/tool:1"
    /// Further fields of the step, such as `computeResources: {…}`.
    var stepFields: [String] = []
    /// Further fields of the pipeline task, such as `timeout: 5s`.
    var taskFields: [String] = []
    /// Further fields of the task's spec, such as `volumes: […]`.
    var specFields: [String] = []

    /// The label of an architecture.
    static func arch(_ name: String) -> [String: String] { ["kubernetes.io/arch": name] }
  }

  /// A claim template of a class, as an entry of the run's workspaces.
  static func claim(_ name: String, storageClass: String, mode: String) -> String {
    "{name: \(name), volumeClaimTemplate: {spec: {storageClassName: \(storageClass), "
      + "accessModes: [\(mode)], resources: {requests: {storage: 1Gi}}}}}"
  }

  /// All manifests as one text.
  var text: String {
    var all = tasks.map(Self.task)
    all.append(pipeline)
    all.append(run)
    return (all + documents).joined(separator: "\n---\n") + "\n"
  }

  private static func task(_ step: Step) -> String {
    let names = step.workspaces.map { $0.split(separator: ":")[0] }
    var lines = ["apiVersion: tekton.dev/v1", "kind: Task", "metadata: {name: \(step.name)-task}"]
    lines.append("spec:")
    if !names.isEmpty {
      lines.append("  workspaces: [\(names.map { "{name: \($0)}" }.joined(separator: ", "))]")
    }
    lines += step.specFields.map { "  " + $0 }
    lines += ["  steps:", "  - name: work", "    image: \"\(step.image)\""]
    lines += step.stepFields.map { "    " + $0 }
    lines.append("    script: |")
    lines += step.script.split(separator: "\n").map { "      " + $0 }
    return lines.joined(separator: "\n")
  }

  private var names: [String] {
    workspaces.compactMap { entry in
      entry.split(separator: ",").first?.split(separator: ":").last.map {
        $0.trimmingPrefix { $0 == " " }.description
      }
    }
  }

  private var pipeline: String {
    var lines = [
      "apiVersion: tekton.dev/v1", "kind: Pipeline", "metadata: {name: line}", "spec:",
    ]
    if !names.isEmpty {
      lines.append("  workspaces: [\(names.map { "{name: \($0)}" }.joined(separator: ", "))]")
    }
    lines.append("  tasks:")
    for task in tasks {
      lines += ["  - name: \(task.name)", "    taskRef: {name: \(task.name)-task}"]
      if !task.after.isEmpty {
        lines.append("    runAfter: [\(task.after.joined(separator: ", "))]")
      }
      lines += task.taskFields.map { "    " + $0 }
      if !task.workspaces.isEmpty { lines.append("    workspaces:") }
      for workspace in task.workspaces {
        let parts = workspace.split(separator: ":")
        let subPath = parts.count > 1 ? ", subPath: \(parts[1])" : ""
        lines.append("    - {name: \(parts[0]), workspace: \(parts[0])\(subPath)}")
      }
    }
    return lines.joined(separator: "\n")
  }

  private var run: String {
    var lines = [
      "apiVersion: tekton.dev/v1", "kind: PipelineRun", "metadata: {name: line-run}", "spec:",
      "  pipelineRef: {name: line}",
    ]
    lines += runFields.map { "  " + $0 }
    if !workspaces.isEmpty { lines.append("  workspaces:") }
    lines += workspaces.map { "  - " + $0 }
    let selected = tasks.filter { !$0.selector.isEmpty }
    if !selected.isEmpty { lines.append("  taskRunSpecs:") }
    for task in selected {
      let labels = task.selector.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      lines += [
        "  - pipelineTaskName: \(task.name)",
        "    podTemplate: {nodeSelector: {\(labels.joined(separator: ", "))}}",
      ]
    }
    return lines.joined(separator: "\n")
  }

  /// What the rules find; the findings of reading and compiling come with them.
  func findings() throws -> [Diagnostic] {
    let sink = DiagnosticSink()
    let text = text
    let input = InputReader(standardInput: { Array(text.utf8) })
    let set = try ManifestReader.read(paths: ["-"], input: input, sink: sink).manifests
    let read = try ScenarioFileReader.read(path: nil, settings: settings, sink: sink)
    let place = SourceLocation(file: "<test>", line: 1, column: 1)
    var compiler = CompilerInput(
      scenario: read.file ?? ScenarioFile(location: place), name: "line", manifests: set,
      cluster: set, clusterOrigin: nil, catalog: try Catalog(folder: try CatalogFolder.builtIn()))
    compiler.needsRuns = false
    guard !sink.hasErrors, let compilation = ScenarioCompiler(compiler, sink: sink).compile() else {
      throw Refused(findings: sink.diagnostics.map(\.message))
    }
    let subject = CheckSubject(
      compilation: compilation, manifests: set, cluster: set, catalog: compiler.catalog)
    return sink.diagnostics + CheckRules.findings(in: subject)
  }

  /// The findings of one code.
  func findings(_ code: String) throws -> [Diagnostic] {
    try findings().filter { $0.code == code }
  }

  /// The findings that kept the input from being compiled.
  struct Refused: Error {
    var findings: [String]
  }
}

extension CheckFixture {
  /// One task on nodes that have some labels.
  static func one(_ step: Step, settings: [String] = []) -> CheckFixture {
    CheckFixture(tasks: [step], settings: settings)
  }
}
