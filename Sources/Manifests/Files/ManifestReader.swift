public import GantryModel

/// Reads files into the objects that a simulation needs.
public enum ManifestReader {
  /// Reads everything that the paths name and reports all problems together.
  /// - Throws: `InputReadError` when a path cannot be read at all.
  public static func read(
    paths: [String], input: InputReader = InputReader(), sink: DiagnosticSink = DiagnosticSink()
  ) throws(InputReadError) -> (
    manifests: ManifestSet, texts: SourceTexts, sink: DiagnosticSink
  ) {
    let files = try input.read(paths, sink: sink)
    return (decode(files, sink: sink), files.texts, sink)
  }

  /// Decodes the objects of files that were read.
  public static func decode(_ files: InputFiles, sink: DiagnosticSink) -> ManifestSet {
    var documents = DocumentReader(sink: sink)
    for file in files.files { documents.add(file) }
    var set = ManifestSet()
    set.files = files.files.map(\.path)
    set.skippedFiles = files.skipped + documents.skipped
    for document in DuplicateObjects.lastOfEach(documents.documents, sink: sink) {
      decode(document, into: &set, sink: sink)
    }
    return set
  }

  private static func decode(
    _ document: ManifestDocument, into set: inout ManifestSet, sink: DiagnosticSink
  ) {
    let node = document.node
    switch KindTable.verdict(
      group: document.group, version: document.version, kind: document.kind.value)
    {
    case .tekton:
      TektonDecoder.decode(
        kind: document.kind.value, apiVersion: document.apiVersion.value, node: node, into: &set,
        sink: sink)
    case .installConfig: decodeInstallConfig(node, into: &set, sink: sink)
    case .machineSet: decodeMachineSet(node, into: &set, sink: sink)
    case .node: decodeNode(node, into: &set, sink: sink)
    case .storageClass: decodeStorageClass(node, into: &set, sink: sink)
    case .configMap: decodeConfigMap(document, into: &set, sink: sink)
    case .deployment: decodeDeployment(document, into: &set, sink: sink)
    case .tektonConfig: decodeTektonConfig(document, into: &set, sink: sink)
    case .limitRange: decodeLimitRange(node, into: &set, sink: sink)
    case .persistentVolumeClaim: decodePersistentVolumeClaim(node, into: &set, sink: sink)
    case .skipped: set.skip(document)
    case .unknownKind(let known): reportKind(document, known: known, sink: sink)
    case .unknownVersion(let versions): reportVersion(document, versions: versions, sink: sink)
    case .unknownGroup(let nearest):
      sink.error(
        "E0017", "unknown API group in '\(document.apiVersion.value)'",
        at: document.apiVersion.location, suggestion: "did you mean '\(nearest)'?")
    }
  }

  private static func reportKind(
    _ document: ManifestDocument, known: [String], sink: DiagnosticSink
  ) {
    let kind = document.kind
    let home = KindTable.home(of: kind.value).map { "write 'apiVersion: \($0)'" }
    sink.error(
      "E0017", "'\(document.apiVersion.value)' has no kind '\(kind.value)'", at: kind.location,
      suggestion: home
        ?? nearestName(to: kind.value, in: known).map { "did you mean '\($0)'?" })
  }

  private static func reportVersion(
    _ document: ManifestDocument, versions: [String], sink: DiagnosticSink
  ) {
    let prefix = document.group.isEmpty ? "" : "\(document.group)/"
    let known = versions.map { prefix + $0 }.joined(separator: " and ")
    sink.error(
      "E0018",
      "\(document.kind.value) in version '\(document.apiVersion.value)' is not supported",
      at: document.apiVersion.location, suggestion: "known: \(known)")
  }
}

extension ManifestSet {
  /// Lists an object as skipped.
  mutating func skip(_ document: ManifestDocument) {
    skipped.append(
      SkippedObject(
        apiVersion: document.apiVersion.value, kind: document.kind.value,
        name: document.name?.value ?? "", location: document.node.location))
  }
}
