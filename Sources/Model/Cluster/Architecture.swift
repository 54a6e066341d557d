/// A processor architecture that EC2 offers, by its Kubernetes name.
public enum Architecture: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// x86-64.
  case amd64
  /// 64-bit Arm (Graviton on EC2).
  case arm64

  /// Reads any common spelling: amd64, x86_64, x86-64, arm64, aarch64, arm64/v8.
  public init?(spelling: String) {
    switch spelling.lowercased() {
    case "amd64", "x86_64", "x86-64", "x64": self = .amd64
    case "arm64", "aarch64", "arm64/v8", "arm64v8": self = .arm64
    default: return nil
    }
  }

  /// What `uname -m` prints on a node of this architecture.
  public var machineName: String { self == .amd64 ? "x86_64" : "aarch64" }

  /// The position in per-architecture arrays of a plan.
  public var index: Int { self == .amd64 ? 0 : 1 }

  public static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}
