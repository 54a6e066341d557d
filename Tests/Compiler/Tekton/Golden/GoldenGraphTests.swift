import GantryModel
import Testing

@testable import GantryCompiler

@Suite("Tekton: graphs of the real pipelines")
struct GoldenGraphTests {
  @Test("dependencies, edges, roots, errors and matrix counts equal the real Tekton's")
  func graphs() throws {
    guard let folder = GoldenFolder.find() else { return }
    var tally = Tally("graph")
    for version in TektonVersion.allCases {
      for group in ["seed", "synthetic", "catalog"] {
        for golden in try folder.cases(version, group) {
          compare(golden, folder.manifests(golden.inputs), &tally)
        }
      }
    }
    tally.report()
    #expect(tally.unequal.isEmpty)
    #expect(tally.count > 0)
  }

  @Test("a run's timeouts equal the real Tekton's")
  func timeouts() throws {
    guard let folder = GoldenFolder.find() else { return }
    var tally = Tally("timeouts")
    for version in TektonVersion.allCases {
      for group in ["seed", "synthetic", "catalog"] {
        for golden in try folder.cases(version, group) {
          compareTimeouts(golden, folder.manifests(golden.inputs), &tally)
        }
      }
    }
    tally.report()
    #expect(tally.unequal.isEmpty)
  }

  private func compareTimeouts(_ golden: GoldenCase, _ set: ManifestSet, _ tally: inout Tally) {
    for document in golden.json["docs"].items where !document["run"].isNull {
      let name = document["name"].text ?? ""
      let prefix = document["generateName"].text ?? name
      guard
        let run = set.pipelineRuns.first(where: {
          $0.name.value == name || $0.name.value == prefix
        })
      else { continue }
      let expected = document["run"]
      let timeouts = RunTimeouts(
        run, configuration: TektonConfiguration(version: golden.version, coschedule: .workspaces))
      tally.compare(
        "\(golden.name) \(prefix)",
        [timeouts.pipeline, timeouts.tasks, timeouts.finally].map {
          $0.map { DurationText.text($0) } ?? "none"
        },
        ["pipelineTimeout", "tasksTimeout", "finallyTimeout"].map {
          let text = expected[$0].text ?? "none"
          return text == "0s" ? "none" : text
        })
    }
  }

  private func compare(_ golden: GoldenCase, _ set: ManifestSet, _ tally: inout Tally) {
    for document in golden.json["docs"].items where !document["pipeline"].isNull {
      let name = document["name"].text ?? ""
      let expected = document["pipeline"]
      let specs =
        document["kind"].text == "Pipeline"
        ? set.pipelines.filter { $0.name.value == name }.map(\.spec)
        : set.pipelineRuns.filter {
          $0.name.value == name || $0.name.value == document["generateName"].text
        }.compactMap(\.pipelineSpec)
      guard let spec = specs.first else {
        // Refused by the strict decoder: nothing to compare.
        if document["strictDecodeError"].isNull {
          tally.compare("\(golden.name) \(name)", "not read", "read")
        }
        continue
      }
      tally.compare(
        "\(golden.name) \(name)", GraphText.text(spec), GraphText.text(expected))
    }
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

  static func text(_ expected: JSONValue) -> String {
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

  private static func matrix(_ expected: JSONValue) -> String {
    expected["combinations"].items.map { combination in
      combination.items.map { "\($0["name"].text ?? "")=\($0["value"].text ?? "")" }
        .joined(separator: ",")
    }.joined(separator: " ")
  }
}
