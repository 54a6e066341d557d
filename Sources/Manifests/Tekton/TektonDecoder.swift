public import GantryModel

/// Stand-in until the Tekton decoders are merged.
public struct TektonDecoder {
  /// Reads one Tekton object.
  public static func decode(
    kind: String, apiVersion: String, node: YAMLNode, into set: inout ManifestSet,
    sink: DiagnosticSink
  ) {}
}
