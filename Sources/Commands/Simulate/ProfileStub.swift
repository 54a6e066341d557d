import GantryCompiler
import GantryModel

/// Entries for a scenario's `profiles:` that stand for the steps whose work gantry had to guess.
struct ProfileStub {
  /// One guessed step.
  private struct Entry: Hashable {
    var task: String
    var step: String
    /// What is not known, for the comment.
    var commands: [String]
    /// The seconds that stand for the step now.
    var seconds: Double
  }

  private let entries: [Entry]

  /// Looks for phases that rest on a guess for an unknown command or step.
  init(_ compilation: Compilation) {
    var found: [Entry] = []
    for template in compilation.plan.templates {
      for task in template.tasks {
        for step in task.taskRuns.first?.steps ?? [] {
          guard
            let entry = Self.entry(task.taskName, step, compilation.plan.assumptions),
            !found.contains(entry)
          else { continue }
          found.append(entry)
        }
      }
    }
    entries = found
  }

  private static func entry(
    _ task: String, _ step: PlannedStep, _ assumptions: [Assumption]
  ) -> Entry? {
    var commands: [String] = []
    var seconds = 0.0
    for phase in step.phases.max(by: { $0.count < $1.count }) ?? [] {
      let ids = phase.assumptions.map { assumptions[$0].id }
      let unknown = ids.filter { $0.hasPrefix("unknown.") && $0 != "unknown.command" }
        .map { String($0.dropFirst("unknown.".count)) }
      guard !unknown.isEmpty || ids.contains("step.default") else { continue }
      for name in unknown where !commands.contains(name) { commands.append(name) }
      for demand in phase.demands {
        switch demand {
        case .cpu(let amount, _), .fixed(let amount): seconds += amount
        case .transfer: break
        }
      }
    }
    guard !commands.isEmpty || seconds > 0 else { return nil }
    return Entry(task: task, step: step.name, commands: commands, seconds: seconds)
  }

  /// The entries as YAML to be copied; nil when nothing was guessed.
  var text: String? {
    guard !entries.isEmpty else { return nil }
    var lines = [
      "", "# For the scenario, with measured figures in place of the guesses:", "profiles:",
    ]
    for entry in entries {
      let what =
        entry.commands.isEmpty ? "nothing recognised" : entry.commands.joined(separator: ", ")
      lines += [
        "- task: \(entry.task)", "  step: \(entry.step)",
        "  cpuSeconds: \((entry.seconds * 10).rounded() / 10)  # on m5a.2xlarge; a guess (\(what))",
      ]
    }
    return lines.joined(separator: "\n")
  }
}
