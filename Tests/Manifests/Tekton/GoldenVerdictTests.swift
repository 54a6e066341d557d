import GantryManifests
import GantryModel
import GantryTestSupport
import Testing

@Suite("Tekton: verdicts of the real webhook")
struct GoldenVerdictTests {
  @Test("documents are valid or not as in the real Tekton")
  func verdicts() throws {
    let golden = try TektonGolden.find()
    var total = 0
    for release in try golden.releases() {
      let cases = try golden.cases(release)
      for level in [TektonAPILevel.beta, .stable, .alpha] {
        let tally = try tally(
          cases, release: release, level: level,
          kind: golden.kind("documents", release, level.rawValue))
        tally.report(shown: 40)
        #expect(tally.unequal.isEmpty)
        total += tally.count
      }
    }
    #expect(total > 0)
  }

  private func tally(
    _ cases: [GoldenCase], release: String, level: TektonAPILevel, kind: String
  ) throws -> Tally {
    let version = try #require(GoldenDocuments.version(release), "\(release)")
    var tally = Tally(kind)
    for verdict in cases.flatMap(GoldenDocuments.verdicts) {
      if let problem = verdict.problem {
        tally.fail(verdict.name, problem)
        continue
      }
      let findings = findings(verdict, version: version, level: level)
      let expected = verdict.decodeError ?? verdict.errors[level]
      let isEqual = findings.isEmpty == (expected == nil)
      tally.compare(
        "\(verdict.name) \(verdict.kind)", findings.first ?? "valid",
        isEqual ? findings.first ?? "valid" : expected ?? "valid")
    }
    return tally
  }

  @Test("tasks and runs that made pods are valid")
  func podInputs() throws {
    let golden = try TektonGolden.find()
    for release in try golden.releases() {
      let version = try #require(GoldenDocuments.version(release))
      var tally = Tally(golden.kind("documents of pods", release))
      for golden in try golden.cases(release) where golden.isPod {
        tally.compare(golden.title, findings(golden, version: version), [])
      }
      tally.report()
      #expect(tally.unequal.isEmpty)
    }
  }

  private func findings(_ golden: GoldenCase, version: TektonVersion) -> [String] {
    let sink = DiagnosticSink()
    var set = ManifestSet()
    for input in golden.inputs {
      for node in YAMLLoader.load(input.text, file: input.file, sink: sink) {
        guard case .string(let version)? = node["apiVersion"]?.content,
          version.hasPrefix("tekton.dev/"), case .string(let kind)? = node["kind"]?.content
        else { continue }
        TektonDecoder.decode(
          kind: kind, apiVersion: version, node: node, into: &set, sink: sink)
      }
    }
    TektonValidator.validate(set, version: version, sink: sink)
    if set.tasks.isEmpty, set.taskRuns.isEmpty { return ["nothing was read"] }
    return sink.diagnostics.map(\.message)
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
