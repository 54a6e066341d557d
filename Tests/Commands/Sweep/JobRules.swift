import Foundation
import GantryManifests

/// What the API server asks of a Job beyond its schema.
///
/// Source: Kubernetes, pkg/apis/batch/validation, and the fields that feature gates switch off in 1.26 to 1.28;
/// read 2026-11.
struct JobRules {
  let job: [String: Any]

  init?(yaml: String) {
    let parsed = YAMLLoader.parse(Array(yaml.utf8), file: "job.yaml")
    guard parsed.diagnostics.isEmpty, let document = parsed.documents.first,
      let value = try? JSONSerialization.jsonObject(with: Data(document.canonicalJSON.utf8)),
      let job = value as? [String: Any]
    else { return nil }
    self.job = job
  }

  private var spec: [String: Any] { job["spec"] as? [String: Any] ?? [:] }
  private var template: [String: Any] {
    (spec["template"] as? [String: Any])?["spec"] as? [String: Any] ?? [:]
  }
  private var containers: [[String: Any]] { template["containers"] as? [[String: Any]] ?? [] }
  private var policy: [[String: Any]] {
    (spec["podFailurePolicy"] as? [String: Any])?["rules"] as? [[String: Any]] ?? []
  }

  /// The rules that are broken, for a cluster of Kubernetes 1.`minor`.
  func broken(minor: Int) -> [String] {
    (counts + policyRules + mounts + restrictedV2 + missing(minor)).filter { !$0.holds }.map(\.rule)
  }

  private typealias Rule = (rule: String, holds: Bool)

  private var counts: [Rule] {
    let completions = spec["completions"] as? Int
    let isIndexed = spec["completionMode"] as? String == "Indexed"
    let perIndex = spec["backoffLimitPerIndex"] as? Int
    let most = spec["maxFailedIndexes"] as? Int
    let name = (job["metadata"] as? [String: Any])?["name"] as? String ?? ""
    return [
      ("Indexed needs completions", !isIndexed || completions != nil),
      ("backoffLimitPerIndex needs Indexed", perIndex == nil || isIndexed),
      ("maxFailedIndexes needs backoffLimitPerIndex", most == nil || perIndex != nil),
      ("maxFailedIndexes is at most completions", (most ?? 0) <= (completions ?? 0)),
      ("parallelism is at most 100000", (spec["parallelism"] as? Int ?? 1) <= 100_000),
      ("completions are at most 100000", (completions ?? 0) <= 100_000),
      ("pods' host names have at most 63 letters", "\(name)-\((completions ?? 1) - 1)".count <= 63),
    ]
  }

  private var policyRules: [Rule] {
    let names = containers.compactMap { $0["name"] as? String }
    let replacement = spec["podReplacementPolicy"] as? String
    var rules: [Rule] = [
      ("a policy needs restartPolicy Never", template["restartPolicy"] as? String == "Never"),
      ("a policy replaces failed pods only", replacement == nil || replacement == "Failed"),
      ("a policy has at most 20 rules", !policy.isEmpty && policy.count <= 20),
    ]
    for rule in policy {
      let codes = rule["onExitCodes"] as? [String: Any]
      let values = codes?["values"] as? [Int] ?? []
      let conditions = rule["onPodConditions"] as? [Any] ?? []
      rules += [
        ("a rule has either codes or conditions", (codes != nil) != !conditions.isEmpty),
        (
          "a rule names a container",
          codes == nil || names.contains(codes?["containerName"] as? String ?? "")
        ),
        (
          "codes are in order, once, and without 0",
          values == Set(values).sorted() && !values.contains(0)
        ),
        (
          "FailIndex needs backoffLimitPerIndex",
          rule["action"] as? String != "FailIndex" || spec["backoffLimitPerIndex"] != nil
        ),
      ]
    }
    return rules
  }

  private var mounts: [Rule] {
    let volumes = (template["volumes"] as? [[String: Any]] ?? []).compactMap {
      $0["name"] as? String
    }
    let used = containers.flatMap { $0["volumeMounts"] as? [[String: Any]] ?? [] }
      .compactMap { $0["name"] as? String }
    return [("mounts are of volumes", !used.isEmpty && used.allSatisfy(volumes.contains))]
  }

  /// What OpenShift's restricted-v2 asks for, and the standard `restricted` of Kubernetes.
  private var restrictedV2: [Rule] {
    let pod = template["securityContext"] as? [String: Any] ?? [:]
    let seccomp = (pod["seccompProfile"] as? [String: Any])?["type"] as? String
    let kinds = (template["volumes"] as? [[String: Any]] ?? []).flatMap(\.keys).filter {
      $0 != "name"
    }
    let allowed = [
      "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim",
      "projected",
      "secret",
    ]
    var rules: [Rule] = [
      ("pods run as no root", pod["runAsNonRoot"] as? Bool == true && pod["runAsUser"] == nil),
      ("pods have the runtime's seccomp profile", seccomp == "RuntimeDefault"),
      ("volumes are of allowed kinds", kinds.allSatisfy(allowed.contains)),
    ]
    for container in containers {
      let own = container["securityContext"] as? [String: Any] ?? [:]
      let dropped = (own["capabilities"] as? [String: Any])?["drop"] as? [String]
      rules += [
        ("containers gain no privilege", own["allowPrivilegeEscalation"] as? Bool == false),
        ("containers drop all capabilities", dropped == ["ALL"]),
      ]
    }
    return rules
  }

  /// What the API server of earlier versions drops or refuses.
  private func missing(_ minor: Int) -> [Rule] {
    guard minor < 29 else { return [] }
    let later = ["backoffLimitPerIndex", "maxFailedIndexes", "podReplacementPolicy"]
    return [
      ("fields are known", later.allSatisfy { spec[$0] == nil }),
      ("actions are known", policy.allSatisfy { $0["action"] as? String != "FailIndex" }),
      ("the schema's onPodConditions is there", policy.allSatisfy { $0["onPodConditions"] != nil }),
    ]
  }
}
