public import GantryModel

/// The metadata of an object.
public struct ObjectMetadata: Sendable {
  /// The name, or the prefix of a generated one.
  public var name: Located<String>
  /// Whether the name is only a prefix.
  public var isGenerated = false
  /// The namespace, if one is written.
  public var namespace: String?
  /// The labels.
  public var labels: [String: String] = [:]
  /// The annotations.
  public var annotations: [String: String] = [:]
  /// Whether a cluster has stored the object: then its fields have been validated there.
  public var isLive = false

  /// How strict readers of the object's fields are.
  public var strictness: ObjectReader.Strictness { isLive ? .none : .misspelt }

  /// Reads `metadata` of an object; nil after reporting when there is no name.
  public static func read(
    from object: inout ObjectReader, sink: DiagnosticSink
  ) -> ObjectMetadata? {
    guard var reader = object.object("metadata") else {
      if object.node("metadata") == nil { object.missing("metadata") }
      return nil
    }
    let name = reader.string("name")
    let prefix = reader.string("generateName")
    let namespace = reader.string("namespace")?.value
    let labels = reader.labels("labels")
    let annotations = reader.labels("annotations")
    let isLive = ["uid", "resourceVersion", "creationTimestamp", "managedFields"].contains {
      reader.node($0) != nil
    }
    reader.ignore(
      "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "finalizers",
      "ownerReferences", "selfLink", "clusterName")
    reader.finish(isLive ? .none : .all)
    guard let found = name ?? prefix, !found.value.isEmpty else {
      if reader.node("name") == nil { reader.missing("name") }
      return nil
    }
    var result = ObjectMetadata(name: found)
    result.isGenerated = name == nil
    result.namespace = namespace
    result.labels = labels
    result.annotations = annotations
    result.isLive = isLive
    return result
  }
}
