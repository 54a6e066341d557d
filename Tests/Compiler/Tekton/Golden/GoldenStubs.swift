import GantryManifests
import GantryModel
import GantryTestSupport

@testable import GantryCompiler

/// Tasks that inputs refer to and do not contain: they take every workspace given and return every
/// result asked for.
struct GoldenStubs {
  private var workspaces: [String: Set<String>] = [:]
  private var results: [String: Set<String>] = [:]
  private let place = SourceLocation(file: "stub", line: 1, column: 1)

  init(set: ManifestSet) {
    let specs = set.pipelines.map(\.spec) + set.pipelineRuns.compactMap(\.pipelineSpec)
    for spec in specs {
      var names: [String: String] = [:]
      for task in spec.tasks + spec.finally {
        let name = task.taskRef?.name?.value ?? task.taskRef?.resolver.map { "remote \($0)" } ?? ""
        names[task.name.value] = name
        workspaces[name, default: []].formUnion(task.workspaces.map(\.name.value))
      }
      for task in spec.tasks + spec.finally {
        for use in PipelineGraph.resultUses(of: task) {
          guard let name = names[use.expression.task] else { continue }
          results[name, default: []].insert(use.expression.result)
        }
      }
    }
  }

  /// Puts names of local tasks in the place of remote references.
  static func replaceRemoteReferences(in set: inout ManifestSet) {
    for index in set.pipelines.indices { replace(in: &set.pipelines[index].spec) }
    for index in set.pipelineRuns.indices {
      guard var spec = set.pipelineRuns[index].pipelineSpec else { continue }
      replace(in: &spec)
      set.pipelineRuns[index].pipelineSpec = spec
    }
  }

  private static func replace(in spec: inout PipelineSpec) {
    func local(_ task: inout PipelineTask) {
      guard let reference = task.taskRef, reference.resolver != nil else { return }
      task.taskRef = Reference(
        name: Located("remote-\(task.name.value)", at: reference.location),
        location: reference.location)
    }
    for index in spec.tasks.indices { local(&spec.tasks[index]) }
    for index in spec.finally.indices { local(&spec.finally[index]) }
  }

  func task(_ name: String, kind: String) -> Task? {
    var spec = TaskSpec(location: place)
    spec.workspaces = (workspaces[name] ?? []).sorted().map {
      var workspace = WorkspaceDeclaration(name: Located($0, at: place))
      workspace.optional = true
      return workspace
    }
    spec.results = (results[name] ?? []).sorted().map { ResultSpec(name: Located($0, at: place)) }
    var step = Step(location: place)
    step.name = "s"
    spec.steps = [step]
    return Task(
      kind: kind, apiVersion: "tekton.dev/v1", name: Located(name, at: place), spec: spec)
  }
}

/// The results that the scenarios' tasks return.
enum GoldenResults {
  static func values(
    of run: PipelineRun, set: ManifestSet, scenario: GoldenValue, input: ResolverInput
  ) -> [String: String] {
    let pipeline =
      run.pipelineSpec
      ?? set.pipelines.first { $0.name.value == run.pipelineRef?.name?.value }?.spec
    let lookup = TaskLookup(input)
    var values: [String: String] = [:]
    for task in (pipeline?.tasks ?? []) + (pipeline?.finally ?? []) {
      let name = task.taskRef?.name?.value ?? ""
      let spec =
        task.taskSpec ?? lookup.task(name, kind: task.taskRef?.kind ?? "Task")?.spec
      for result in spec?.results ?? [] {
        let key = "\(task.name.value).\(result.name.value)"
        let own = scenario["results"][task.name.value][result.name.value]
        values[key] = own.text ?? usual(result)
      }
    }
    return values
  }

  static func missing(_ scenario: GoldenValue) -> Set<String> {
    var keys: Set<String> = []
    for (task, results) in scenario["results"].entries {
      for (result, value) in results.entries where value.isNull {
        keys.insert("\(task).\(result)")
      }
    }
    return keys
  }

  private static func usual(_ result: ResultSpec) -> String {
    switch result.type {
    case .string: return "v-\(result.name.value)"
    case .array: return "[\"a0\",\"a1\"]"
    case .object:
      let entries = result.properties.map { "\"\($0)\":\"v-\($0)\"" }
      return "{\(entries.joined(separator: ","))}"
    }
  }
}
