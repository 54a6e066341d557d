import GantryModel

/// The same object written twice: as with `kubectl apply`, the later one holds.
enum DuplicateObjects {
  private struct Identity: Hashable {
    let group: String
    let kind: String
    let namespace: String?
    let name: String
  }

  /// The documents without those that a later one replaces; differing ones are warned about.
  static func lastOfEach(
    _ documents: [ManifestDocument], sink: DiagnosticSink
  ) -> [ManifestDocument] {
    var last: [Identity: Int] = [:]
    var replaced: Set<Int> = []
    for (index, document) in documents.enumerated() {
      guard let name = document.name, !document.isGenerated else { continue }
      let identity = Identity(
        group: document.group, kind: document.kind.value, namespace: document.namespace,
        name: name.value)
      if let earlier = last.updateValue(index, forKey: identity) {
        replaced.insert(earlier)
        warn(documents[earlier], document, name, sink)
      }
    }
    return documents.enumerated().filter { !replaced.contains($0.offset) }.map(\.element)
  }

  private static func warn(
    _ earlier: ManifestDocument, _ later: ManifestDocument, _ name: Located<String>,
    _ sink: DiagnosticSink
  ) {
    guard !earlier.node.hasSameContent(as: later.node) else { return }
    sink.warning(
      "W0004", "\(later.kind.value) '\(name.value)' is there twice; this later one is used",
      at: name.location,
      notes: [.init("the earlier one", at: earlier.name?.location ?? earlier.node.location)])
  }
}

extension YAMLNode {
  /// Whether two values are equal wherever they are written; the order of keys does not matter.
  func hasSameContent(as other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)), (.string(let a), .string(let b)): a == b
    case (.sequence(let a), .sequence(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.hasSameContent(as: $1) }
    case (.mapping(let a), .mapping(let b)):
      a.count == b.count && Self.haveSameEntries(a, b)
    default: false
    }
  }

  private static func haveSameEntries(_ a: [Entry], _ b: [Entry]) -> Bool {
    let values = Dictionary(b.map { ($0.key.value, $0.value) }, uniquingKeysWith: { old, _ in old })
    return a.allSatisfy { entry in
      values[entry.key.value].map { entry.value.hasSameContent(as: $0) } ?? false
    }
  }
}
