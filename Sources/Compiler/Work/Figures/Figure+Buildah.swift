// Buildah's CPU seconds and bytes. CPU seconds are those of the measuring machine: multiply by
// `reference.factor`.

extension Figure {
  /// One reference second is this many of the measuring machine's less.
  ///
  /// The machine is a Zen 4 EPYC. The published EPYC 9R14 (Zen 4) is 1.78 times an EPYC 7571
  /// (m5a.2xlarge) at gzip -5, 2.43 at Clang, 2.27 in the mean that node speeds use. Absolute: gzip
  /// -6 of source text takes 32 CPU s/GiB there (33.6 MB/s); -6 takes 1.44 times as long as -5
  /// (measured on C headers, 2026-11), so about 48 MB/s at -5 against 17.5 on m5a: 2.8, but on other
  /// text. 2.27 lies between and is what the engine divides by on a Zen 4 node.
  static let referenceFactor = estimate(
    "reference.factor", 2.27, "s on m5a.2xlarge per measured s",
    "CPU seconds of the machine that buildah was measured on, as seconds of m5a.2xlarge (1.8 to 2.8)",
    source: "Spare Cores benchmarks of EPYC 9R14 and 7571, 2024-06 to 2026-08 (CC BY-SA 4.0)")

  static let budCopyPerGiB = buildah(
    "bud.vfs.cpu.copiedPerGiB", 1.128, "s/GiB", "buildah bud, vfs: CPU to copy image content")
  static let budCopyPerKiloFile = buildah(
    "bud.vfs.cpu.copiedPerKiloFile", 0.07063, "s/1000 files",
    "buildah bud, vfs: CPU to copy image files")
  static let budPerRun = buildah("bud.vfs.cpu.perRun", 0.217, "s", "buildah bud, vfs: CPU per RUN")
  static let budPerCopy = buildah(
    "bud.vfs.cpu.perCopy", 0.1515, "s", "buildah bud, vfs: CPU per COPY or ADD")
  static let budDeltaPerGiB = buildah(
    "bud.vfs.cpu.deltaPerGiB", 18.57, "s/GiB",
    "buildah bud, vfs: CPU to commit what instructions added")
  static let budOverlayPerRun = buildah(
    "bud.overlay.cpu.perRun", 0.1551, "s", "buildah bud, overlay: CPU per RUN")
  static let budOverlayPerCopy = buildah(
    "bud.overlay.cpu.perCopy", 0.1804, "s", "buildah bud, overlay: CPU per COPY or ADD")
  static let budOverlayDeltaPerGiB = buildah(
    "bud.overlay.cpu.deltaPerGiB", 28.21, "s/GiB",
    "buildah bud, overlay: CPU to commit what instructions added")
  static let budOverlayDeltaPerKiloFile = buildah(
    "bud.overlay.cpu.deltaPerKiloFile", 0.4892, "s/1000 files",
    "buildah bud, overlay: CPU to commit the files that instructions added")
  static let budDeltaWrites = buildah(
    "bud.delta.writes", 4, "times",
    "buildah bud: what instructions added is written as container, diff, layer and temporary copy")
  static let reflinkShare = buildah(
    "vfs.reflink.share", 0.035, "of the bytes copied",
    "vfs copies on a node's disk: RHCOS has XFS with reflink, which shares blocks (one image, two "
      + "runs; 1 on ext4)")

  static let pullOverlayPerGiB = buildah(
    "pull.overlay.cpu.perGiB", 17.53, "s/GiB", "pull from a registry, overlay: CPU to unpack")
  static let pullOverlayPerKiloFile = buildah(
    "pull.overlay.cpu.perKiloFile", 0.09164, "s/1000 files",
    "pull from a registry, overlay: CPU per file")
  static let pullVfsPerGiB = buildah(
    "pull.vfs.cpu.perGiB", 17.16, "s/GiB", "pull from a registry, vfs: CPU to unpack")
  static let pullVfsPerKiloFile = buildah(
    "pull.vfs.cpu.perKiloFile", 0.08338, "s/1000 files",
    "pull from a registry, vfs: CPU per file written")
  static let pullQuiet = buildah(
    "pull.quietFactor", 0.82, "ratio",
    "pull from a registry: CPU on a quiet machine against the fitted coefficients (0.7 to 1.0)")
  static let pullDownload = buildah(
    "pull.download", 1.012, "ratio", "pull: bytes downloaded against compressed layers")
  static let pullThreads = buildah(
    "pull.threads", 2.3, "threads", "pull: threads that unpacking keeps busy (a pipeline)")
  static let blobConnections = estimate(
    "registry.parallelBlobs", 6, "connections",
    "layers that are pulled or pushed at the same time, at most",
    source: "containers/image copy default (maxParallelDownloads 6), read 2026-11")

