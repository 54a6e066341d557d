import GantryModel
import GantryUnits

/// Steps that take more memory than their container may, or than their node has.
struct MemoryRule: CheckRule {
  static let excess = FindingKind(
    "W0730", "a step takes more memory than its limit or its node allows",
    "A container that passes its memory limit is killed (exit code 137), and its TaskRun fails; when "
      + "all pods of a node together need more than it has, the kernel kills one of them, those without "
      + "requests first.",
    remedy: "raise the limit, use nodes with more memory, or give the step's real working set: "
      + "memoryMiB in a profile")

  static let kinds = [excess]

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    subject.units.flatMap { unit -> [Diagnostic] in
      unit.planned.steps.indices.compactMap { finding(step: $0, of: unit, in: subject.plan) }
    }
  }

  private func finding(step: Int, of unit: TaskRunUnit, in plan: Plan) -> Diagnostic? {
    let location =
      step < unit.resolved.steps.count
      ? unit.resolved.steps[step].location : unit.pipelineTask.location
    let limit = unit.planned.steps[step].limits.memory.map { Double($0.count) }
    for node in unit.nodes.map({ plan.nodes[$0] }) {
      let peaks = FootprintPeaks(
        of: unit.planned, architecture: node.architecture, nodeMemory: Double(node.memory.count))
      let most = peaks.memory[step]
      let who = "step '\(unit.planned.steps[step].name)' of task '\(unit.name)'"
      if let limit, most > limit {
        return Self.excess.finding(
          "\(who) takes about \(ResourceText.gib(most)) of memory, more than its limit of "
            + "\(ResourceText.gib(limit))", at: location)
      }
      let room = node.allocatable["memory"].map { Double($0.value) } ?? Double(node.memory.count)
      guard most > room - node.platformMemory else { continue }
      return Self.excess.finding(
        "\(who) takes about \(ResourceText.gib(most)) of memory; node '\(node.name)' has "
          + "\(ResourceText.gib(max(room - node.platformMemory, 0))) beside the platform",
        at: location)
    }
    return nil
  }
}
