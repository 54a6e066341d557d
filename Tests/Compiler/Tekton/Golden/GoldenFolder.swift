import Foundation
import GantryManifests
import GantryModel

/// What the real Tekton decided on given inputs; a folder that not every machine has.
struct GoldenFolder {
  let root: URL

  /// The folder; nil, after saying so, where it does not exist.
  static func find(file: String = #filePath) -> GoldenFolder? {
    let environment = ProcessInfo.processInfo.environment
    var package = URL(fileURLWithPath: file)
    while package.path != "/", package.lastPathComponent != "Tests" {
      package.deleteLastPathComponent()
    }
    package.deleteLastPathComponent()
    let shared =
      environment["GANTRY_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? package.deletingLastPathComponent().appendingPathComponent("shared")
    let root =
      environment["GANTRY_GOLDEN_TEKTON"].map { URL(fileURLWithPath: $0) }
      ?? shared.appendingPathComponent("golden/tekton")
    guard FileManager.default.fileExists(atPath: root.path) else {
      print("tekton: left out, the reference data are not here")
      return nil
    }
    return GoldenFolder(root: root)
  }

  /// The cases of a group, sorted by name.
  func cases(_ version: TektonVersion, _ group: String) throws -> [GoldenCase] {
    let release = version == .v0_59 ? "v0.59.0" : "v1.15.0"
    let folder = root.appendingPathComponent("expected/\(release)/\(group)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return try names.sorted().filter { $0.hasSuffix(".json") }.map { name in
      let data = try Data(contentsOf: folder.appendingPathComponent(name))
      return GoldenCase(
        name: "\(release)/\(group)/\(name.dropLast(5))", version: version,
        json: try JSONDecoder().decode(JSONValue.self, from: data))
    }
  }

  /// The objects of a case's inputs.
  func manifests(_ paths: [String]) -> ManifestSet {
    let sink = DiagnosticSink()
    let files = paths.map { root.appendingPathComponent($0).path }
    var set = ManifestSet()
    for file in files {
      guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { continue }
      for node in YAMLLoader.load(text, file: file, sink: sink) { GoldenFolder.add(node, to: &set) }
    }
    return set
  }

  private static func add(_ node: YAMLNode, to set: inout ManifestSet) {
    let sink = DiagnosticSink()
    guard case .string(let kind)? = node["kind"]?.content,
      case .string(let apiVersion)? = node["apiVersion"]?.content
    else { return }
    if apiVersion.hasPrefix("tekton.dev/") {
      TektonDecoder.decode(
        kind: kind, apiVersion: apiVersion, node: node, into: &set, sink: sink)
    }
  }
}

/// One case of the reference data.
struct GoldenCase {
  var name: String
  var version: TektonVersion
  var json: JSONValue

  var inputs: [String] { json["inputs"].items.compactMap(\.text) }
}

/// A JSON value of any shape.
enum JSONValue: Decodable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  subscript(key: String) -> JSONValue {
    if case .object(let entries) = self { return entries[key] ?? .null }
    return .null
  }

  var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
  var entries: [String: JSONValue] { if case .object(let e) = self { e } else { [:] } }
  var text: String? { if case .string(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let value) = self { value } else { nil } }
  var truth: Bool { self == .bool(true) }
  var isNull: Bool { self == .null }
}

/// Collects comparisons of one kind and says how many were equal.
struct Tally {
  var kind: String
  var count = 0
  var unequal: [String] = []

  init(_ kind: String) { self.kind = kind }

  mutating func compare<T: Equatable>(_ name: String, _ got: T, _ expected: T) {
    count += 1
    if got != expected { unequal.append("\(name): got \(got), expected \(expected)") }
  }

  func report(shown: Int = 12) {
    print("tekton \(kind): \(count - unequal.count) of \(count) cases equal")
    for line in unequal.prefix(shown) { print("  \(line)") }
  }
}
