import GantryModel

// What a commit takes to find what was added, and what fuse-overlayfs takes for each file.

extension Figure {
  private static func fuse(
    _ id: String, _ value: Double, _ unit: String, _ text: String, source: String
  ) -> Figure {
    estimate("fuse.\(id)", value, unit, text, source: source)
  }

  /// Zero where no commit waits.
  static let compareGranularity = estimate(
    "commit.compare.granularity", 1, "s",
    "vfs and fuse-overlayfs: a commit's comparison ends no sooner than the second it began in",
    source: "containers/storage, drivers/fsdiff.go, NaiveDiffDriver.Diff, and overlay.go, "
      + "useNaiveDiff: always with a mount_program; read 2026-11")
  static let fuseComparePerKiloFile = fuse(
    "compare.perKiloFile", 0.45, "s/1000 files on m5a.2xlarge",
    "fuse-overlayfs: to compare a file with the layer below, each call through the mount program "
      + "(0.35 to 0.6)",
    source: fuseLayers)
  static let fuseWritePerKiloFile = fuse(
    "write.perKiloFile", 1.2, "s/1000 files on m5a.2xlarge",
    "fuse-overlayfs: more for a file that a container's command creates (1 to 2)",
    source:
      "dkwon17/storage-driver-test, results.md, test 2, read off the chart: 65,536 files of 4 KiB "
      + "in one layer took 3.9 min against 2.1 with vfs, OpenShift 4.15, 2024; less the comparison")
  static let fuseWritePerGiB = fuse(
    "write.perGiB", 0.9, "s/GiB on m5a.2xlarge",
    "fuse-overlayfs: more for the content that a container's command writes (0.5 to 2)",
    source: "containers/fuse-overlayfs 390: 0.95 GB/s through it, 6.4 beside it, 2023")

  private static let fuseLayers =
    "dkwon17/storage-driver-test, results.md, test 1, read off the chart: a layer on an image of about "
    + "4200 files takes 2.1 to 2.7 s, OpenShift 4.15, 2024; less what a commit takes otherwise"

  static let comparisonAll: [Figure] = [
    compareGranularity, fuseComparePerKiloFile, fuseWritePerKiloFile, fuseWritePerGiB,
  ]
}
