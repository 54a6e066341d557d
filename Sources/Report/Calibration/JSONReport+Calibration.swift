public import GantryCalibration
internal import GantryModel

extension JSONReport {
  /// A calibration as a JSON object.
  public func render(_ calibration: Calibration) -> String {
    let observed = calibration.observations
    return JSONValue.members([
      "schemaVersion": .count(Self.schemaVersion),
      "taskRuns": .count(observed.taskRuns.count), "runs": .count(observed.runs.count),
      "fittedTaskRuns": .count(calibration.fittedTaskRuns),
      "fittedRuns": .count(calibration.fittedRuns),
      "heldOutRuns": .count(calibration.heldOut.count),
      "taskRunsWithoutInstance": .count(calibration.withoutInstance),
      "taskRunsWithoutArchitecture": .count(calibration.withoutArchitecture),
      "overlappingTaskRuns": .count(observed.overlapping),
      "exclusions": .array(
        observed.exclusions.map {
          .members([
            "kind": .string($0.kind.rawValue), "reason": .string($0.reason.rawValue),
            "count": .count($0.names.count), "names": .array($0.names.map(JSONValue.string)),
          ])
        }),
      "queueingSeconds": Self.sample(calibration.queueing),
      "startupSeconds": Self.sample(calibration.overhead),
      "remainderSeconds": Self.sample(calibration.remainder),
      "steps": .array(calibration.fits.map(Self.fit)),
      "tasks": .array(calibration.taskErrors.map(Self.error)),
      "heldOut": .array(calibration.runErrors.map(Self.error)),
      "medianError": .number(
        Sample(calibration.runErrors.compactMap { $0.error?.magnitude }).median),
      "good": .bool(calibration.verdict.isGood),
      "reasons": .array(calibration.verdict.reasons.map(JSONValue.string)),
    ]).prettyText
  }

  private static func sample(_ sample: Sample) -> JSONValue {
    .members([
      "n": .count(sample.count), "min": .seconds(sample.quantile(0)),
      "p25": .seconds(sample.quantile(0.25)), "p50": .seconds(sample.median),
      "p75": .seconds(sample.quantile(0.75)), "p90": .seconds(sample.quantile(0.9)),
      "max": .seconds(sample.quantile(1)),
    ])
  }

  private static func fit(_ fit: StepFit) -> JSONValue {
    .members([
      "pipeline": .text(fit.task.pipeline), "task": .string(fit.task.task),
      "step": .string(fit.step), "architecture": .text(fit.architecture),
      "instance": .text(fit.instance), "scales": .bool(fit.scales),
      "instances": .array(
        fit.instances.map {
          .members(["instance": .string($0.instance), "count": .count($0.count)])
        }),
      "n": .count(fit.fit.count), "leftOut": .count(fit.fit.trimmed),
      "medianSeconds": .seconds(fit.fit.median), "madSeconds": .seconds(fit.fit.deviation),
      "distribution": distribution(fit.fit.distribution),
    ])
  }

  private static func distribution(_ value: ProbabilityDistribution) -> JSONValue {
    switch value {
    case .fixed(let seconds): .members(["fixed": .seconds(seconds)])
    case .lognormal(let median, let sigma):
      .members([
        "lognormal": .members(["medianSeconds": .seconds(median), "sigma": .double(sigma)])
      ])
    case .triangular(let low, let mode, let high):
      .members([
        "triangular": .members([
          "minSeconds": .seconds(low), "modeSeconds": .seconds(mode), "maxSeconds": .seconds(high),
        ])
      ])
    case .empirical(let values):
      .members(["empiricalSeconds": .array(values.map { .seconds($0) })])
    }
  }

  private static func error(_ error: TaskError) -> JSONValue {
    .members([
      "pipeline": .text(error.task.pipeline), "task": .string(error.task.task),
      "architecture": .text(error.architecture), "n": .count(error.count),
      "actualSeconds": .seconds(error.actual), "predictedSeconds": .seconds(error.predicted),
      "error": .number(error.error),
    ])
  }

  private static func error(_ error: RunError) -> JSONValue {
    .members([
      "run": .string(error.run), "pipeline": .text(error.pipeline),
      "actualSeconds": .seconds(error.actual), "predictedSeconds": .seconds(error.predicted),
      "lowSeconds": .seconds(error.low), "highSeconds": .seconds(error.high),
      "error": .number(error.error),
    ])
  }
}
