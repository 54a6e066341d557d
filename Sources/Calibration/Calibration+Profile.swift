public import GantryModel

extension Calibration {
  /// The file that `simulate` and its kin read; `startup` are values of assumptions that make a simulated
  /// pod's start as long as the observed ones.
  public func profile(startup: [ScenarioFile.Override]) -> ProfileFile {
    let place = SourceLocation(file: "<calibrated>", line: 1, column: 1)
    var file = ProfileFile()
    if !verdict.isGood {
      file.warning = Located(
        "not good enough to trust: " + verdict.reasons.joined(separator: "; "), at: place)
    }
    var note = "fitted to \(fittedTaskRuns) TaskRuns, \(fittedRuns) complete runs"
    if let error = Sample(runErrors.compactMap { $0.error?.magnitude }).median {
      note +=
        "; median error of \(runErrors.count) runs held out \(Int((error * 100).rounded())) %"
    }
    if !startup.isEmpty, let typicalOverhead {
      note +=
        "; start-up as observed, \(Self.decimal(typicalOverhead)) s on average; image pulls and volumes "
        + "that the simulation finds come on top"
    }
    file.note = note
    file.profiles = fits.map { Self.profile($0, at: place) }
    file.assumptions = startup
    return file
  }

  private static func profile(
    _ fit: StepFit, at place: SourceLocation
  ) -> ScenarioFile.StepProfile {
    func located<Value>(_ value: Value) -> Located<Value> { Located(value, at: place) }
    var profile = ScenarioFile.StepProfile(task: located(fit.task.task), location: place)
    profile.step = located(fit.step)
    profile.pipeline = fit.task.pipeline.map(located)
    profile.architecture = fit.architecture.map(located)
    profile.instance = fit.instance.map(located)
    profile.duration = located(fit.fit.distribution)
    if fit.scales { profile.scales = true }
    profile.note = fit.note
    return profile
  }

  static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension StepFit {
  /// What the fit rests on, for people.
  public var note: String {
    var parts = [
      "n \(fit.count)", "median \(Calibration.decimal(fit.median)) s",
      "MAD \(Calibration.decimal(fit.deviation)) s",
    ]
    if fit.trimmed > 0 { parts.append("\(fit.trimmed) stragglers left out") }
    let known = instances.reduce(0) { $0 + $1.count }
    parts += instances.map { "\($0.count) on \($0.instance)" }
    if known < fit.count { parts.append("\(fit.count - known) on unknown instance types") }
    if instances.count > 1, !scales { parts.append("instance types not told apart") }
    return parts.joined(separator: ", ")
  }
}
