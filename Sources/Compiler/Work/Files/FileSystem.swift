/// The file system of a volume, as far as it changes what work costs.
public enum FileSystem: String, Hashable, Sendable {
  /// XFS with reflink, as on the nodes' root volumes (RHCOS): copies share blocks.
  case xfs
  /// ext4 with a journal, as the EBS driver formats block volumes.
  case ext4
  /// ext4 without a journal, as small virtual machines have it: an inode that was removed is not used
  /// again for 1 to 5 minutes, and every new file looks past all of those.
  case ext4WithoutJournal = "ext4-without-journal"
  /// tmpfs and emptyDir volumes with medium Memory.
  case memory
  /// NFS, as EFS is mounted: each operation is a round trip.
  case network
}

/// How full a volume is with what containers keep there.
struct Occupancy: Hashable, Sendable {
  var bytes: Double = 0
  /// The most it ever was.
  var peak: Double = 0
  /// Files that were removed so far.
  var removedFiles: Double = 0

  /// Adds bytes and tells how many of them lie above both a limit and the old peak.
  mutating func add(_ added: Double, above limit: Double) -> Double {
    bytes += added
    let fresh = max(0, bytes - max(peak, limit))
    peak = max(peak, bytes)
    return fresh
  }

  mutating func remove(_ tree: Tree) {
    bytes = max(0, bytes - tree.bytes)
    removedFiles += tree.files
  }
}
