public import GantryModel

extension TektonVersionChoice {
  /// The version that a scenario names, else the one that its manifests need.
  ///
  /// Reports versions that are not known or contradict each other.
  public init(for input: CompilerInput, sink: DiagnosticSink) {
    let written = WrittenRelease.all(in: input.scenario, sink: sink)
    if let first = written.first {
      self.init(first)
      for other in written.dropFirst() where other.release.rules != version {
        sink.error(
          "E0371", "\(other.words) contradicts \(first.words)", at: other.text.location,
          notes: [.init("\(first.field) is here", at: first.text.location)],
          suggestion: "write one of them")
      }
      return
    }
    let maps = (input.cluster.configMaps + input.manifests.configMaps).filter {
      $0.name.value == "feature-flags"
    }
    var flags: [String: Located<String>] = [:]
    for map in maps { flags.merge(map.data) { _, later in later } }
    for flag in input.scenario.tekton.featureFlags { flags[flag.key.value] = flag.value }
    self.init(needs: input.manifests, featureFlags: flags)
  }

  private init(_ written: WrittenRelease) {
    self.init(needs: ManifestSet())
    version = written.release.rules
    location = written.text.location
    isExact = written.release.distance == nil && written.isTekton
    let own = TektonRelease(version)
    var parts: [String] = []
    if !written.isTekton { parts.append("\(written.words) ships Tekton \(written.release)") }
    if let distance = written.release.distance {
      let release = written.isTekton ? "\(written.release) is named" : "it"
      parts.append("\(release): \(own) is \(distance)")
    }
    reason = parts.isEmpty ? "the scenario names it" : parts.joined(separator: ", ")
  }

  /// Tells which rules were chosen and why, unless the scenario names just these.
  func report(to sink: DiagnosticSink) {
    guard !isExact else { return }
    sink.note("N0424", "the rules of Tekton \(version.rawValue) apply: \(reason)", at: location)
  }
}

/// A release as a scenario names it.
private struct WrittenRelease {
  var field: String
  var text: Located<String>
  /// The release of Tekton that it is or stands for.
  var release: TektonRelease
  var isTekton: Bool

  var words: String {
    isTekton ? "\(field) \(text.value)" : "OpenShift Pipelines \(text.value)"
  }

  static func all(in scenario: ScenarioFile, sink: DiagnosticSink) -> [WrittenRelease] {
    let fields = [
      ("tektonVersion", scenario.tektonVersion),
      ("openshiftPipelinesVersion", scenario.openshiftPipelinesVersion),
      ("tekton.version", scenario.tekton.version),
    ]
    return fields.compactMap { field, text in
      guard let text else { return nil }
      let isTekton = field != "openshiftPipelinesVersion"
      let release = TektonRelease(text.value).flatMap {
        isTekton ? $0 : TektonRelease(openShiftPipelines: $0)
      }
      if let release {
        return WrittenRelease(field: field, text: text, release: release, isTekton: isTekton)
      }
      sink.error(
        "E0370",
        isTekton
          ? "'\(text.value)' is not a release of Tekton Pipelines"
          : "it is not known which Tekton OpenShift Pipelines '\(text.value)' ships",
        at: text.location,
        suggestion: isTekton
          ? "expected something like '0.59' or '1.15'"
          : "expected '1.4' to '1.22'; or write tektonVersion")
      return nil
    }
  }
}
