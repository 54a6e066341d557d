extension ClusterState {
  /// Adds a namespace or replaces its labels.
  public mutating func setNamespace(_ name: String, labels: [String: String]) {
    namespaces.set(symbols.intern(name), to: symbols.intern(labels))
    relinkNamespaces()
  }

  /// Removes a namespace.
  public mutating func removeNamespace(_ name: String) {
    namespaces.set(symbols.intern(name), to: nil)
    relinkNamespaces()
  }

  private mutating func relinkNamespaces() {
    guard !shapes.isEmpty else { return }
    affinity.relink(namespaces)
    recount()
  }

  /// Adds a StorageClass or replaces the one of the same name.
  public mutating func add(_ volumeClass: VolumeClass) { classes[volumeClass.name] = volumeClass }

  /// Removes a StorageClass.
  public mutating func removeVolumeClass(_ name: String) { classes[name] = nil }

  /// Adds a PersistentVolume or replaces the one of the same name.
  public mutating func add(_ volume: ClusterVolume) {
    removeVolume(volume.name)
    volumes[volume.name] = volume
    volumeTerms[volume.name] = volume.nodeAffinity?.map { NodeTerm($0, &symbols) }
    if volume.claim == nil || claim(of: volume)?.volumeName == nil {
      volumesOfClass[volume.storageClass ?? "", default: []].append(volume.name)
    }
  }

  private func claim(of volume: ClusterVolume) -> VolumeClaim? {
    volume.claim.flatMap { claimIDs[$0] }.flatMap { claims[$0.index].claim }
  }

  /// Removes a PersistentVolume.
  public mutating func removeVolume(_ name: String) {
    guard let volume = volumes.removeValue(forKey: name) else { return }
    volumesOfClass[volume.storageClass ?? ""]?.removeAll { $0 == name }
  }

  /// The id of a claim, whether or not it exists.
  public mutating func claim(namespace: String, name: String) -> ClaimID {
    let key = namespace + "/" + name
    if let known = claimIDs[key] { return known }
    let id = ClaimID(index: claims.count)
    claims.append(ClaimRecord(key: key))
    claimIDs[key] = id
    return id
  }

  /// The name of a claim, without its namespace.
  func name(of claim: ClaimID) -> Substring {
    claims[claim.index].key.drop { $0 != "/" }.dropFirst()
  }

  /// Creates or replaces a claim; nil deletes it.
  public mutating func set(_ id: ClaimID, to claim: VolumeClaim?) {
    claims[id.index].claim = claim
  }

  /// What is known of a claim; nil when it does not exist.
  public func description(of claim: ClaimID) -> VolumeClaim? { claims[claim.index].claim }

  /// Binds a claim to a volume, which must be added as well.
  public mutating func bind(_ id: ClaimID, to volume: String) {
    claims[id.index].claim?.volumeName = volume
    claims[id.index].claim?.selectedNode = nil
    guard let known = volumes[volume] else { return }
    volumes[volume]?.claim = claims[id.index].key
    volumesOfClass[known.storageClass ?? ""]?.removeAll { $0 == volume }
  }

  /// Adds a PodDisruptionBudget or replaces the one of the same namespace and name.
  public mutating func add(_ budget: DisruptionBudget) {
    if let index = budgets.firstIndex(where: {
      $0.namespace == budget.namespace && $0.name == budget.name
    }) {
      budgets[index] = budget
    } else {
      budgets.append(budget)
    }
  }

  /// Removes a PodDisruptionBudget.
  public mutating func removeBudget(namespace: String, name: String) {
    budgets.removeAll { $0.namespace == namespace && $0.name == name }
  }
}
