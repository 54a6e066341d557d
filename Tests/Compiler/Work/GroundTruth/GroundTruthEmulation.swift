import GantryModel

@testable import GantryCompiler

/// What emulation makes of a command's native CPU seconds, by the kind of work that it is.
enum GroundTruthEmulation {
  /// The kind of work of a measured operation; nil where the model has none for it.
  static func kind(of operation: String) -> WorkKind? {
    switch operation {
    case "apt_install_gcc": .packages
    case "apt_install_nodejs": .heavyPackages
    case "gzip6_6mb_text": .compress
    case "gunzip_6mb_text", "unxz_2mb": .decompress
    case "sha256_24mb": .hash
    case "tar_extract_1000", "dd_512b_x60k": .files
    case "find_stat": .walk
    case "perl_script": .perl
    case "python_script": .python
    case "python_startup_x5": .pythonStart
    case "node_script", "node_fs_600": .node
    case "javac_25": .java
    case "java_startup_x1": .javaStart
    case "cc_o2_big": .compiler
    case "cc_o2_small_x8": .manySmallCompilations
    case "configure_like": .configure
    default: nil
    }
  }

  /// CPU seconds of a command under emulation that takes `native` seconds outside it.
  static func cpu(native: Double, kind: WorkKind) -> Double {
    let scene = Scene(
      architecture: .amd64, localClaims: [], configuration: WorkConfiguration(), world: World(),
      tables: WorkTables(), paths: PathSpace(root: .container(0)), distribution: .other)
    scene.machine = .arm64
    scene.emit("command", kind: kind, cpu: native)
    return scene.phases.cpu
  }

  /// CPU seconds of a command that the model knows by name, on the measuring machine.
  static func native(_ operation: String) -> Double? {
    let command: (script: String, tree: Tree)
    switch operation {
    case "gzip6_6mb_text":
      command = ("gzip -6 f", Tree(bytes: 6 * 1_048_576, files: 1, content: .text))
    case "gunzip_6mb_text":
      // 6 MiB of text at the measured ratio of its kind: 1,393,525 bytes packed.
      command = ("gunzip f", Tree(bytes: 6 * 1_048_576 / 2.59, files: 1, content: .text))
    case "unxz_2mb":
      command = ("unxz f", Tree(bytes: 2 * 1_048_576 / 2.59, files: 1, content: .text))
    case "sha256_24mb":
      command = ("sha256sum f", Tree(bytes: 24 * 1_048_576, files: 1, content: .packed))
    default: return nil
    }
    var paths = PathSpace(root: .pod("root", inMemory: true))
    paths.mount(.pod("root", inMemory: true), at: "/", subPath: nil)
    let scene = Scene(
      architecture: .amd64, localClaims: [], configuration: WorkConfiguration(), world: World(),
      tables: WorkTables(assumptions: ["reference.factor": 1]), paths: paths, distribution: .other)
    scene.world[.pod("root", inMemory: true)].put(.opaque(command.tree, []), at: "f")
    var shell = ShellInterpreter(
      scene: scene, registry: .standard, environment: [:], directory: "/")
    _ = shell.run(script: command.script)
    return scene.phases.cpu
  }
}
