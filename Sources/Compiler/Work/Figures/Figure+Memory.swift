import GantryModel

// Working sets of tools, in MiB. Nobody measured them for this purpose: orders of magnitude as they
// show in a process list.

extension Figure {
  private static func set(_ id: String, _ value: Double, _ text: String) -> Figure {
    guess("memory.\(id)", value, "MiB", "working set of \(text)")
  }

  static let javaNative = set(
    "java.native", 250, "a JVM besides its heap: classes, compiled code, threads (150 to 400)")
  static let javaHeap = set(
    "java.heap", 700, "a Maven build's heap, where the JVM may take so much (300 to 3000)")
  static let javaHeapShare = estimate(
    "memory.java.heapShare", 0.25, "share",
    "the most that a JVM's heap takes of the container's memory limit, or of the node's memory",
    source: "OpenJDK 17, MaxRAMPercentage 25 by default, read 2026-11")
  static let nodeMemory = set("node", 350, "npm, yarn or another Node.js program (150 to 1500)")
  static let packagesMemory = set("packages", 220, "dnf, microdnf, apt-get or apk (40 to 500)")
  static let pythonMemory = set("python", 120, "pip or another Python program (50 to 500)")
  static let compilerMemory = set("compiler", 300, "a compiler, per thread (50 to 1500)")
  static let gitMemory = set("git", 60, "a git clone (20 to 500)")
  static let fileMemory = set("files", 10, "tar, gzip, cp and the like (2 to 50)")
  static let buildahMemory = set(
    "buildah", 90, "buildah, podman or skopeo, besides threads that compress (50 to 250)")
  static let compressMemory = set(
    "compress", 12,
    "each thread that compresses layers: blocks of 1 MiB, in and out (5 to 30)")
  static let unknownMemory = set(
    "unknown", 100, "a command that gantry does not know (5 to 4000)")
  static let entrypointMemory = set(
    "entrypoint", 12, "Tekton's entrypoint in each container of a pod (8 to 25)")

  static let memoryAll: [Figure] = [
    javaNative, javaHeap, javaHeapShare, nodeMemory, packagesMemory, pythonMemory,
    compilerMemory, gitMemory, fileMemory, buildahMemory, compressMemory, unknownMemory,
    entrypointMemory,
  ]
}

/// What kind of program a command is, by what it takes of memory.
enum MemoryKind: Hashable {
  case java
  case node
  case packages
  case python
  case compiler
  case git
  case files
  case buildah
  case unknown

  /// By the command's name; where that does not tell, by the kind of its work.
  init(command: String, kind: WorkKind) {
    switch command {
    case "mvn", "mvnw", "java", "gradle", "gradlew": self = .java
    case "npm", "yarn", "pnpm", "node", "npx": self = .node
    case "dnf", "yum", "microdnf", "tdnf", "apt-get", "apt", "apk": self = .packages
    case "pip", "pip3", "python", "python3": self = .python
    case "git", "git-init": self = .git
    case "buildah", "podman", "docker", "skopeo": self = .buildah
    default: self = MemoryKind(kind, isKnown: CommandRegistry.standard[command] != nil)
    }
  }

  private init(_ kind: WorkKind, isKnown: Bool) {
    switch kind {
    case .java, .javaStart: self = .java
    case .node: self = .node
    case .python, .pythonStart: self = .python
    case .packages, .heavyPackages: self = .packages
    case .compiler, .manySmallCompilations, .configure: self = .compiler
    case .compress, .decompress, .hash, .files, .walk: self = .files
    case .native, .processes, .perl: self = isKnown ? .files : .unknown
    }
  }
}
