import GantryModel
import GantryTestSupport
import Testing

@testable import GantryCompiler

@Suite("Tekton: graphs of the real pipelines")
struct GoldenGraphTests {
  @Test("dependencies, edges, roots, errors and matrix counts equal the real Tekton's")
  func graphs() throws {
    try compareDocuments("graphs", key: "pipeline") { golden, document, tally in
      compareGraph(golden, document, &tally)
    }
  }

  @Test("a run's timeouts equal the real Tekton's")
  func timeouts() throws {
    try compareDocuments("timeouts", key: "run") { golden, document, tally in
      compareTimeouts(golden, document, &tally)
    }
  }

  /// Compares all documents for which the reference has something under a key.
  private func compareDocuments(
    _ kind: String, key: String, _ compare: (GoldenCase, GoldenValue, inout Tally) throws -> Void
  ) throws {
    let golden = try TektonGolden.find()
    for release in try golden.releases() {
      var tally = Tally(golden.kind(kind, release))
      for golden in try golden.cases(release) {
        if let problem = golden.problem { tally.fail(golden.title, problem) }
        for document in golden.json["docs"].items where !document[key].isNull {
          if document["strictDecodeError"].isNull {
            try compare(golden, document, &tally)
          } else {
            compareRefused(golden, document, &tally)
          }
        }
      }
      tally.report()
      #expect(tally.unequal.isEmpty)
    }
  }

  /// A document that the webhook refuses has no graph.
  private func compareRefused(
    _ golden: GoldenCase, _ document: GoldenValue, _ tally: inout Tally
  ) {
    let set = golden.manifests()
    let names = set.pipelines.map(\.name.value) + set.pipelineRuns.map(\.name.value)
    let name = document["name"].text ?? document["generateName"].text ?? ""
    tally.compare(
      "\(golden.title) \(name)", names.contains(name) ? "read" : "refused", "refused")
  }

  private func compareTimeouts(
    _ golden: GoldenCase, _ document: GoldenValue, _ tally: inout Tally
  ) {
    let name = document["name"].text ?? ""
    let prefix = document["generateName"].text ?? name
    let runs = golden.manifests().pipelineRuns
    guard let version = golden.version,
      let run = runs.first(where: { $0.name.value == name || $0.name.value == prefix })
    else {
      tally.fail("\(golden.title) \(prefix)", "the run is not read")
      return
    }
    let timeouts = RunTimeouts(
      run, configuration: TektonConfiguration(version: version, coschedule: .workspaces))
    tally.compare(
      "\(golden.title) \(prefix)",
      [timeouts.pipeline, timeouts.tasks, timeouts.finally].map {
        $0.map { DurationText.text($0) } ?? "none"
      },
      ["pipelineTimeout", "tasksTimeout", "finallyTimeout"].map {
        let text = document["run"][$0].text ?? "none"
        return text == "0s" ? "none" : text
      })
  }

  private func compareGraph(_ golden: GoldenCase, _ document: GoldenValue, _ tally: inout Tally) {
    let name = document["name"].text ?? ""
    let set = golden.manifests()
    let specs =
      document["kind"].text == "Pipeline"
      ? set.pipelines.filter { $0.name.value == name }.map(\.spec)
      : set.pipelineRuns.filter {
        $0.name.value == name || $0.name.value == document["generateName"].text
      }.compactMap(\.pipelineSpec)
    guard let spec = specs.first else {
      tally.fail("\(golden.title) \(name)", "the pipeline is not read")
      return
    }
    tally.compare(
      "\(golden.title) \(name)", GraphText.text(spec), GraphText.text(document["pipeline"]))
  }
}

/// A graph as text, from both sides.
enum GraphText {
  static func text(_ spec: PipelineSpec) -> String {
    let graph = PipelineGraph(spec.tasks)
    var lines: [String] = []
    for (index, task) in spec.tasks.enumerated() {
      lines.append("\(task.name.value) <- \(graph.dependencies[index]) \(matrix(task.matrix))")
    }
    for task in spec.finally {
      lines.append("finally \(task.name.value) \(matrix(task.matrix))")
    }
    if let failure = graph.failure {
      lines.append("error \(failure.message)")
    } else {
      let roots = spec.tasks.indices.filter { graph.dependencies[$0].isEmpty }
      lines.append("roots \(roots.map { spec.tasks[$0].name.value }.sorted())")
    }
    return lines.joined(separator: "\n")
  }

  static func text(_ expected: GoldenValue) -> String {
    var lines: [String] = []
    for task in expected["tasks"].items {
      lines.append(
        "\(task["name"].text ?? "") <- \(task["deps"].items.compactMap(\.text)) "
          + matrix(task["matrix"]))
    }
    for task in expected["finally"].items {
      lines.append("finally \(task["name"].text ?? "") \(matrix(task["matrix"]))")
    }
    if let error = expected["dagError"].text {
      lines.append("error \(error)")
    } else {
      lines.append("roots \(expected["roots"].items.compactMap(\.text))")
    }
    return lines.joined(separator: "\n")
  }

  private static func matrix(_ matrix: Matrix?) -> String {
    guard let matrix else { return "" }
    let isOpen = matrix.params.contains { $0.value.value.type == .string }
    let combinations = isOpen ? [] : MatrixExpansion.combinations(of: matrix)
    return combinations.map { combination in
      combination.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
    }.joined(separator: " ")
  }

  private static func matrix(_ expected: GoldenValue) -> String {
    expected["combinations"].items.map { combination in
      combination.items.map { "\($0["name"].text ?? "")=\($0["value"].text ?? "")" }
        .joined(separator: ",")
    }.joined(separator: " ")
  }
}
