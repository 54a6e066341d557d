import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The built program with a home of its own, removed at the end.
final class Gantry {
  /// Where the test's files, store and home are.
  let folder: URL
  var environment: [String: String] = [:]

  /// What a command left behind.
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("gantry-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    environment = [
      "HOME": folder.path, "XDG_DATA_HOME": folder.path + "/data", "PATH": "/usr/bin:/bin",
      "LANG": "C.UTF-8", "TERM": "xterm-256color",
    ]
    if let library = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] {
      environment["LD_LIBRARY_PATH"] = library
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Where the store is when no option says otherwise.
  var store: String { folder.path + "/data/gantry/gantry.sqlite" }

  /// Writes a file, making its folders; its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  /// Runs a command to its end, in the test's folder.
  func callAsFunction(_ arguments: String..., input: String? = nil) throws -> Result {
    try run(arguments, input: input)
  }

  func run(_ arguments: [String], input: String? = nil) throws -> Result {
    let process = try process(arguments)
    let outputFile = folder.appendingPathComponent("out-\(UUID().uuidString)")
    let errorFile = folder.appendingPathComponent("err-\(UUID().uuidString)")
    for file in [outputFile, errorFile] {
      FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    let inputFile = try write("in-\(UUID().uuidString)", input ?? "")
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: inputFile))
    try process.run()
    process.waitUntilExit()
    let result = Result(
      status: process.terminationStatus,
      output: try String(contentsOf: outputFile, encoding: .utf8),
      errors: try String(contentsOf: errorFile, encoding: .utf8))
    for file in [outputFile, errorFile, URL(fileURLWithPath: inputFile)] {
      try FileManager.default.removeItem(at: file)
    }
    return result
  }

  /// A process that was not started yet.
  func process(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = try #require(Self.executable, "the program gantry was not built")
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = folder
    return process
  }

  /// The program beside the test bundle.
  static var executable: URL? {
    let bundles = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
    let folders =
      bundles.map { $0.deletingLastPathComponent() }
      + [Bundle.main.executableURL?.deletingLastPathComponent()].compactMap { $0 }
    return folders.map { $0.appendingPathComponent("gantry") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}

/// Manifests and scenarios of the tests.
enum Files {
  /// A task, a pipeline of two tasks and a run; `selector` may send its pods to nodes nobody has.
  static func manifests(selector: String = "kubernetes.io/os: linux") -> String {
    """
    apiVersion: tekton.dev/v1
    kind: Task
    metadata: {name: nap}
    spec:
      steps:
      - name: work
        image: registry.example.com/tool:1
        script: sleep 30
    ---
    apiVersion: tekton.dev/v1
    kind: Pipeline
    metadata: {name: naps}
    spec:
      tasks:
      - name: first
        taskRef: {name: nap}
      - name: second
        runAfter: [first]
        taskRef: {name: nap}
    ---
    apiVersion: tekton.dev/v1
    kind: PipelineRun
    metadata: {name: naps-run}
    spec:
      pipelineRef: {name: naps}
      taskRunTemplate:
        podTemplate:
          nodeSelector: {\(selector)}

    """
  }

  static let scenario = "name: naps\nmanifests: [naps.yaml]\n"
}

/// A value in JSON, by keys and positions.
struct JSON {
  let value: Any?

  init(_ text: String) throws {
    value = try JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  private init(value: Any?) { self.value = value }

  subscript(key: String) -> JSON { JSON(value: (value as? [String: Any])?[key]) }
  subscript(index: Int) -> JSON {
    let array = value as? [Any] ?? []
    return JSON(value: array.indices.contains(index) ? array[index] : nil)
  }
  var keys: Set<String> { Set((value as? [String: Any])?.keys.map { $0 } ?? []) }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var text: String? { value as? String }
  var count: Int { (value as? [Any])?.count ?? 0 }
}
