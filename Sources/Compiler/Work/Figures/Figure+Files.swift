import GantryModel

// File operations: CPU of the measuring machine, and NFS calls.

extension Figure {
  private static func calls(_ id: String, _ value: Double, _ unit: String, _ text: String) -> Figure
  {
    Figure(id, value, unit, .measured, text, source: Source.nfs)
  }

  private static func cpu(_ id: String, _ value: Double, _ text: String) -> Figure {
    Figure(id, value, "s/1000 files", .measured, text, source: Source.files)
  }

  static let cloneCalls = calls(
    "nfs.gitClone.perFile", 6.002, "calls/file", "git checkout on NFS: calls per file")
  static let untarCalls = calls(
    "nfs.untar.perFile", 7.43, "calls/file", "unpacking on NFS as root: calls per file")
  static let copyInCalls = calls(
    "nfs.copyIn.perFile", 4.17, "calls/file", "cp -r onto NFS: calls per file")
  static let readCalls = calls(
    "nfs.readTree.perFile", 4.34, "calls/file",
    "reading a tree of small files on NFS: calls per file")
  static let removeCalls = calls(
    "nfs.remove.perFile", 1.43, "calls/file", "rm -rf on NFS: calls per file")
  static let pullFileCalls = calls(
    "nfs.buildah.unpack.perFile", 7.006, "calls/file", "buildah unpacking onto NFS: calls per file")
  static let pullDirectoryCalls = calls(
    "nfs.buildah.unpack.perDirectory", 8.033, "calls/directory",
    "buildah unpacking onto NFS: calls per directory")
  static let copyFileCalls = calls(
    "nfs.buildah.copy.perFile", 9.035, "calls/file",
    "buildah's vfs copy on NFS: calls per file (both sides)")
  static let copyDirectoryCalls = calls(
    "nfs.buildah.copy.perDirectory", 8.056, "calls/directory",
    "buildah's vfs copy on NFS: calls per directory (both sides)")
  static let storeFixedCalls = calls(
    "nfs.buildah.fixed", 562.3, "calls",
    "buildah's bookkeeping in a storage folder on NFS, per command (455 to 776)")
  static let bigFileFixedCalls = calls(
    "nfs.bigFile.fixed", 3, "calls", "opening, committing and closing a big file on NFS: calls")

  /// RPC counts were taken with 512 KiB transfers; the EFS mount options ask for 1 MiB.
  static let bigFileTransfer = estimate(
    "nfs.bigFile.transfer", 1_048_576, "bytes/call",
    "bytes per READ or WRITE of a big file on EFS",
    source: "Amazon EFS user guide, recommended NFS mount options (rsize, wsize), read 2026-11")
  static let bigFileConcurrency = guess(
    "nfs.bigFile.concurrency", 8, "calls",
    "READs or WRITEs of one big file under way at once (read-ahead, write-behind; 4 to 15)")

  static let cloneCPU = cpu("git.clone.cpuPerKiloFile", 0.07501, "git checkout: CPU")
  static let untarCPU = cpu("tar.extract.cpuPerKiloFile", 0.04827, "tar x: CPU per file")
  static let copyCPU = cpu("cp.cpuPerKiloFile", 0.02619, "cp -a: CPU per file")
  static let removeCPU = cpu("rm.cpuPerKiloFile", 0.007556, "rm -rf: CPU per file")
  static let gunzipPerGiB = Figure(
    "gunzip.cpuPerGiB", 5.3, "s/GiB", .measured, "gunzip: CPU per GiB of text unpacked",
    source: Source.files)
  static let gzipPerGiB = Figure(
    "gzip.cpuPerGiB", 32, "s/GiB", .measured, "gzip -6: CPU per GiB of text", source: Source.files)
  static let sha256PerGiB = Figure(
    "sha256.cpuPerGiB", 3.5, "s/GiB", .measured, "sha256sum: CPU per GiB", source: Source.files)

  static let filesAll: [Figure] = [
    cloneCalls, untarCalls, copyInCalls, readCalls, removeCalls, pullFileCalls,
    pullDirectoryCalls, copyFileCalls, copyDirectoryCalls, storeFixedCalls, bigFileFixedCalls,
    bigFileTransfer, bigFileConcurrency, cloneCPU, untarCPU, copyCPU, removeCPU, gunzipPerGiB,
    gzipPerGiB, sha256PerGiB,
  ]
}
