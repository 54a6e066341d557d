import GantryManifests
import GantryModel
import GantryTestSupport

/// The verdicts of the real webhook on documents, as the reference data have them.
enum GoldenDocuments {
  /// One document with what the real Tekton says.
  struct Verdict {
    var name: String
    var kind: String
    var apiVersion: String
    /// The document; nil where it cannot be found.
    var node: YAMLNode?
    var decodeError: String?
    /// The error text by level; nil is valid.
    var errors: [TektonAPILevel: String]
    /// Why the verdict cannot be compared.
    var problem: String?
  }

  /// The rules of a release; nil for one that is not simulated.
  static func version(_ release: String) -> TektonVersion? {
    TektonVersion.allCases.first { release.hasPrefix("v\($0.rawValue).") }
  }

  /// The verdicts of a case.
  static func verdicts(_ golden: GoldenCase) -> [Verdict] {
    if let problem = golden.problem {
      return [
        Verdict(name: golden.title, kind: "", apiVersion: "", errors: [:], problem: problem)
      ]
    }
    return golden.json["docs"].items.map { verdict($0, of: golden) }
  }

  private static func verdict(_ document: GoldenValue, of golden: GoldenCase) -> Verdict {
    let file = document["file"].text ?? ""
    let index = Int(document["index"].number ?? 0)
    // Catalogue cases are one renamed file each.
    let input =
      golden.inputs.count == 1 ? golden.inputs[0] : golden.inputs.first { $0.file == file }
    let documents = input.map {
      YAMLLoader.load($0.text, file: file, sink: DiagnosticSink())
    }
    var errors: [TektonAPILevel: String] = [:]
    for level in TektonAPILevel.allCases {
      errors[level] = document["validate"][level.rawValue].text
    }
    var verdict = Verdict(
      name: "\(golden.title) \(file)[\(index)]", kind: document["kind"].text ?? "",
      apiVersion: document["apiVersion"].text ?? "", errors: errors)
    verdict.decodeError = document["strictDecodeError"].text ?? document["decodeError"].text
    if let documents, documents.indices.contains(index) {
      verdict.node = documents[index]
    } else {
      verdict.problem = "the document is not in the inputs"
    }
    return verdict
  }
}
