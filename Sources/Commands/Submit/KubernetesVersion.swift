import ArgumentParser

/// A version of Kubernetes, as far as what a Job may have depends on it.
///
/// Source: Kubernetes documentation, feature gates JobPodFailurePolicy (on by default from 1.26),
/// JobBackoffLimitPerIndex and JobPodReplacementPolicy (both from 1.29); OpenShift release notes: OpenShift 4.N
/// has Kubernetes 1.(N + 13); read 2026-11.
struct KubernetesVersion: ReadableArgument, Hashable {
  static let expectation = "a version from 1.26 on, such as 1.28"

  /// The newest form of a Job, which later versions take too.
  static let newest = KubernetesVersion(minor: 29)

  let minor: Int

  init(minor: Int) { self.minor = minor }

  /// `1.28`, with or without a patch; nil for what has no policy for failures of pods.
  init?(argument: String) {
    guard let match = argument.wholeMatch(of: /v?1\.([0-9]{1,3})(\.[0-9]+)?/),
      let minor = Int(match.1), minor >= 26
    else { return nil }
    self.minor = minor
  }

  /// Whether each index has attempts of its own, and may fail alone.
  var hasBackoffPerIndex: Bool { minor >= 29 }

  /// The versions that take the same Job.
  var range: String { hasBackoffPerIndex ? "1.29 and later" : "1.26 to 1.28" }
}
