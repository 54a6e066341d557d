public import GantryModel

/// From Tekton's switches and objects to resolved runs.
struct TektonCompiler {
  let input: CompilerInput
  let isDefaultCluster: Bool
  let sink: DiagnosticSink

  /// Tekton's configuration: the scenario's switches over the manifests' over the defaults.
  func configuration() -> TektonConfiguration {
    let choice = TektonVersionChoice(for: input, sink: sink)
    choice.report(to: sink)
    return configuration(choice.version)
  }

  private func configuration(_ version: TektonVersion) -> TektonConfiguration {
    var flags: [[String: Located<String>]] = []
    if isDefaultCluster { flags.append(DefaultCluster.featureFlags(version)) }
    var defaults: [String: Located<String>] = [:]
    for map in input.cluster.configMaps + input.manifests.configMaps {
      if map.name.value == "feature-flags" { flags.append(map.data) }
      if map.name.value == "config-defaults" { defaults.merge(map.data) { _, later in later } }
    }
    var own: [String: Located<String>] = [:]
    for flag in input.scenario.tekton.featureFlags { own[flag.key.value] = flag.value }
    flags.append(own)
    return TektonConfiguration.make(
      featureFlags: flags, defaults: defaults, version: version, sink: sink)
  }

  /// All runs, resolved.
  func runs(_ configuration: TektonConfiguration) -> [ResolvedPipelineRun] {
    var resolver = ResolverInput(
      manifests: input.manifests, configuration: configuration, builtInTask: input.builtInTask)
    resolver.takeDefaults(from: input.cluster.configMaps + input.manifests.configMaps)
    for result in input.scenario.results { resolver.results[result.key.value] = result.value.value }
    resolver.assumedDurations = input.assumedDurations
    return PipelineRunResolver(resolver, sink: sink).resolve()
  }
}

extension TektonConfiguration {
  /// The configuration that validation needs: all but how pods are kept together, which also
  /// depends on whether there is a cluster.
  public static func forValidation(
    _ input: CompilerInput, sink: DiagnosticSink
  ) -> TektonConfiguration {
    TektonCompiler(input: input, isDefaultCluster: false, sink: sink).configuration()
  }
}
