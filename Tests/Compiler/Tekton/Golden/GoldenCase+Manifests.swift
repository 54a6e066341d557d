import GantryManifests
import GantryModel
import GantryTestSupport

extension GoldenCase {
  /// The rules of the case's release; nil for one that is not simulated.
  var version: TektonVersion? {
    TektonVersion.allCases.first { release.hasPrefix("v\($0.rawValue).") }
  }

  /// The Tekton objects of the inputs; findings go to `sink`.
  func manifests(_ sink: DiagnosticSink = DiagnosticSink()) -> ManifestSet {
    var set = ManifestSet()
    for input in inputs {
      for node in YAMLLoader.load(input.text, file: input.path, sink: sink) {
        guard case .string(let kind)? = node["kind"]?.content,
          case .string(let apiVersion)? = node["apiVersion"]?.content,
          apiVersion.hasPrefix("tekton.dev/")
        else { continue }
        TektonDecoder.decode(
          kind: kind, apiVersion: apiVersion, node: node, into: &set, sink: sink)
      }
    }
    return set
  }

  /// All objects of the inputs, also those of Kubernetes.
  func allManifests(_ sink: DiagnosticSink) throws -> ManifestSet {
    let text = inputs.map(\.text).joined(separator: "\n---\n")
    let input = InputReader(standardInput: { Array(text.utf8) })
    return try ManifestReader.read(paths: ["-"], input: input, sink: sink).manifests
  }
}
