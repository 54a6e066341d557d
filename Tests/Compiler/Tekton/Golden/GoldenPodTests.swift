import GantryManifests
import GantryModel
import GantryTestSupport
import GantryUnits
import Testing

@testable import GantryCompiler

@Suite("Tekton: pods of the real reconciler")
struct GoldenPodTests {
  @Test("containers, requests, selectors and refusals equal the real Tekton's")
  func pods() throws {
    let golden = try TektonGolden.find()
    for release in try golden.releases() {
      var tally = Tally(golden.kind("pods", release))
      for golden in try golden.cases(release) {
        if let problem = golden.problem {
          tally.fail(golden.title, problem)
        } else if golden.isPod {
          try compare(golden, &tally)
        }
      }
      tally.report()
      #expect(tally.unequal.isEmpty)
    }
  }

  private func compare(_ golden: GoldenCase, _ tally: inout Tally) throws {
    guard let version = golden.version else {
      tally.fail(golden.title, "the release is not simulated")
      return
    }
    let sink = DiagnosticSink()
    let set = try golden.allManifests(sink)
    let flags = set.configMaps.filter { $0.name.value == "feature-flags" }.map(\.data)
    let defaults = set.configMaps.first { $0.name.value == "config-defaults" }?.data ?? [:]
    let configuration = TektonConfiguration.make(
      featureFlags: flags, defaults: defaults, version: version, sink: sink)
    let input = ResolverInput(manifests: set, configuration: configuration)
    guard let run = PipelineRunResolver(input, sink: sink).resolve().last,
      let task = run.tasks.first, let taskRun = task.taskRuns.first
    else {
      tally.compare(golden.title, "not resolved", "resolved")
      return
    }
    if golden.json["pod"].isNull {
      let condition = golden.json["condition"]
      tally.compare(
        golden.title, "\(taskRun.rejection?.reason ?? "") \(taskRun.rejection?.message ?? "")",
        "\(condition["reason"].text ?? "") \(condition["message"].text ?? "")")
      return
    }
    tally.compare(
      golden.title, text(taskRun, task, run), text(golden.json["pod"], golden.json))
  }

  private func text(
    _ taskRun: ResolvedTaskRun, _ task: ResolvedPipelineTask, _ run: ResolvedPipelineRun
  ) -> String {
    var lines: [String] = []
    lines.append("init \(taskRun.initContainers)")
    for step in taskRun.steps {
      lines.append("step-\(step.name) \(step.image) \(text(step.resources))")
    }
    for step in taskRun.sidecars {
      lines.append("sidecar-\(step.name) \(step.image) \(text(step.resources))")
    }
    let cpu = taskRun.effectiveRequests["cpu"]?.milli ?? 0
    let memory = taskRun.effectiveRequests["memory"]?.value ?? 0
    lines.append("effective \(cpu) \(memory)")
    let selector = taskRun.podTemplate.nodeSelector.map { "\($0.key)=\($0.value)" }.sorted()
    lines.append("selector \(selector) account \(taskRun.serviceAccountName)")
    let claims = Set(
      taskRun.workspaces.compactMap { workspace -> String? in
        guard case .claim(let position) = workspace.binding else { return nil }
        return run.claims[position].claimName
      })
    lines.append("claims \(claims.sorted())")
    let limit = task.timeout.map { Int($0 * 1.5) } ?? Int(Int32.max)
    lines.append(
      "deadline \(limit) ready "
        + "\(!taskRun.waitsForReady)")
    return lines.joined(separator: "\n")
  }

  private func text(_ pod: GoldenValue, _ json: GoldenValue) -> String {
    var lines: [String] = []
    lines.append("init \(pod["initContainers"].items.compactMap(\.["name"].text))")
    for container in pod["containers"].items {
      lines.append(
        "\(container["name"].text ?? "") \(container["image"].text ?? "") "
          + text(
            quantities(container["resources"]["requests"]),
            quantities(container["resources"]["limits"])))
    }
    let effective = json["effectiveRequest"]
    lines.append(
      "effective \(Int(effective["cpuMilli"].number ?? 0)) "
        + "\(Int(effective["memoryBytes"].number ?? 0))")
    let selector = pod["nodeSelector"].entries.map { "\($0.key)=\($0.value.text ?? "")" }.sorted()
    lines.append("selector \(selector) account \(pod["serviceAccountName"].text ?? "")")
    lines.append("claims \(Set(pod["volumes"].items.compactMap(\.["pvc"].text)).sorted())")
    lines.append(
      "deadline \(Int(pod["activeDeadlineSeconds"].number ?? 0)) ready "
        + "\(pod["readyAnnotationAtCreation"].truth)")
    return lines.joined(separator: "\n")
  }

  private func text(_ resources: ResourceRequirements) -> String {
    text(resources.requests, resources.limits)
  }

  private func text(_ requests: ResourceList, _ limits: ResourceList) -> String {
    func list(_ amounts: ResourceList) -> [String] {
      amounts.map { "\($0.key)=\($0.value.milli)" }.sorted()
    }
    return "\(list(requests)) \(list(limits))"
  }

  private func quantities(_ value: GoldenValue) -> ResourceList {
    value.entries.compactMapValues { $0.text.flatMap { Quantity($0) } }
  }
}
