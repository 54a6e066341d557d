public import GantryModel

/// A release of Tekton Pipelines without its patch level.
public struct TektonRelease: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var major: Int
  public var minor: Int

  /// Joins both numbers.
  public init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads `0.59`, `v0.59.0` and the like; nil for other texts.
  public init?(_ text: String) {
    let digits = text.first == "v" ? text.dropFirst() : Substring(text)
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard (2...3).contains(parts.count), numbers.count == parts.count,
      numbers.allSatisfy({ $0 >= 0 })
    else { return nil }
    self.init(numbers[0], numbers[1])
  }

  public var description: String { "\(major).\(minor)" }

  public static func < (a: Self, b: Self) -> Bool { (a.major, a.minor) < (b.major, b.minor) }

  /// The rules that a release follows.
  ///
  /// 1.0 removed ClusterTask and the switch `disable-affinity-assistant`, which change a simulation
  /// more than anything since: so releases from 1.0 follow the rules of 1.15, earlier ones those of
  /// 0.59. Source: release notes of Tekton Pipelines v1.0.0, read 2026-11-23.
  public var rules: TektonVersion { major >= 1 ? .v1_15 : .v0_59 }

  /// The release whose rules these are.
  public init(_ rules: TektonVersion) {
    switch rules {
    case .v0_59: self.init(0, 59)
    case .v1_15: self.init(1, 15)
    }
  }

  /// How far the rules are from the release, in words; nil when they are its own.
  var distance: String? {
    let own = TektonRelease(rules)
    if self == own { return nil }
    if rules == .v0_59 {
      return self < own
        ? "the oldest whose rules are known"
        : "the newest before 1.0 whose rules are known"
    }
    if self > own { return "the newest whose rules are known" }
    return "which like it has neither ClusterTask nor disable-affinity-assistant"
      + (self < TektonRelease(1, 3)
        ? "; parameters in pod templates are replaced, though that came with 1.3" : "")
  }
}

extension TektonRelease {
  /// The release that a release of Red Hat OpenShift Pipelines ships; nil for one not known.
  public init?(openShiftPipelines release: TektonRelease) {
    guard release.major == 1, let shipped = Self.shipped[release.minor] else { return nil }
    self = shipped
  }

  /// By the minor number of OpenShift Pipelines 1.x.
  ///
  /// Source: compatibility and support matrix in OpenShift's documentation (editions of 1.11, 1.19
  /// and 1.22); for 1.12 to 1.15 the releases table of the Tekton operator that each is made from
  /// (0.68, 0.69, 0.70, 0.71); read 2026-11-25.
  static let shipped: [Int: TektonRelease] = [
    4: .init(0, 22), 5: .init(0, 24), 6: .init(0, 28), 7: .init(0, 33), 8: .init(0, 37),
    9: .init(0, 41), 10: .init(0, 44), 11: .init(0, 47), 12: .init(0, 50), 13: .init(0, 53),
    14: .init(0, 56), 15: .init(0, 59), 16: .init(0, 62), 17: .init(0, 65), 18: .init(0, 68),
    19: .init(1, 0), 20: .init(1, 3), 21: .init(1, 6), 22: .init(1, 9),
  ]
}
