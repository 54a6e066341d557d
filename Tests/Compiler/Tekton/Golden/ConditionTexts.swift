/// Where the words of a condition cannot be those of the real Tekton, and why.
enum ConditionTexts {
  /// The reason that excuses different words; status and reason of the condition must be equal.
  static func excuse(got: String, wanted: String) -> String? {
    let parts = (got: split(got), wanted: split(wanted))
    guard parts.got.count == 3, parts.wanted.count == 3, parts.got[0] == parts.wanted[0],
      parts.got[1] == parts.wanted[1]
    else { return nil }
    let invalid = "it has an invalid spec: "
    if parts.got[2].contains(invalid), parts.wanted[2].contains(invalid),
      parts.got[1] == "PipelineValidationFailed"
    {
      return "the webhook refuses such a document before there is a run; gantry's finding names "
        + "file and line instead of a path in the object"
    }
    if parts.wanted[2].contains("%!w(*errors.UserError=&{") {
      return "Tekton prints the address of an error instead of its text"
    }
    return nil
  }

  private static func split(_ condition: String) -> [Substring] {
    condition.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
  }

  /// The cases of the usual folder whose words differ, as far as their groups are there.
  static func knownDifferences(release: String, groups: Set<String>) -> Set<String> {
    let synthetic = [
      "context-variable-unknown", "finally-result-from-finally", "finally-runafter",
      "matrix-param-also-in-params", "name-duplicate-tasks-and-finally", "name-empty",
      "onerror-bad-value", "pipeline-result-bad-reference", "ref-and-spec-neither",
      "when-bad-operator",
    ]
    var cases = synthetic.map { "synthetic/\($0) run" }
    if release == "v0.59.0" { cases.append("synthetic/workspace-optional-to-required-task run") }
    if release == "v1.15.0" {
      cases += [
        "catalog/task_aws-ecr-login_0.1_samples_run ecr-login-pipeline-run",
        "catalog/task_git-cli_0.1_samples_pipeline git-pipeline-run",
        "catalog/task_git-rebase_0.1_samples_run git-rebase-pipeline-run",
      ]
    }
    return Set(
      cases.filter { groups.contains($0.split(separator: "/").first.map(String.init) ?? "") }
        .map { "\(release)/\($0) all-succeed" })
  }
}
