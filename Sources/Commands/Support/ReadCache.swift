import GantryCompiler
import GantryModel
import Synchronization

/// What was read of files, so that many simulations of the same ones read them once.
final class ReadCache: Sendable {
  /// Manifests of some paths, with what was found in them.
  struct Manifests: Sendable {
    var manifests: ManifestSet
    var texts: SourceTexts
    var findings: [Diagnostic]
  }

  private let manifests = Mutex<[[String]: Manifests]>([:])
  private let listings = Mutex<[String: [SourceTree.File]?]>([:])
  private let contents = Mutex<[String: String?]>([:])

  /// The manifests of the paths, read when nobody has.
  func manifests(
    at paths: [String], read: () throws -> Manifests
  ) throws -> Manifests {
    if let known = manifests.withLock({ $0[paths] }) { return known }
    let found = try read()
    manifests.withLock { $0[paths] = found }
    return found
  }

  /// The files below a folder, listed when nobody has.
  func listing(of folder: String, read: () -> [SourceTree.File]?) -> [SourceTree.File]? {
    if let known = listings.withLock({ $0[folder] }) { return known }
    let found = read()
    listings.withLock { $0[folder] = .some(found) }
    return found
  }

  /// The text of a file, read when nobody has.
  func text(of file: String, read: () -> String?) -> String? {
    if let known = contents.withLock({ $0[file] }) { return known }
    let found = read()
    contents.withLock { $0[file] = .some(found) }
    return found
  }
}
