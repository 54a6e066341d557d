import GantryModel

/// Workspaces on an emptyDir that several tasks use as if they shared it.
struct EmptyDirRule: CheckRule {
  static let notShared = FindingKind(
    "W0718", "an emptyDir workspace shares nothing between tasks",
    "Every TaskRun has a pod of its own, and an emptyDir lives and ends with one pod: what a task "
      + "leaves there, the next one never sees.",
    remedy: "bind the workspace to a claim (volumeClaimTemplate), or use one task with more steps")

  static let kinds = [notShared]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.runs.flatMap { run -> [Diagnostic] in
      guard let written = subject.written(run) else { return [] }
      return written.workspaces.compactMap { workspace in
        guard case .emptyDir = workspace.source else { return nil }
        let users = run.tasks.indices.filter { uses(workspace.name.value, run.tasks[$0], subject) }
        // Tasks that are not in order cannot mean to hand anything on.
        let isHandedOn = users.contains { first in
          users.contains { run.isOrdered(first, before: $0) }
        }
        guard isHandedOn else { return nil }
        let names = users.map { "'\(run.tasks[$0].name)'" }.joined(separator: ", ")
        return Self.notShared.finding(
          "workspace '\(workspace.name.value)' of run '\(run.name.value)' is an emptyDir, so tasks "
            + "\(names) each get an empty one of their own", at: workspace.location)
      }
    }
  }

  private func uses(
    _ workspace: String, _ task: ResolvedPipelineTask, _ subject: CheckSubject
  ) -> Bool {
    subject.written(task)?.workspaces.contains {
      ($0.workspace?.value ?? $0.name.value) == workspace
    } ?? false
  }
}
