import GantryModel

/// The part of a kustomization.yaml that matters: which resources it names.
///
/// Source: Kustomize v5 reference, kustomization file, read 2026-11-22.
struct Kustomization {
  /// The names such a file may have.
  static let fileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  private(set) var resources: [Located<String>] = []
  /// All texts under other fields: some are paths of patches and sources of generators.
  private(set) var otherTexts: [String] = []

  private static let changing = [
    "components", "patches", "patchesStrategicMerge", "patchesJson6902", "namePrefix",
    "nameSuffix", "namespace", "commonLabels", "labels", "images", "replicas", "replacements",
    "vars", "configMapGenerator", "secretGenerator", "generators", "transformers", "helmCharts",
    "helmChartInflationGenerator", "validators", "configurations",
  ]

  /// Whether a document is a kustomization; other kinds of the same file name exist.
  static func isKustomization(_ node: YAMLNode?) -> Bool {
    guard let node else { return true }
    guard case .mapping = node.content else { return false }
    guard case .string(let version)? = node["apiVersion"]?.content else { return true }
    return version.hasPrefix("kustomize.config.k8s.io/")
  }

  /// Whether a resource lies on another machine.
  static func isRemote(_ resource: String) -> Bool {
    if resource.contains("://") || resource.contains("?ref=") || resource.hasPrefix("git@") {
      return true
    }
    let host = resource.split(separator: "/", maxSplits: 1).first ?? ""
    return host.contains(".") && host != "." && host != ".." && resource.contains("/")
  }

  /// Reads the fields and warns about those that are not applied.
  init(_ node: YAMLNode, sink: DiagnosticSink) {
    guard var reader = ObjectReader(node, path: "", sink: sink) else { return }
    reader.ignore(
      "apiVersion", "kind", "metadata", "commonAnnotations", "buildMetadata", "generatorOptions",
      "sortOptions", "crds", "openapi", "helmGlobals", "inventory")
    resources = reader.strings("resources") + reader.strings("bases")
    var ignored: [Located<String>] = []
    for field in reader.fieldNames where Self.changing.contains(field.value) {
      ignored.append(field)
      if let value = reader.node(field.value) { collectTexts(value) }
    }
    for name in Self.changing { reader.ignore(name) }
    reader.finish()
    guard let first = ignored.first else { return }
    sink.warning(
      "W0003",
      "of this kustomization only the resources are read; not applied: "
        + ignored.map(\.value).joined(separator: ", "),
      at: first.location, suggestion: "read the output of 'kustomize build' instead")
  }

  private mutating func collectTexts(_ node: YAMLNode) {
    switch node.content {
    case .string(let text):
      otherTexts.append(text)
      if let equals = text.firstIndex(of: "=") {
        otherTexts.append(String(text[text.index(after: equals)...]))
      }
    case .sequence(let items): for item in items { collectTexts(item) }
    case .mapping(let entries): for entry in entries { collectTexts(entry.value) }
    default: break
    }
  }
}
