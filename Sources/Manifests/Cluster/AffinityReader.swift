public import GantryModel

/// Reads `affinity` of a pod.
public func readAffinity(_ node: YAMLNode, path: String, sink: DiagnosticSink) -> Affinity? {
  guard var reader = ObjectReader(node, path: path, sink: sink) else { return nil }
  var result = Affinity()
  result.nodeAffinity = reader.object("nodeAffinity").map { readNodeAffinity($0, sink: sink) }
  result.podAffinity = reader.object("podAffinity").map { readPodAffinity($0, sink: sink) }
  result.podAntiAffinity = reader.object("podAntiAffinity").map {
    readPodAffinity($0, sink: sink)
  }
  reader.finish()
  return result
}

private let requiredField = "requiredDuringSchedulingIgnoredDuringExecution"
private let preferredField = "preferredDuringSchedulingIgnoredDuringExecution"

private func readNodeAffinity(_ source: ObjectReader, sink: DiagnosticSink) -> NodeAffinity {
  var reader = source
  var result = NodeAffinity()
  if var required = reader.object(requiredField) {
    let terms = required.objects("nodeSelectorTerms")
    if terms.isEmpty { required.missing("nodeSelectorTerms") }
    result.required = terms.map { readNodeSelectorTerm($0, sink: sink) }
    required.finish()
  }
  result.preferred = reader.objects(preferredField).compactMap {
    readWeighted($0, field: "preference", sink: sink) { term, weight in
      PreferredSchedulingTerm(
        weight: weight, preference: readNodeSelectorTerm(term, sink: sink))
    }
  }
  reader.finish()
  return result
}

/// Reads one term of a node selector.
func readNodeSelectorTerm(_ source: ObjectReader, sink: DiagnosticSink) -> NodeSelectorTerm {
  var reader = source
  var result = NodeSelectorTerm()
  func requirement(_ item: ObjectReader) -> NodeSelectorRequirement? {
    readRequirement(item, as: NodeSelectorRequirement.Operator.self, sink: sink) {
      NodeSelectorRequirement(key: $0, operator: $1, values: $2)
    }
  }
  result.matchExpressions = reader.objects("matchExpressions").compactMap(requirement)
  result.matchFields = reader.objects("matchFields").compactMap(requirement)
  reader.finish()
  return result
}

private func readPodAffinity(_ source: ObjectReader, sink: DiagnosticSink) -> PodAffinity {
  var reader = source
  var result = PodAffinity()
  result.required = reader.objects(requiredField).compactMap {
    readPodAffinityTerm($0, sink: sink)
  }
  result.preferred = reader.objects(preferredField).compactMap {
    readWeighted($0, field: "podAffinityTerm", sink: sink) { term, weight in
      readPodAffinityTerm(term, sink: sink).map {
        WeightedPodAffinityTerm(weight: weight, term: $0)
      }
    }
  }
  reader.finish()
  return result
}

private func readPodAffinityTerm(
  _ source: ObjectReader, sink: DiagnosticSink
) -> PodAffinityTerm? {
  var reader = source
  func selector(_ name: String) -> LabelSelector? {
    reader.node(name).flatMap { readLabelSelector($0, path: reader.child(name), sink: sink) }
  }
  let topologyKey = reader.requiredString("topologyKey")
  let labelSelector = selector("labelSelector")
  let namespaceSelector = selector("namespaceSelector")
  let namespaces = reader.strings("namespaces").map(\.value)
  reader.ignore("matchLabelKeys", "mismatchLabelKeys")
  reader.finish()
  guard let topologyKey else { return nil }
  var term = PodAffinityTerm(topologyKey: topologyKey.value)
  term.labelSelector = labelSelector
  term.namespaceSelector = namespaceSelector
  term.namespaces = namespaces
  return term
}

/// Reads a weight from 1 to 100 and the term it belongs to.
private func readWeighted<R>(
  _ source: ObjectReader, field: String, sink: DiagnosticSink,
  make: (ObjectReader, Int) -> R?
) -> R? {
  var reader = source
  if reader.node("weight") == nil { reader.missing("weight") }
  let weight = reader.int("weight")
  if let weight, !(1...100).contains(weight.value) {
    sink.error("E0027", "\(reader.path): weight must be 1 to 100", at: weight.location)
  }
  if reader.node(field) == nil { reader.missing(field) }
  let term = reader.object(field)
  reader.finish()
  guard let weight, let term else { return nil }
  return make(term, weight.value)
}
