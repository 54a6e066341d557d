public import GantryModel

/// One object as written, before its kind is decoded.
public struct ManifestDocument: Sendable {
  /// Such as `tekton.dev/v1`.
  public var apiVersion: Located<String>
  /// Such as `Pipeline`; `InstallConfig` for install-configs, which have no kind.
  public var kind: Located<String>
  /// `metadata.name`, else `metadata.generateName`.
  public var name: Located<String>?
  /// Whether the name is only a prefix.
  public var isGenerated: Bool
  /// `metadata.namespace`.
  public var namespace: String?
  /// The whole object.
  public var node: YAMLNode
  /// The file as shown to the user.
  public var file: String

  /// The API group: empty for core kinds.
  public var group: String {
    let parts = apiVersion.value.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts[0]) : ""
  }

  /// The version within the group.
  public var version: String {
    apiVersion.value.split(separator: "/").last.map(String.init) ?? apiVersion.value
  }
}

/// Finds the objects in documents: flattens lists, recognises install-configs, refuses the rest.
struct DocumentReader {
  let sink: DiagnosticSink
  private(set) var documents: [ManifestDocument] = []
  private(set) var skipped: [SkippedFile] = []

  /// Starts with none.
  init(sink: DiagnosticSink) { self.sink = sink }

  /// Takes the objects of a file.
  mutating func add(_ file: InputFiles.File) {
    let before = (documents.count, sink.diagnostics.count)
    var reason: String?
    for node in file.documents {
      if let problem = add(node, file: file, inheriting: nil) { reason = problem }
    }
    if file.isDiscovered, before == (documents.count, sink.diagnostics.count), let reason {
      skipped.append(.init(path: file.path, reason: reason))
    }
  }

  /// Adds an object; what is wrong is returned for files found in folders, else reported.
  private mutating func add(
    _ node: YAMLNode, file: InputFiles.File, inheriting list: (String, String)?
  ) -> String? {
    guard case .mapping(let entries) = node.content else {
      return refuse(node, file, "a Kubernetes object is a mapping, not \(node.kindName)", nil)
    }
    if isInstallConfig(node) {
      append(node, file, apiVersion: nil, kind: Located("InstallConfig", at: node.location))
      return nil
    }
    let apiVersion = text(node, "apiVersion") ?? list.map { Located($0.0, at: node.location) }
    let kind = text(node, "kind") ?? list.map { Located($0.1, at: node.location) }
    guard let apiVersion, let kind else {
      return refuseIncomplete(node, entries, file, hasVersion: apiVersion != nil)
    }
    if kind.value.hasSuffix("List"), case .sequence(let items)? = node["items"]?.content {
      let element = String(kind.value.dropLast(4))
      let inherited = element.isEmpty ? nil : (apiVersion.value, element)
      for item in items { _ = add(item, file: file, inheriting: inherited) }
      return nil
    }
    append(node, file, apiVersion: apiVersion, kind: kind)
    return nil
  }

  private mutating func append(
    _ node: YAMLNode, _ file: InputFiles.File, apiVersion: Located<String>?, kind: Located<String>
  ) {
    let metadata = node["metadata"]
    let name = metadata.flatMap { text($0, "name") }
    documents.append(
      ManifestDocument(
        apiVersion: apiVersion ?? text(node, "apiVersion") ?? Located("v1", at: node.location),
        kind: kind, name: name ?? metadata.flatMap { text($0, "generateName") },
        isGenerated: name == nil, namespace: metadata.flatMap { text($0, "namespace") }?.value,
        node: node, file: file.path))
  }

  private func refuseIncomplete(
    _ node: YAMLNode, _ entries: [YAMLNode.Entry], _ file: InputFiles.File, hasVersion: Bool
  ) -> String? {
    let field = hasVersion ? "kind" : "apiVersion"
    if let value = node[field], !value.isNull {
      sink.error(
        "E0011", "\(field) must be a string, not \(value.kindName)", at: value.location)
      return nil
    }
    let near = entries.first {
      $0.key.value.count > 2 && nearestName(to: $0.key.value, in: [field]) != nil
    }
    if let near {
      sink.error(
        "E0014", "not a Kubernetes object: no '\(field)'", at: near.key.location,
        suggestion: "did you mean '\(field)'?")
      return nil
    }
    return refuse(node, file, "not a Kubernetes object: no '\(field)'", nil)
  }

  private func refuse(
    _ node: YAMLNode, _ file: InputFiles.File, _ message: String, _ suggestion: String?
  ) -> String? {
    if !file.isDiscovered {
      sink.error("E0014", message, at: node.location, suggestion: suggestion)
    }
    return message
  }

  private func text(_ node: YAMLNode, _ name: String) -> Located<String>? {
    guard let value = node[name], case .string(let text) = value.content, !text.isEmpty
    else { return nil }
    return Located(text, at: value.location)
  }

  /// An install-config has no kind but at least two of its own fields.
  private func isInstallConfig(_ node: YAMLNode) -> Bool {
    guard node["kind"] == nil || text(node, "kind")?.value == "InstallConfig" else { return false }
    let own = ["baseDomain", "controlPlane", "compute", "platform", "pullSecret", "networking"]
    return own.count { node[$0] != nil } >= 2
  }
}
