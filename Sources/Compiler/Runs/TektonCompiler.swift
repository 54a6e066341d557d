import GantryModel

/// From Tekton's switches and objects to resolved runs.
struct TektonCompiler {
  let input: CompilerInput
  let isDefaultCluster: Bool
  let sink: DiagnosticSink

  /// Tekton's configuration: the scenario's switches over the manifests' over the defaults.
  func configuration() -> TektonConfiguration {
    let written = input.scenario.tekton.version
    var flags: [[String: Located<String>]] = []
    if isDefaultCluster {
      flags.append(["disable-affinity-assistant": Located("true", at: DefaultCluster.place)])
    }
    var defaults: [String: Located<String>] = [:]
    for map in input.cluster.configMaps + input.manifests.configMaps {
      if map.name.value == "feature-flags" { flags.append(map.data) }
      if map.name.value == "config-defaults" { defaults.merge(map.data) { _, later in later } }
    }
    var own: [String: Located<String>] = [:]
    for flag in input.scenario.tekton.featureFlags { own[flag.key.value] = flag.value }
    flags.append(own)
    var version = TektonVersionChoice(
      needs: input.manifests, featureFlags: flags.reduce(into: [:]) { $0.merge($1) { $1 } }
    ).version
    if let written {
      if let chosen = TektonVersion(rawValue: written.value) {
        version = chosen
      } else {
        sink.error(
          "E0370", "'\(written.value)' is not a Tekton version that is simulated",
          at: written.location,
          suggestion: "expected \(TektonVersion.allCases.map(\.rawValue).joined(separator: " or "))"
        )
      }
    }
    return TektonConfiguration.make(
      featureFlags: flags, defaults: defaults, version: version, sink: sink)
  }

  /// All runs, resolved.
  func runs(_ configuration: TektonConfiguration) -> [ResolvedPipelineRun] {
    var resolver = ResolverInput(
      manifests: input.manifests, configuration: configuration, builtInTask: input.builtInTask)
    for result in input.scenario.results { resolver.results[result.key.value] = result.value.value }
    resolver.assumedDurations = input.assumedDurations
    return PipelineRunResolver(resolver, sink: sink).resolve()
  }
}
