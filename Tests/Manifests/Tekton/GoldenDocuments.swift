import Foundation
import GantryManifests
import GantryModel

/// The verdicts of the real webhook on documents, as the reference data have them.
struct GoldenDocuments {
  /// One document with what the real Tekton says.
  struct Verdict {
    var name: String
    var kind: String
    var apiVersion: String
    var node: YAMLNode?
    var isUnsupported: Bool
    var decodeError: String?
    /// The error text by level; nil is valid.
    var errors: [TektonAPILevel: String]
  }

  /// The verdicts of a version; nil when the data are not there.
  static func verdicts(version: String) throws -> [Verdict]? {
    guard let root = folder() else { return nil }
    let expected = root.appending(path: "expected/\(version)")
    var verdicts: [Verdict] = []
    let groups = ["seed", "synthetic", "catalog"]
    for group in groups {
      let folder = expected.appending(path: group)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for name in names.sorted() where name.hasSuffix(".json") {
        verdicts += try cases(folder.appending(path: name), root: root)
      }
    }
    return verdicts
  }

  /// The texts of one group of inputs by file name; nil when the data are not there.
  static func texts(group: String) -> [(file: String, text: String)]? {
    guard let folder = folder()?.appending(path: "inputs/\(group)") else { return nil }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)).map { (name, $0) }
    }
  }

  private static func folder() -> URL? {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["GANTRY_GOLDEN_TEKTON"] { return URL(filePath: path) }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let shared =
      environment["GANTRY_SHARED"].map { URL(filePath: $0) }
      ?? root.deletingLastPathComponent().appending(path: "shared")
    let folder = shared.appending(path: "golden/tekton")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }

  private struct Case: Decodable {
    var `case`: String
    var inputs: [String]
    var docs: [Document]
  }

  private struct Document: Decodable {
    var file: String
    var index: Int
    var kind: String
    var apiVersion: String
    var strictDecodeError: String?
    var decodeError: String?
    var unsupported: Bool?
    var validate: [String: String?]?
  }

  private static func cases(_ url: URL, root: URL) throws -> [Verdict] {
    let parsed = try JSONDecoder().decode(Case.self, from: Data(contentsOf: url))
    return parsed.docs.map { document in
      // Catalogue cases are one renamed file each.
      let path =
        parsed.inputs.count == 1
        ? parsed.inputs[0]
        : parsed.inputs.first { $0.hasSuffix("/" + document.file) } ?? document.file
      let text = (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
      let documents = YAMLLoader.load(text, file: document.file, sink: DiagnosticSink())
      var errors: [TektonAPILevel: String] = [:]
      for level in TektonAPILevel.allCases {
        errors[level] = document.validate?[level.rawValue] ?? nil
      }
      return Verdict(
        name: "\(url.deletingLastPathComponent().lastPathComponent)/\(parsed.case)"
          + " \(document.file)[\(document.index)]",
        kind: document.kind, apiVersion: document.apiVersion,
        node: document.index < documents.count ? documents[document.index] : nil,
        isUnsupported: document.unsupported ?? false,
        decodeError: document.strictDecodeError ?? document.decodeError, errors: errors)
    }
  }
}
