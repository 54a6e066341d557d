// Buildah's CPU seconds and bytes. CPU seconds are those of the measuring machine on a quiet day:
// multiply by `reference.factor`. How they were fitted, and how far they miss configurations that the
// fit did not see, is told in the documentation (WorkModels).

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

  // MARK: Copies

  static let copyPerGiB = buildah(
    "vfs.copy.cpuPerGiB", 0.7, "s/GiB", "vfs: CPU to copy the content of an image")
  static let copyPerKiloFile = buildah(
    "vfs.copy.cpuPerKiloFile", 0.036, "s/1000 files", "vfs: CPU to copy the files of an image")
  static let comparePerKiloFile = buildah(
    "vfs.compare.cpuPerKiloFile", 0.026, "s/1000 files",
    "vfs: CPU more for a commit's copy, which is compared with the container")
  static let copyFreshPerGiB = estimate(
    "vfs.copy.freshPerGiB", 3.5, "s/GiB",
    "vfs in memory: CPU that a copy takes more once the storage folder outgrows vfs.copy.freshAbove",
    source: "a second measurement of buildah 1.28.2, bases of 500 to 900 MB with several layers: "
      + "builds took 1.5 times what smaller ones predict, 2026-11")
  static let copyFreshAbove = estimate(
    "vfs.copy.freshAbove", 2_147_483_648, "bytes",
    "vfs in memory: the storage folder's size from which copies take more CPU (1.6 to 3 GiB)",
    source: "buildah 1.28.2: no effect up to 1.6 GiB in one measurement, a clear one in another; "
      + "2026-11")
  static let reflinkShare = buildah(
    "vfs.reflink.share", 0.035, "of the bytes copied",
    "vfs copies on a node's disk: RHCOS has XFS with reflink, which shares blocks (one image, two "
      + "runs; 1 on ext4)")

  // MARK: Building

  static let budPerCopy = buildah(
    "bud.copy.cpu", 0.09, "s", "buildah: CPU per COPY or ADD besides its files")
  static let budCopyPerGiB = buildah(
    "bud.copy.cpuPerGiB", 9.2, "s/GiB", "buildah COPY: CPU to read, hash and write the content")
  static let budCopyPerKiloFile = buildah(
    "bud.copy.cpuPerKiloFile", 0.3, "s/1000 files", "buildah COPY: CPU per file")
  static let budCopyPasses = buildah(
    "bud.copy.passes", 2, "times", "buildah COPY: how often the content goes through a pipe")
  static let budPerRun = buildah(
    "bud.run.cpu", 0.14, "s", "buildah: CPU to start the command of a RUN")
  static let budRunMemory = buildah(
    "bud.run.memory", 39.1 * 1_048_576, "bytes",
    "buildah with chroot isolation: bytes copied to memory per RUN (its own program, twice)")
  static let commitCPU = buildah("bud.commit.cpu", 0.038, "s", "buildah: CPU per committed layer")
  static let commitPerGiB = buildah(
    "bud.commit.cpuPerGiB", 18.3, "s/GiB", "buildah: CPU to commit what instructions added")
  static let commitPerKiloFile = buildah(
    "bud.commit.cpuPerKiloFile", 0.145, "s/1000 files", "buildah: CPU to commit added files")
  static let commitWrites = buildah(
    "bud.delta.writes", 3, "times",
    "buildah: how often a commit writes what was added (diff, layer, temporary copy)")
  static let commitPasses = buildah(
    "bud.delta.passes", 1, "times", "buildah: how often a commit sends it through a pipe")
  static let storageImageFiles = buildah(
    "storage.image.files", 8, "files", "buildah: files that a storage folder keeps per image")

  // MARK: Unpacking and packing

  static let unpackPerKiloFile = buildah(
    "unpack.cpuPerKiloFile", 0.073, "s/1000 files", "buildah: CPU per file unpacked from a layer")
  static let loadCPU = buildah(
    "pullArchive.cpu", 0.19, "s", "pull from an archive: CPU besides unpacking")
  static let pullDownload = buildah(
    "pull.download", 1.012, "ratio", "pull: bytes downloaded against compressed layers")
  static let archiveCopies = buildah(
    "pullArchive.unpacks", 3, "times",
    "pull from an archive: the archive is written to temporary files this often, and its layers "
      + "once more when the image is not there yet")
  static let archiveAgainPerGiB = buildah(
    "pullArchive.again.cpuPerGiB", 2.6, "s/GiB",
    "pull from an archive whose image is there: CPU per GiB of archive")
  static let packPerKiloFile = buildah(
    "pack.cpuPerKiloFile", 0.025, "s/1000 files", "push: CPU per file")
  static let pushUpload = buildah(
    "push.upload", 1.006, "ratio", "push to a registry: bytes sent against compressed layers")
  static let knownPushCPU = buildah(
    "push.known.cpu", 0.03, "s", "push of an image whose layers the registry is known to have: CPU")
  static let manifestCreate = buildah(
    "manifestCreate.cpu", 0.021, "s", "buildah manifest create or add: CPU")
  static let blobConnections = estimate(
    "registry.parallelBlobs", 6, "connections",
    "layers that are pulled or pushed at the same time, at most",
    source: "containers/image copy default (maxParallelDownloads 6), read 2026-11")

  // MARK: Removing

  static let removeImageCPU = buildah(
    "rmi.cpu", 0.0225, "s", "buildah rm and rmi: CPU besides the files")
  static let removeImagePerKiloFile = buildah(
    "rmi.cpuPerKiloFile", 0.0068, "s/1000 files", "buildah rm and rmi: CPU per file removed")
  static let removeImagePerGiB = buildah(
    "rmi.cpuPerGiB", 0.16, "s/GiB", "buildah rm and rmi: CPU per GiB freed")

  // MARK: Threads

  static let unpackSerial = buildah(
    "unpack.serial", 0.33, "of the CPU",
    "unpacking layers: share that keeps one thread busy (1.5 threads of 2 on a quiet machine)")
  static let unpackThreads = buildah(
    "unpack.threads", 6, "threads",
    "unpacking layers: threads of the rest (2.3 in the mean, as wanted on 4 and more)")
  static let packSerial = buildah(
    "pack.serial", 0.12, "of the CPU",
    "packing and compressing layers: share that keeps one thread busy (1.8 threads of 2)")
  static let packThreads = buildah(
    "pack.threads", 16, "threads",
    "packing and compressing layers: threads of the rest (2.9 in the mean on 4, 4.3 on 8)")
  static let commitSerial = buildah(
    "bud.serial", 0.7, "of the CPU",
    "COPY and commit: share that keeps one thread busy (1.18 threads of 2 with overlay)")
  static let commitThreads = buildah(
    "bud.threads", 2, "threads", "COPY and commit: threads of the rest")

  // MARK: File systems

  static let ext4UnpackPerKiloFile = buildah(
    "ext4.unpack.cpuPerKiloFile", 0.075, "s/1000 files",
    "ext4: CPU that unpacking a file takes more than in memory")
  static let ext4CopyPerKiloFile = buildah(
    "ext4.copy.cpuPerKiloFile", 0.04, "s/1000 files",
    "ext4: CPU that a vfs copy of a file takes more than in memory")
  static let ext4UnpackAfterRemoval = buildah(
    "ext4.unpack.afterRemoval", 0.4, "s/1000 files",
    "ext4 without a journal: CPU that unpacking a file takes more when ext4.groupInodes files were "
      + "removed in the last minutes (0 to 0.9, as they lie in the same block group or not)")
  static let ext4CopyAfterRemoval = buildah(
    "ext4.copy.afterRemoval", 0.06, "s/1000 files",
    "ext4 without a journal: CPU that a vfs copy of a file takes more then (0 to 0.4)")
  static let ext4GroupInodes = estimate(
    "ext4.groupInodes", 8192, "files",
    "ext4: files of one block group, beyond which more that were removed change nothing",
    source: "mke2fs defaults: one inode per 16 KiB, block groups of 128 MiB; the search for a free "
      + "inode is fs/ext4/ialloc.c, recently_deleted, read 2026-11")

  static let buildahAll: [Figure] =
    [
      referenceFactor, copyPerGiB, copyPerKiloFile, comparePerKiloFile, copyFreshPerGiB,
      copyFreshAbove, reflinkShare,
      budPerCopy, budCopyPerGiB, budCopyPerKiloFile, budCopyPasses, budPerRun, budRunMemory,
      commitCPU,
      commitPerGiB, commitPerKiloFile, commitWrites, commitPasses, storageImageFiles,
      unpackPerKiloFile,
      loadCPU, pullDownload, archiveCopies, archiveAgainPerGiB, packPerKiloFile, pushUpload,
      knownPushCPU, manifestCreate, blobConnections, removeImageCPU, removeImagePerKiloFile,
      removeImagePerGiB, unpackSerial,
      unpackThreads, packSerial, packThreads, commitSerial, commitThreads, ext4UnpackPerKiloFile,
      ext4UnpackAfterRemoval, ext4CopyPerKiloFile,
      ext4CopyAfterRemoval, ext4GroupInodes,
    ] + Bookkeeping.all.flatMap(\.figures)
}
