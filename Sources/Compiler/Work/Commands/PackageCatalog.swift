/// Sizes of some distribution packages with what they bring along, and of repository metadata.
///
/// Estimates from what the package managers of Fedora 39, UBI 8, Debian 12 and Alpine 3.19 usually
/// show; not read from one repository on one day.
enum PackageCatalog {
  /// Download, installed bytes, files, and packages including dependencies.
  struct Size {
    var download: Double
    var installed: Double
    var files: Double
    var packages: Double

    init(_ download: Double, _ installed: Double, files: Double, packages: Double) {
      self.download = download * 1e6
      self.installed = installed * 1e6
      self.files = files
      self.packages = packages
    }
  }

  /// Metadata in MB that the package manager downloads first, and the mirror.
  static func metadata(_ distribution: Distribution) -> (megabytes: Double, host: String) {
    switch distribution {
    case .fedora: (130, "mirrors.fedoraproject.org")
    case .redHat: (10, "cdn-ubi.redhat.com")
    case .centOS: (30, "mirror.stream.centos.org")
    case .debian: (9, "deb.debian.org")
    case .ubuntu: (30, "archive.ubuntu.com")
    case .alpine: (2.5, "dl-cdn.alpinelinux.org")
    case .other: (30, "mirrors.fedoraproject.org")
    }
  }

  /// The size of a package; nil when it is not listed.
  static func size(_ name: String) -> Size? {
    if let size = known[name] { return size }
    return families.first { name.hasPrefix($0.prefix) }?.size
  }

  private static let known: [String: Size] = [
    "htop": Size(0.4, 1.0, files: 45, packages: 2),
    "git": Size(25, 110, files: 1500, packages: 60),
    "gcc": Size(60, 220, files: 1500, packages: 20),
    "g++": Size(75, 280, files: 2500, packages: 25),
    "gcc-c++": Size(75, 280, files: 2500, packages: 25),
    "make": Size(0.6, 1.8, files: 60, packages: 1),
    "build-essential": Size(80, 310, files: 4000, packages: 60),
    "build-base": Size(70, 230, files: 3000, packages: 25),
    "curl": Size(0.6, 1.6, files: 30, packages: 4),
    "wget": Size(1, 3.5, files: 60, packages: 2),
    "ca-certificates": Size(0.5, 1.2, files: 300, packages: 2),
    "samba": Size(9, 32, files: 900, packages: 45),
    "cifs-utils": Size(0.2, 0.4, files: 40, packages: 3),
    "shadow-utils": Size(1.2, 4, files: 250, packages: 2),
    "nodejs": Size(30, 130, files: 4500, packages: 8),
    "maven": Size(25, 75, files: 900, packages: 60),
  ]

  private static let families: [(prefix: String, size: Size)] = [
    ("java-", Size(70, 210, files: 1300, packages: 35)),
    ("openjdk-", Size(80, 230, files: 1400, packages: 40)),
    ("openjdk", Size(75, 220, files: 800, packages: 25)),
    ("python3-dev", Size(25, 90, files: 1500, packages: 10)),
    ("python3", Size(12, 45, files: 2500, packages: 8)),
    ("golang", Size(120, 400, files: 12_000, packages: 15)),
  ]
}
