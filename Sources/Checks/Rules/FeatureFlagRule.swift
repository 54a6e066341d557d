import GantryCompiler
import GantryModel

/// Feature flags that the chosen version of Tekton does not have.
struct FeatureFlagRule: CheckRule {
  static let ignored = FindingKind(
    "W0715", "a feature flag has no effect in this version of Tekton",
    "Tekton reads the flags that it knows and ignores all others without a word.",
    remedy: "take the flag out")

  static let kinds = [ignored]

  /// Flags of both versions, besides those that gantry reads.
  ///
  /// Source: Tekton Pipelines v0.59.0 and v1.15.0, config/config-feature-flags.yaml and
  /// pkg/apis/config, read 2026-11-25.
  private static let known: Set<String> = [
    "await-sidecar-readiness", "coschedule", "disable-affinity-assistant", "disable-creds-init",
    "disable-inline-spec", "enable-api-fields", "enable-artifacts",
    "enable-cel-in-whenexpression", "enable-concise-resolver-syntax", "enable-kubernetes-sidecar",
    "enable-param-enum", "enable-provenance-in-status", "enable-step-actions",
    "enable-wait-exponential-backoff", "enforce-nonfalsifiability", "keep-pod-on-cancel",
    "max-result-size", "require-git-ssh-secret-known-hosts", "results-from",
    "running-in-environment-with-injected-sidecars", "send-cloudevents-for-runs",
    "set-security-context", "set-security-context-read-only-root-filesystem",
    "trusted-resources-verification-no-match-policy", "enable-tekton-oci-bundles",
  ]

  /// Flags that neither version has any more.
  ///
  /// Source: Tekton Pipelines, docs/deprecations.md of v0.41 and v0.50, read 2026-11-25.
  private static let removed: Set<String> = [
    "disable-home-env-overwrite", "disable-working-directory-overwrite",
    "scope-when-expressions-to-task", "enable-custom-tasks", "embedded-status",
    "custom-task-version", "resource-verification-mode",
  ]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    let isSame = subject.manifests.files == subject.cluster.files
    let maps = subject.cluster.configMaps + (isSame ? [] : subject.manifests.configMaps)
    let written = maps.filter { $0.name.value == "feature-flags" }.flatMap { map in
      map.data.map { (flag: $0.key, place: $0.value.location) }
    }
    let own = subject.compilation.scenario.tekton.featureFlags.map {
      (flag: $0.key.value, place: $0.key.location)
    }
    return (written + own).sorted { $0.place < $1.place }.compactMap { finding($0.flag, $0.place) }
  }

  private func finding(_ flag: String, _ place: SourceLocation) -> Diagnostic? {
    if Self.removed.contains(flag) {
      return Self.ignored.finding("Tekton no longer has the feature flag '\(flag)'", at: place)
    }
    guard !Self.known.contains(flag), !flag.hasPrefix("_"),
      let near = nearestName(to: flag, in: Self.known)
    else { return nil }
    return Self.ignored.finding(
      "Tekton has no feature flag '\(flag)'", at: place, suggestion: "did you mean '\(near)'?")
  }
}
