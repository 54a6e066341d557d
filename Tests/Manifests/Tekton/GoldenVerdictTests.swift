import GantryManifests
import GantryModel
import Testing

@Suite("Tekton: verdicts of the real webhook")
struct GoldenVerdictTests {
  @Test(
    "documents are valid or not as in the real Tekton",
    arguments: [("v1.15.0", TektonVersion.v1_15), ("v0.59.0", TektonVersion.v0_59)])
  func verdicts(name: String, version: TektonVersion) throws {
    guard let verdicts = try GoldenDocuments.verdicts(version: name) else {
      print("tekton documents: left out, the reference data are not here")
      return
    }
    for level in [TektonAPILevel.beta, .stable, .alpha] {
      var unequal: [String] = []
      for verdict in verdicts {
        let findings = self.findings(verdict, version: version, level: level)
        let expected = verdict.decodeError ?? verdict.errors[level]
        if findings.isEmpty != (expected == nil) {
          unequal.append(
            "  \(verdict.name) \(verdict.kind): expected \(expected ?? "valid"),"
              + " got \(findings.first ?? "valid")")
        }
      }
      print(
        "tekton documents: \(verdicts.count - unequal.count) of \(verdicts.count) verdicts equal"
          + " (\(name), \(level))")
      unequal.prefix(40).forEach { print($0) }
      #expect(unequal.count == 0)
    }
  }

  @Test("tasks and runs that made pods are valid")
  func podInputs() throws {
    guard let inputs = GoldenDocuments.texts(group: "pods") else {
      print("tekton pod inputs: left out, the reference data are not here")
      return
    }
    for (file, text) in inputs {
      let sink = DiagnosticSink()
      var set = ManifestSet()
      for node in YAMLLoader.load(text, file: file, sink: sink) {
        guard case .string(let version)? = node["apiVersion"]?.content,
          version.hasPrefix("tekton.dev/"), case .string(let kind)? = node["kind"]?.content
        else { continue }
        TektonDecoder.decode(
          kind: kind, apiVersion: version, node: node, into: &set, sink: sink)
      }
      TektonValidator.validate(set, version: .v1_15, sink: sink)
      #expect(sink.diagnostics.map(\.message) == [], "\(file)")
      #expect(set.tasks.count + set.taskRuns.count > 0, "\(file)")
    }
  }

  private func findings(
    _ verdict: GoldenDocuments.Verdict, version: TektonVersion, level: TektonAPILevel
  ) -> [String] {
    guard let node = verdict.node else { return ["the document cannot be read"] }
    let sink = DiagnosticSink()
    var set = ManifestSet()
    TektonDecoder.decode(
      kind: verdict.kind, apiVersion: verdict.apiVersion, node: node, into: &set, sink: sink)
    var features = TektonFeatures()
    // The reference's alpha column also turns these two on.
    if level == .alpha { features = TektonFeatures(allowsCEL: true, allowsEnum: true) }
    TektonValidator.validate(
      set, level: level, version: version, features: features, sink: sink)
    return sink.diagnostics.filter { $0.severity == .error }.map { "\($0.code) \($0.message)" }
  }
}
