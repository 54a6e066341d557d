import GantryModel
import GantryScheduling
import GantryUnits

// Affinity assistants: the small pods that keep the pods of a claim or a run together.

extension PodPlacer {
  /// The label that ties pods to an assistant, and that of all assistants.
  private static let instanceLabel = "app.kubernetes.io/instance"
  private static let componentLabel = "app.kubernetes.io/component"
  private static let component = "affinity-assistant"
  private static let hostname = "kubernetes.io/hostname"

  mutating func addAssistants(
    of run: Int, template: PlannedRun, to pods: inout RunPods
  ) {
    switch plan.tekton.coschedule {
    case .disabled: return
    case .workspaces:
      for claim in template.claims.indices {
        pods.assistants.append(assistant([claim], run: run, template: template, all: false))
      }
    case .pipelineRuns, .isolatePipelineRun:
      let all = Array(template.claims.indices)
      pods.assistants.append(assistant(all, run: run, template: template, all: true))
    }
  }

  mutating func assistant(
    _ claims: [Int], run: Int, template: PlannedRun, all: Bool
  ) -> Assistant {
    let label = "affinity-assistant-\(run)-\(claims.first ?? 0)"
    var shape = PodPlacer.shape(of: template.assistant, namespace: template.namespace)
    shape.labels = [
      PodPlacer.instanceLabel: label, PodPlacer.componentLabel: PodPlacer.component,
    ]
    var others = PodAffinityTerm(topologyKey: PodPlacer.hostname)
    others.labelSelector = LabelSelector()
    others.labelSelector?.matchLabels = [PodPlacer.componentLabel: PodPlacer.component]
    var affinity = shape.affinity ?? Affinity()
    var repulsion = affinity.podAntiAffinity ?? PodAffinity()
    if plan.tekton.coschedule == .isolatePipelineRun {
      repulsion.required.append(others)
    } else {
      repulsion.preferred.append(WeightedPodAffinityTerm(weight: 100, term: others))
    }
    affinity.podAntiAffinity = repulsion
    shape.affinity = affinity
    return Assistant(
      claims: claims, followsEverything: all, shape: state.register(shape), label: label)
  }

  /// The claims of each of a run's assistants.
  func assistantClaims(of run: Int) -> [[Int]] { runs[run]?.assistants.map(\.claims) ?? [] }

  mutating func placeAssistant(
    _ position: Int, of run: Int, at now: Instant, draw: UInt64
  ) {
    guard let pods = runs[run] else { return }
    let assistant = pods.assistants[position]
    let claims = assistant.claims.compactMap { pods.claims[$0] }
    let pod = PendingPod.assistant(run: run, position: position)
    guard let node = decide(pod, assistant.shape, claims: claims, at: now, draw: draw) else {
      return
    }
    let placed = place(pod, assistant.shape, claims, on: node, at: now)
    runs[run]?.assistants[position].placed = placed
  }

  /// The shape of a TaskRun's pod: drawn to the assistant of its claim, where there is one.
  mutating func shape(of position: Int, in run: Int) -> PodShapeID {
    guard !runs.isEmpty, let pods = runs[run], !pods.assistants.isEmpty else {
      return shapes[position]
    }
    let place = places[position]
    let template = plan.templates[place.template]
    let taskRun = template.tasks[place.task].taskRuns[place.combination]
    guard
      let assistant = pods.assistants.first(where: { assistant in
        assistant.followsEverything || taskRun.claims.contains { assistant.claims.contains($0) }
      })
    else { return shapes[position] }
    var shape = PodPlacer.shape(of: taskRun.pod, namespace: template.namespace)
    var term = PodAffinityTerm(topologyKey: PodPlacer.hostname)
    term.labelSelector = LabelSelector()
    term.labelSelector?.matchLabels = [PodPlacer.instanceLabel: assistant.label]
    var affinity = shape.affinity ?? Affinity()
    var attraction = affinity.podAffinity ?? PodAffinity()
    attraction.required.append(term)
    affinity.podAffinity = attraction
    shape.affinity = affinity
    return state.register(shape)
  }
}
