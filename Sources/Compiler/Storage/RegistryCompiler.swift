import GantryModel
import GantryUnits

/// Where OpenShift's internal registry runs and what it stores its images on.
struct RegistryCompiler {
  let settings: ScenarioFile.InternalRegistrySettings?
  let nodes: [PlannedNode]
  let sink: DiagnosticSink

  /// The registry's place; nil when there is no node for it.
  func place() -> ExternalService.Place? {
    guard let node = node() else { return nil }
    return .pod(node: node, storage: storage())
  }

  /// A pod like others: the scheduler puts it on some worker, here the first.
  private func node() -> Int? {
    if let pool = settings?.pool {
      if let index = nodes.firstIndex(where: { $0.pool == pool.value }) { return index }
      var pools: [String] = []
      for node in nodes where !pools.contains(node.pool) { pools.append(node.pool) }
      sink.error(
        "E0337", "the registry's pool '\(pool.value)' has no nodes", at: pool.location,
        suggestion: nearestName(to: pool.value, in: pools).map { "did you mean '\($0)'?" }
          ?? "pools are \(pools.joined(separator: ", "))")
    }
    return nodes.firstIndex { !$0.isControlPlane } ?? (nodes.isEmpty ? nil : 0)
  }

  /// The installer sets the registry up with a bucket on AWS.
  ///
  /// Source: OpenShift 4.15 documentation, Image Registry Operator on AWS.
  private func storage() -> ExternalService.PodStorage {
    guard let storage = settings?.storage, storage.value != "s3" else {
      reportUnused("S3")
      return .objectStore
    }
    if storage.value == "emptyDir" {
      reportUnused("an emptyDir")
      return .nodeDisk
    }
    return .volume(
      BlockVolume.make(
        kind: storage.value, sizeGiB: settings?.sizeGiB?.value ?? 100,
        iops: settings?.iops, throughputMiBps: settings?.throughputMiBps,
        at: storage.location, sink: sink))
  }

  /// Warns of a volume's figures where there is no volume.
  private func reportUnused(_ storage: String) {
    let given = [
      ("sizeGiB", settings?.sizeGiB), ("iops", settings?.iops),
      ("throughputMiBps", settings?.throughputMiBps),
    ]
    for case (let name, let value?) in given {
      sink.warnUnused(
        "the registry keeps its images on \(storage): \(name) is ignored", at: value.location,
        suggestion: "leave it out, or name an EBS volume type as its storage")
    }
  }
}
