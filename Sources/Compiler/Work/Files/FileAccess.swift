public import GantryModel

/// A path of a claim that a TaskRun reads or changes, as far as its scripts tell.
public struct FileAccess: Hashable, Sendable {
  /// The position of the claim among the run's claims.
  public var claim: Int
  /// The path from the claim's root, without a leading slash; empty is all of it.
  public var path: String
  public var isWrite: Bool
  /// The command that does it, such as `npm`.
  public var command: String
  /// Where pods run that no selector binds: paths may depend on it (`uname -m`).
  public var world: Architecture

  /// Whether two paths of the same claim are the same or one lies in the other.
  public func overlaps(_ other: FileAccess) -> Bool {
    claim == other.claim && world == other.world
      && (path == other.path || path.isEmpty || other.path.isEmpty
        || path.hasPrefix(other.path + "/") || other.path.hasPrefix(path + "/"))
  }
}

extension Scene {
  /// A path as one command read or changed it.
  struct Touch: Hashable {
    var claim: Int
    var path: String
    var isWrite: Bool
    var command: String
  }

  /// Notes that the command under way reads a place.
  func noteRead(_ place: Place) {
    guard case .claim(let claim) = place.volume else { return }
    touches.insert(
      Touch(
        claim: claim, path: PathSpace.withoutPattern(place.path), isWrite: false,
        command: command))
  }

  /// Notes what the command under way has changed on claims.
  func noteWrites() {
    for (claim, path) in world.takeChangesOfClaims() {
      touches.insert(Touch(claim: claim, path: path, isWrite: true, command: command))
    }
  }

  /// The text of a file, where it is known.
  func text(at place: Place) -> String? {
    noteRead(place)
    return world[place.volume].text(at: place.path)
  }

  /// What is known at exactly this place.
  func entry(at place: Place) -> Entry? {
    noteRead(place)
    return world[place.volume].entry(at: place.path)
  }
}
