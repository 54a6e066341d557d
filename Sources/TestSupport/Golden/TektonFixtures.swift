internal import Foundation

/// The part of the reference data that is carried with the tests: cases whose inputs were made for
/// them, one a line, with no more than what is compared.
public enum TektonFixtures {
  /// The groups that are carried.
  public static let groups = ["pods", "synthetic"]

  private struct Line: Codable {
    var group: String
    var name: String
    var inputs: [String]
    var expected: GoldenValue
  }

  /// The releases that there are files of.
  static func releases(in folder: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { $0.hasPrefix("v") && $0.hasSuffix(".jsonl") }
      .map { String($0.dropLast(6)) }
  }

  /// The carried cases of a release.
  static func cases(_ release: String, in folder: URL) throws -> [GoldenCase] {
    let inputs = try lines(folder.appendingPathComponent("inputs.jsonl")).map {
      try JSONDecoder().decode(GoldenCase.Input.self, from: Data($0.utf8))
    }
    let texts = Dictionary(inputs.map { ($0.path, $0.text) }, uniquingKeysWith: { $1 })
    return try lines(folder.appendingPathComponent("\(release).jsonl")).map { text in
      let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
      var golden = GoldenCase(release: release, group: line.group, name: line.name)
      golden.json = line.expected
      for path in line.inputs {
        guard let text = texts[path] else {
          golden.problem = "\(path) is not among the inputs"
          continue
        }
        golden.inputs.append(.init(path: path, text: text))
      }
      return golden
    }
  }

  /// The files that carry some cases, by name.
  public static func files(of cases: [GoldenCase]) throws -> [String: String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func text(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
    var files = ["inputs.jsonl": ""]
    var known: Set<String> = []
    for golden in cases {
      for input in golden.inputs where known.insert(input.path).inserted {
        files["inputs.jsonl", default: ""] += try text(input)
      }
      let line = Line(
        group: golden.group, name: golden.name, inputs: golden.inputs.map(\.path),
        expected: compared(golden.json))
      files["\(golden.release).jsonl", default: ""] += try text(line)
    }
    return files
  }

  private static func lines(_ file: URL) throws -> [Substring] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
  }

  // MARK: What is compared

  private static func compared(_ json: GoldenValue) -> GoldenValue {
    var kept = json.keeping(["docs", "runs", "condition", "pod", "effectiveRequest"])
    kept = kept.mapping("docs", document).mapping("runs", run)
    guard case .object(var entries) = kept, let pod = entries["pod"] else { return kept }
    entries["pod"] = self.pod(pod)
    return .object(entries)
  }

  private static func document(_ document: GoldenValue) -> GoldenValue {
    let kept = document.keeping([
      "file", "index", "apiVersion", "kind", "name", "generateName", "strictDecodeError",
      "decodeError", "unsupported", "validate", "pipeline", "run",
    ])
    guard case .object(var entries) = kept else { return kept }
    if let validate = entries["validate"] {
      entries["validate"] = validate.keeping(["stable", "beta", "alpha"])
    }
    if let pipeline = entries["pipeline"] {
      let tasks = pipeline.keeping(["tasks", "finally", "dagError", "roots"])
      entries["pipeline"] = tasks.mapping("tasks", task).mapping("finally", task)
    }
    if let run = entries["run"] {
      entries["run"] = run.keeping(["pipelineTimeout", "tasksTimeout", "finallyTimeout"])
    }
    return .object(entries)
  }

  private static func task(_ task: GoldenValue) -> GoldenValue {
    task.keeping(["name", "deps", "matrix"])
  }

  private static func run(_ run: GoldenValue) -> GoldenValue {
    run.keeping(["pipelineRun", "auto", "unresolvedPipelineRef", "executions"])
      .mapping("executions") { execution in
        execution.keeping([
          "scenario", "waves", "skippedTasks", "childReferences", "finallyStarted",
          "affinityAssistantBehavior", "results",
        ])
      }
  }

  private static func pod(_ pod: GoldenValue) -> GoldenValue {
    pod.keeping([
      "initContainers", "containers", "nodeSelector", "serviceAccountName", "volumes",
      "activeDeadlineSeconds", "readyAnnotationAtCreation",
    ])
    .mapping("initContainers") { $0.keeping(["name"]) }
    .mapping("containers") { $0.keeping(["name", "image", "resources"]) }
    .mapping("volumes") { $0.keeping(["pvc"]) }
  }
}
