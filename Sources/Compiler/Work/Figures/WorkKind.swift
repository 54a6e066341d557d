import GantryModel

/// Kinds of CPU work, by what emulation costs them.
enum WorkKind: String, CaseIterable, Sendable {
  /// Work that never runs inside the foreign root: buildah's own copying and compressing.
  case native
  case packages
  case archive
  case node
  case python
  case java
  case compiler
  case manySmallCompilations
  case configure
  case processes

  /// Emulated CPU seconds per native one; nil where emulation does not apply.
  var emulation: Figure? {
    let value: Double
    let what: String
    switch self {
    case .native: return nil
    case .packages: (value, what) = (4.7, "package installation (8.6 with many scripts)")
    case .archive: (value, what) = (5.3, "unpacking and compressing (3.1 to 5.8)")
    case .node: (value, what) = (13.5, "Node.js")
    case .python: (value, what) = (10.2, "Python")
    case .java: (value, what) = (11.2, "Java (start-up 15.6)")
    case .compiler: (value, what) = (11.1, "compiling big units")
    case .manySmallCompilations: (value, what) = (32.9, "compiling many tiny units")
    case .configure: (value, what) = (21.8, "configure-like shell scripts")
    case .processes: (value, what) = (15, "many short processes (15 to 34)")
    }
    return Figure(
      "emulation.\(rawValue)", value, "ratio", .measured,
      "CPU under qemu-user against native: \(what)", source: Source.qemu)
  }
}

extension Figure {
  static let emulatedProcessStart = Figure(
    "emulation.processStart", 0.02, "s", .measured,
    "CPU to start one small process under qemu-user", source: Source.qemu)

  static let emulationAll: [Figure] =
    WorkKind.allCases.compactMap(\.emulation) + [emulatedProcessStart]
}
