import GantryModel

/// Kinds of CPU work, by what emulation costs them.
enum WorkKind: String, CaseIterable, Sendable {
  /// Work that never runs inside the foreign root: buildah's own copying and compressing.
  case native
  case packages
  /// Packages whose installation starts Java or many other programs.
  case heavyPackages
  case compress
  case decompress
  case hash
  case files
  case walk
  case perl
  case node
  case python
  case pythonStart
  case java
  case javaStart
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
    case .packages: (value, what) = (4.7, "package installation")
    case .heavyPackages:
      (value, what) = (8.6, "installation of packages that start Java or many programs (a JDK)")
    case .compress: (value, what) = (3.1, "compressing")
    case .decompress: (value, what) = (5.5, "decompressing (gunzip 5.3, unxz 5.8)")
    case .hash: (value, what) = (4, "checksums")
    case .files: (value, what) = (3.5, "tar, cp and small writes (3.2 to 4)")
    case .walk: (value, what) = (5.2, "find and other looks at many files (2.8 to 5.9)")
    case .perl: (value, what) = (6.1, "Perl")
    case .node: (value, what) = (11.8, "Node.js (10.3 writing files, 13.5 computing)")
    case .python: (value, what) = (10.2, "Python")
    case .pythonStart: (value, what) = (14.9, "starting Python")
    case .java: (value, what) = (11.2, "Java")
    case .javaStart: (value, what) = (15.6, "starting Java")
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
