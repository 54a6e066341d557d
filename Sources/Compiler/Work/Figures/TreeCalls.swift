import GantryModel

/// NFS calls of an operation on a tree: a fixed number, and more for each file and directory.
///
/// Counted on Linux 6.1 with NFS v4.1, cold cache, one call after the other. Each is exact over the
/// trees that were measured unless its figure says otherwise.
struct TreeCalls: Sendable {
  var fixed: Figure
  var perFile: Figure
  var perDirectory: Figure

  /// The three figures `nfs.ID.fixed`, `.perFile` and `.perDirectory`.
  private init(_ id: String, _ text: String, _ fixed: Double, _ file: Double, _ directory: Double) {
    func figure(_ part: String, _ value: Double, _ unit: String, _ what: String) -> Figure {
      Figure("nfs.\(id).\(part)", value, unit, .measured, "\(text): \(what)", source: Source.nfs)
    }
    self.fixed = figure("fixed", fixed, "calls", "calls in any case")
    perFile = figure("perFile", file, "calls/file", "calls per file")
    perDirectory = figure("perDirectory", directory, "calls/directory", "calls per directory")
  }

  /// Whether these are the calls of a commit, which compares before it copies.
  var isCommit: Bool { fixed.id == Self.commitImageCalls.fixed.id }

  var figures: [Figure] { [fixed, perFile, perDirectory] }
}

extension TreeCalls {
  static let cloneCalls = TreeCalls("gitClone", "git checkout on NFS (one tree)", 0, 6.002, 0)
  static let statusCalls = TreeCalls("gitStatus", "git status on NFS (one tree)", 0, 1.819, 0)
  static let untarCalls = TreeCalls("untar", "unpacking on NFS as root", 8, 7, 5)
  static let copyInCalls = TreeCalls("copyIn", "cp -r onto NFS", 4, 4, 2)
  static let archiveInCalls = TreeCalls("archiveIn", "cp -a onto NFS", 7, 6, 5)
  static let readCalls = TreeCalls("readTree", "reading small files on NFS", 6, 4, 4)
  /// What reading costs when the files are copied to another place on the same mount.
  static let copyOutCalls = TreeCalls("copyOut", "cp from NFS: the reading side", 4, 3, 3)
  static let removeCalls = TreeCalls("remove", "rm -rf on NFS", 8, 1, 5)
  static let walkCalls = TreeCalls("walk", "listing a tree on NFS", 6, 0, 3)

  static let unpackImageCalls = TreeCalls(
    "buildah.unpack", "buildah unpacking a layer onto NFS", 562.3, 7.006, 8.033)
  static let copyImageCalls = TreeCalls(
    "buildah.copy", "buildah's vfs copy for a container on NFS, both sides", 776, 9.035, 8.056)
  static let commitImageCalls = TreeCalls(
    "buildah.commit", "buildah's vfs commit on NFS, both sides", 455.3, 9.299, 14.78)
  static let readImageCalls = TreeCalls(
    "buildah.read", "buildah reading an image on NFS", 489.3, 3.059, 2.008)
  static let removeImageCalls = TreeCalls(
    "buildah.remove", "buildah removing a container or image on NFS", 174.2, 1.001, 3.984)

  static let all: [TreeCalls] = [
    cloneCalls, statusCalls, untarCalls, copyInCalls, archiveInCalls, readCalls, copyOutCalls,
    removeCalls, walkCalls, unpackImageCalls, copyImageCalls, commitImageCalls, readImageCalls,
    removeImageCalls,
  ]
}
