import GantryModel

/// EFS access points whose owner is not the user that the pods run as.
struct AccessPointOwnerRule: CheckRule {
  static let owner = FindingKind(
    "W0725", "an EFS access point has another owner than the pods' user",
    "An access point makes every file belong to its own uid and gid, whoever writes; a pod that "
      + "changes owners (tar, cp -a, npm and buildah as root do) gets \"Operation not permitted\" "
      + "unless the owner is its own user.",
    remedy: "set uid and gid of the StorageClass to the user that the pods run as")
  static let storage = FindingKind(
    "W0726", "buildah keeps its storage on EFS",
    "Image layers have files of many owners and thousands of small files: on an access point owners "
      + "cannot be changed, and each file costs several round trips.",
    remedy: "keep /var/lib/containers on an emptyDir and copy only the finished image to the claim")

  static let kinds = [owner, storage]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return subject.units.flatMap { unit in
      unit.planned.claims.flatMap { findings($0, of: unit, subject) }
    }.filter { seen.insert($0).inserted }
  }

  private func findings(
    _ claim: Int, of unit: TaskRunUnit, _ subject: CheckSubject
  ) -> [Diagnostic] {
    let run = subject.runs[unit.run]
    guard claim < run.claims.count, let storage = subject.storageClass(of: run.claims[claim]),
      storage.provisioner.value == "efs.csi.aws.com"
    else { return [] }
    var found: [Diagnostic] = []
    if storesImages(on: claim, named: run.claims[claim].claimName, unit) {
      found.append(
        Self.storage.finding(
          "task '\(unit.name)' keeps buildah's storage on the EFS claim of workspace "
            + "'\(run.claims[claim].workspace)'", at: unit.pipelineTask.location))
    }
    guard storage.parameters["provisioningMode"] == "efs-ap" else { return found }
    if let mismatch = mismatch(storage, unit) {
      found.append(
        Self.owner.finding(
          mismatch, at: storage.location,
          notes: [.init("task '\(unit.name)' uses it", at: unit.pipelineTask.location)]))
    }
    return found
  }

  /// The driver gives an access point without uid and gid one from 50000 on.
  ///
  /// Source: aws-efs-csi-driver documentation, storage class parameters (gidRangeStart), read
  /// 2026-11-25.
  private func mismatch(_ storage: StorageClass, _ unit: TaskRunUnit) -> String? {
    let user = unit.resolved.podTemplate.runAsUser
    guard let owner = storage.parameters["uid"].flatMap(Int64.init) else {
      return
        "StorageClass '\(storage.name.value)' names no uid: each access point gets an owner of "
        + "its own (from 50000 on), which is not the user of task '\(unit.name)'"
        + (user.map { " (\($0))" } ?? "")
    }
    guard let user, user != owner else { return nil }
    return "access points of StorageClass '\(storage.name.value)' belong to uid \(owner), but task "
      + "'\(unit.name)' runs as \(user)"
  }

  private func storesImages(on claim: Int, named name: String, _ unit: TaskRunUnit) -> Bool {
    let folders = ["/var/lib/containers", "/home/build/.local/share/containers"]
    let mounts = unit.resolved.steps.flatMap(\.volumeMounts)
    let isMounted = unit.resolved.workspaces.contains { workspace in
      workspace.binding == .claim(claim)
        && folders.contains { workspace.mountPath == $0 || workspace.mountPath == $0 + "/storage" }
    }
    return isMounted
      || unit.resolved.volumes.contains { volume in
        guard volume.source == .persistentVolumeClaim(name: name) else { return false }
        return mounts.contains { $0.name == volume.name.value && folders.contains($0.mountPath) }
      }
  }
}
