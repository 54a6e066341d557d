import GantryManifests
import GantryModel
import GantryUnits
import Testing

@testable import GantryCompiler

@Suite("Tekton: switches and versions")
struct TektonConfigurationTests {
  private let place = SourceLocation(file: "flags", line: 1, column: 1)

  private func make(
    _ flags: [String: String], _ version: TektonVersion
  ) -> (TektonConfiguration, [String]) {
    let sink = DiagnosticSink()
    let configuration = TektonConfiguration.make(
      featureFlags: [flags.mapValues { Located($0, at: place) }], version: version, sink: sink)
    return (configuration, sink.diagnostics.map(\.code))
  }

  @Test("the affinity assistant follows the switches of its version")
  func coschedule() {
    #expect(make([:], .v0_59).0.coschedule == .workspaces)
    #expect(make(["disable-affinity-assistant": "true"], .v0_59).0.coschedule == .disabled)
    let both = ["disable-affinity-assistant": "true", "coschedule": "pipelineruns"]
    #expect(make(both, .v0_59).0.coschedule == .pipelineRuns)
    let new = make(["disable-affinity-assistant": "true"], .v1_15)
    #expect(new.0.coschedule == .workspaces && new.1 == ["W0422"])
    #expect(make(["coschedule": "disabled"], .v1_15).0.coschedule == .disabled)
    #expect(make(["coschedule": "disable"], .v1_15).1 == ["E0420"])
    #expect(make(["coschedule": "disabled"], .v0_59).1 == ["E0420"])
    #expect(make(["disable-affinity-assistant": "yes"], .v0_59).1 == ["E0420"])
  }

  @Test("resources of containers are read from lines and from braces")
  func containerRequirements() {
    let text =
      "default:\n  requests: {cpu: 250m, memory: 64Mi}\nprepare:\n  limits:\n    cpu: \"1\"\n"
    let table = ContainerRequirementsText.parse(text)
    #expect(table?["default"]?.requests["cpu"] == Quantity(milli: 250))
    #expect(table?["prepare"]?.limits["cpu"] == Quantity(1))
    #expect(ContainerRequirementsText.parse("default: [") == nil)
  }

  @Test("ClusterTask needs 0.59; nothing in particular is 1.15")
  func versions() {
    var set = ManifestSet()
    #expect(TektonVersionChoice(needs: set).version == .v1_15)
    var pipelineTask = PipelineTask(name: Located("t", at: place), location: place)
    pipelineTask.taskRef = Reference(name: Located("git-clone", at: place), location: place)
    pipelineTask.taskRef?.kind = "ClusterTask"
    var spec = PipelineSpec(location: place)
    spec.tasks = [pipelineTask]
    set.pipelines = [
      Pipeline(apiVersion: "tekton.dev/v1beta1", name: Located("p", at: place), spec: spec)
    ]
    let choice = TektonVersionChoice(needs: set)
    #expect(choice.version == .v0_59 && choice.reason.contains("ClusterTask"))
    let flags = ["disable-affinity-assistant": Located("true", at: place)]
    #expect(TektonVersionChoice(needs: ManifestSet(), featureFlags: flags).version == .v0_59)
  }
}
