import GantryModel

/// The architecture that an image is for and its commands run as: one that EC2 offers, or one that only
/// an emulator runs.
struct Machine: Hashable, Sendable {
  /// As OCI images name it: `amd64`, `s390x`, `arm/v7`.
  let name: String
  /// The architecture of EC2, if it is one.
  let native: Architecture?

  /// An architecture of EC2.
  init(_ architecture: Architecture) {
    self.init(name: architecture.rawValue, native: architecture)
  }

  static let amd64 = Machine(Architecture.amd64)
  static let arm64 = Machine(Architecture.arm64)

  /// Reads `s390x`, `linux/arm64/v8` or any common spelling; nil for a name that no image has.
  init?(platform: String) {
    var parts = platform.lowercased().split(separator: "/").map(String.init)
    if parts.count > 1, Self.systems.contains(parts[0]) { parts.removeFirst() }
    guard let first = parts.first else { return nil }
    if let architecture = Architecture(spelling: first) {
      self.init(architecture)
      return
    }
    let spelling = Self.spellings[first] ?? first
    guard Self.foreign[spelling] != nil else { return nil }
    self.init(name: ([spelling] + parts.dropFirst()).joined(separator: "/"), native: nil)
  }

  private init(name: String, native: Architecture?) {
    self.name = name
    self.native = native
  }

  /// The architecture of EC2 whose image sizes stand for its own.
  var nearest: Architecture { native ?? (name.hasPrefix("arm") ? .arm64 : .amd64) }

  /// What `uname -m` prints.
  var machineName: String {
    if let native { return native.machineName }
    let base = name.split(separator: "/").first.map(String.init) ?? name
    return Self.foreign[base] ?? base
  }

  /// Whether processors of an architecture run its programs themselves.
  ///
  /// x86-64 runs programs for 32-bit x86. 32-bit Arm needs a kernel for it, which RHEL for Arm is not
  /// (Red Hat Enterprise Linux 9 documentation, architectures: 64-bit only; read 2026-11).
  func runs(on node: Architecture) -> Bool {
    native == node || (name == "386" && node == .amd64)
  }

  private static let systems: Set<String> = ["linux", "windows", "darwin", "freebsd", "wasip1"]

  /// Other spellings of names in `foreign`.
  private static let spellings = [
    "i386": "386", "i686": "386", "x86": "386", "armhf": "arm", "armv7": "arm", "armv7l": "arm",
    "armel": "arm", "ppc64el": "ppc64le",
  ]

  /// Architectures of images besides those of EC2, with what `uname -m` prints there.
  ///
  /// Source: the values of GOARCH for Linux (Go 1.22, internal/platform), which OCI images use; read
  /// 2026-11.
  private static let foreign = [
    "386": "i686", "arm": "armv7l", "ppc64le": "ppc64le", "ppc64": "ppc64", "s390x": "s390x",
    "riscv64": "riscv64", "loong64": "loongarch64", "mips": "mips", "mipsle": "mips",
    "mips64": "mips64", "mips64le": "mips64",
  ]
}
