internal import GantryModel

/// Joins a step with the task's step template, as a strategic merge of containers does.
enum StepMerge {
  /// The step's fields over the template's: maps and named lists are joined, others replaced.
  static func step(_ step: Step, over template: Step) -> Step {
    var result = step
    result.image = step.image ?? template.image
    result.script = step.script ?? template.script
    if step.command.isEmpty { result.command = template.command }
    if step.args.isEmpty { result.args = template.args }
    result.workingDir = step.workingDir ?? template.workingDir
    result.runAsUser = step.runAsUser ?? template.runAsUser
    result.privileged = step.privileged || template.privileged
    result.environment =
      template.environment.filter { entry in
        !step.environment.contains { $0.name == entry.name }
      } + step.environment
    result.volumeMounts =
      step.volumeMounts
      + template.volumeMounts.filter { mount in
        !step.volumeMounts.contains { $0.mountPath == mount.mountPath }
      }
    result.resources = resources(step.resources, over: template.resources)
    return result
  }

  /// Requests and limits by key, the first's winning.
  static func resources(
    _ top: ResourceRequirements, over base: ResourceRequirements
  ) -> ResourceRequirements {
    var result = base
    result.requests.merge(top.requests) { $1 }
    result.limits.merge(top.limits) { $1 }
    return result
  }
}
