import GantryCompiler
import GantryManifests
import GantryModel

/// Checks and compiles what was read, so that all problems come together.
struct InputChecks {
  let input: LoadedInput

  /// The compilation; nil when there are errors, which are in the input's sink then.
  func compile() -> Compilation? {
    let sink = input.sink
    guard !input.isScenarioDamaged else { return nil }
    validate()
    guard !sink.hasErrors else { return nil }
    let compilation = ScenarioCompiler(input.compiler, sink: sink).compile()
    for name in input.builtIn.all {
      sink.note("N0410", "\(name) is not in the manifests: gantry's built-in task is used", at: nil)
    }
    return compilation
  }

  /// What Tekton's admission webhook would refuse.
  private func validate() {
    // The compiler reports these again, unless validation ends the work here.
    let findings = DiagnosticSink()
    let configuration = TektonConfiguration.forValidation(input.compiler, sink: findings)
    TektonValidator.validate(
      input.compiler.manifests, level: configuration.apiLevel, version: configuration.version,
      features: TektonFeatures(configuration), sink: input.sink)
    guard input.sink.hasErrors else { return }
    for finding in findings.diagnostics where finding.severity == .error {
      input.sink.add(finding)
    }
  }
}