  static let archivePullOverlayFixed = buildah(
    "pullArchive.overlay.cpu.fixed", 0.351, "s", "pull from an archive, overlay: fixed CPU")
  static let archivePullOverlayPerGiB = buildah(
    "pullArchive.overlay.cpu.perGiB", 14.28, "s/GiB", "pull from an archive, overlay: CPU to unpack"
  )
  static let archivePullOverlayPerKiloFile = buildah(
    "pullArchive.overlay.cpu.perKiloFile", 0.08725, "s/1000 files",
    "pull from an archive, overlay: CPU per file")
  static let archivePullVfsPerGiB = buildah(
    "pullArchive.vfs.cpu.perGiB", 18.58, "s/GiB", "pull from an archive, vfs: CPU to unpack")
  static let archivePullVfsPerKiloFile = buildah(
    "pullArchive.vfs.cpu.perKiloFile", 0.06919, "s/1000 files",
    "pull from an archive, vfs: CPU per file written")
  static let archivePullVfsCopyPerGiB = buildah(
    "pullArchive.vfs.cpu.copiedPerGiB", 0.7318, "s/GiB",
    "pull from an archive, vfs: CPU to copy layers")
  static let archivePullQuiet = buildah(
    "pullArchive.quietFactor", 0.88, "ratio",
    "pull from an archive: CPU on a quiet machine against the fitted coefficients")
  static let archiveUnpacks = buildah(
    "pullArchive.unpacks", 4, "times",
    "pull from an archive: the compressed archive is written to temporary files this often")

  static let pushPerKiloFile = buildah(
    "push.cpu.perKiloFile", 0.02797, "s/1000 files", "push to an archive: CPU per file")
  static let manifestPushPerKiloFile = buildah(
    "manifestPush.cpu.perKiloFile", 0.03062, "s/1000 files", "push to a registry: CPU per file")
  static let pushQuiet = buildah(
    "push.quietFactor", 0.92, "ratio",
    "push to an archive: CPU on a quiet machine against the fitted coefficients")
  static let manifestPushQuiet = buildah(
    "manifestPush.quietFactor", 0.95, "ratio",
    "push to a registry: CPU on a quiet machine against the fitted coefficients")
  static let pushThreads = buildah(
    "push.threads", 4.683, "threads",
    "push: threads that parallel gzip keeps busy on 8 or more (2.0 on 2, 3.1 on 4)")
  static let pushUpload = buildah(
    "push.upload", 1.006, "ratio", "push to a registry: bytes sent against compressed layers")
  static let manifestCreate = buildah(
    "manifestCreate.cpu", 0.0224, "s", "buildah manifest create or add: CPU")
  static let copyThreads = buildah(
    "vfs.copy.threads", 1.5, "threads", "vfs copy and commit: threads kept busy (1.4 to 1.8)")

  /// CPU to compress for an archive, by content.
  static func pushPerGiB(_ content: ContentClass) -> Figure {
    let value: Double
    switch content {
    case .mixed: value = 18.6
    case .text: value = 17.13
    case .packed: value = 14.58
    case .programs: value = 19.28
    case .system: value = 22.2
    }
    return buildah(
      "push.cpu.perGiB.\(content.rawValue)", value, "s/GiB",
      "push to an archive: CPU to compress content of class \(content.rawValue)")
  }

  /// CPU to compress for a registry, by content.
  static func manifestPushPerGiB(_ content: ContentClass) -> Figure {
    let value: Double
    switch content {
    case .mixed: value = 17.8
    case .text: value = 15.64
    case .packed: value = 14.85
    case .programs: value = 20.81
    case .system: value = 22.35
    }
    return buildah(
      "manifestPush.cpu.perGiB.\(content.rawValue)", value, "s/GiB",
      "push to a registry: CPU to compress content of class \(content.rawValue)")
  }

  /// How many times smaller content gets.
  static func compression(_ content: ContentClass) -> Figure {
    let value: Double
    switch content {
    case .mixed: value = 2.59
    case .text: value = 4.12
    case .packed: value = 1.17
    case .programs: value = 2.615
    case .system: value = 2.623
    }
    return buildah(
      "compression.\(content.rawValue)", value, "ratio",
      "uncompressed to compressed layer, content of class \(content.rawValue)")
  }

  static let buildahAll: [Figure] = [
    referenceFactor, budCopyPerGiB, budCopyPerKiloFile, budPerRun, budPerCopy, budDeltaPerGiB,
    budOverlayPerRun, budOverlayPerCopy, budOverlayDeltaPerGiB, budOverlayDeltaPerKiloFile,
    budDeltaWrites, reflinkShare, pullOverlayPerGiB, pullOverlayPerKiloFile, pullVfsPerGiB,
    pullVfsPerKiloFile, pullQuiet, pullDownload, pullThreads, blobConnections,
    archivePullOverlayFixed, archivePullOverlayPerGiB, archivePullOverlayPerKiloFile,
    archivePullVfsPerGiB, archivePullVfsPerKiloFile, archivePullVfsCopyPerGiB, archivePullQuiet,
    archiveUnpacks, pushPerKiloFile, manifestPushPerKiloFile, pushQuiet, manifestPushQuiet,
    pushThreads, pushUpload, manifestCreate, copyThreads,
  ]
}
