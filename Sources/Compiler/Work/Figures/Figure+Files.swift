import GantryModel

// File operations: CPU of the measuring machine, and NFS calls of single files.

extension Figure {
  private static func calls(_ id: String, _ value: Double, _ unit: String, _ text: String) -> Figure
  {
    Figure(id, value, unit, .measured, text, source: Source.nfs)
  }

  private static func cpu(_ id: String, _ value: Double, _ unit: String, _ text: String) -> Figure {
    Figure(id, value, unit, .measured, text, source: Source.files)
  }

  static let bigFileFixedCalls = calls(
    "nfs.bigFile.fixed", 3, "calls", "opening and closing a big file on NFS: calls")
  static let bigFileCommitCalls = calls(
    "nfs.bigFile.commit", 1, "calls", "committing a file of more than one WRITE on NFS: calls")
  static let createCalls = calls(
    "nfs.create", 3, "calls", "writing a new small file on NFS: OPEN, WRITE, CLOSE")
  static let attributeCalls = estimate(
    "nfs.attribute", 1, "calls", "changing mode or owner of a file on NFS: SETATTR",
    source:
      "RFC 8881 (NFS v4.1), section 18.30, read 2026-11; look-ups are counted with the folders")
  static let renameCalls = calls("nfs.rename", 1, "calls", "renaming a file on NFS: calls")

  /// RPC counts were taken with 512 KiB transfers; the EFS mount options ask for 1 MiB.
  static let bigFileTransfer = estimate(
    "nfs.bigFile.transfer", 1_048_576, "bytes/call",
    "bytes per READ or WRITE of a big file on EFS",
    source: "Amazon EFS user guide, recommended NFS mount options (rsize, wsize), read 2026-11")
  static let bigFileConcurrency = guess(
    "nfs.bigFile.concurrency", 8, "calls",
    "READs or WRITEs of one big file under way at once (read-ahead, write-behind; 4 to 15)")

  static let cloneFixedCPU = cpu("git.clone.cpu", 0.02, "s", "git clone: CPU besides its files")
  static let clonePerKiloFile = cpu(
    "git.clone.cpuPerKiloFile", 0.044, "s/1000 files", "git checkout: CPU per file")
  static let clonePerGiB = cpu(
    "git.clone.cpuPerGiB", 8, "s/GiB", "git clone: CPU to index and unpack the content")
  static let clonePackPasses = cpu(
    "git.clone.packPasses", 2, "times",
    "git clone: how often the pack is read and written (into index-pack, into the pack file)")
  static let cloneServePasses = cpu(
    "git.clone.servePasses", 2, "times",
    "git clone of a local folder: how often git itself writes the pack to serve it")
  static let untarPerKiloFile = cpu(
    "tar.extract.cpuPerKiloFile", 0.024, "s/1000 files", "tar x: CPU per file")
  static let copyFixedCPU = cpu("cp.cpu", 0.009, "s", "cp: CPU to start")
  static let copyCPU = cpu("cp.cpuPerKiloFile", 0.0245, "s/1000 files", "cp: CPU per file")
  static let copyContentPerGiB = cpu("cp.cpuPerGiB", 0.5, "s/GiB", "cp: CPU for the content")
  static let removeFixedCPU = cpu("rm.cpu", 0.003, "s", "rm: CPU to start")
  static let removeCPU = cpu("rm.cpuPerKiloFile", 0.0077, "s/1000 files", "rm -rf: CPU per file")
  static let startReads = cpu(
    "process.start.reads", 7068, "bytes", "starting a small program: bytes read of its libraries")
  static let gunzipPerGiB = cpu(
    "gunzip.cpuPerGiB", 5.3, "s/GiB", "gunzip: CPU per GiB of text unpacked")
  static let gzipPerGiB = cpu("gzip.cpuPerGiB", 32, "s/GiB", "gzip -6: CPU per GiB of text")
  static let unxzPerGiB = cpu("unxz.cpuPerGiB", 17.9, "s/GiB", "unxz: CPU per GiB unpacked")
  static let sha256PerGiB = cpu("sha256.cpuPerGiB", 3.5, "s/GiB", "sha256sum: CPU per GiB")

  static let filesAll: [Figure] =
    [
      bigFileFixedCalls, bigFileCommitCalls, createCalls, renameCalls, attributeCalls,
      bigFileTransfer,
      bigFileConcurrency, cloneFixedCPU, clonePerKiloFile, clonePerGiB, clonePackPasses,
      cloneServePasses, untarPerKiloFile, copyFixedCPU, copyCPU, copyContentPerGiB, removeFixedCPU,
      removeCPU, startReads, gunzipPerGiB, gzipPerGiB, unxzPerGiB, sha256PerGiB,
    ] + TreeCalls.all.flatMap(\.figures)
}
