/// Refuses nodes to which no more volumes can be attached.
enum NodeVolumeLimits {
  /// A volume as the driver sees it.
  struct Attachment: Hashable {
    var driver: String
    /// The driver's name of the volume, or the claim's key while it has no volume.
    var handle: String
    var isBound: Bool
  }

  static func isExceeded(_ attempt: Attempt, node: Int, in state: ClusterState) -> Bool {
    let limits = state.nodes[node].volumeLimits
    guard !limits.isEmpty else { return false }
    var wanted = Set<Attachment>()
    for claim in attempt.claims {
      guard let attachment = attachment(of: claim, in: state),
        limits[attachment.driver] != nil
      else { continue }
      wanted.insert(attachment)
    }
    guard !wanted.isEmpty else { return false }
    let attached = Set(
      state.nodes[node].claims.keys.compactMap { attachment(of: $0, in: state) })
    let new = wanted.subtracting(attached)
    for driver in Set(new.map(\.driver)) {
      let count = new.count { $0.driver == driver } + attached.count { $0.driver == driver }
      if let limit = limits[driver], count > limit { return true }
    }
    return false
  }

  /// What attaching a claim means; nil when it is no CSI volume or not known to be one.
  static func attachment(of id: ClaimID, in state: ClusterState) -> Attachment? {
    let record = state.claims[id.index]
    guard let claim = record.claim else { return nil }
    if let name = claim.volumeName, let volume = state.volumes[name] {
      guard let driver = volume.driver, !driver.isEmpty else { return nil }
      return Attachment(driver: driver, handle: volume.handle ?? name, isBound: true)
    }
    // The volume is not there yet, so the class's provisioner stands for the driver.
    guard let name = claim.storageClass, let known = state.classes[name],
      !known.provisioner.isEmpty
    else { return nil }
    return Attachment(driver: known.provisioner, handle: record.key, isBound: false)
  }
}
