import GantryModel

/// A stretch of a TaskRun's life that the plan's timings decide, with its words and its assumptions.
enum Stretch: Int, CaseIterable {
  case controller
  /// The wait for a controller that was busy, or whose client might not send.
  case heldController
  /// What a started TaskRun waits for when its controller is busy.
  case worker
  case claims
  case scheduling
  case attaching
  case mounting
  case sandbox
  case images
  case containers
  case handOver
  case completion

  var kind: TimeKind {
    switch self {
    case .controller, .heldController, .worker, .scheduling: .queue
    case .claims, .attaching, .mounting: .volume
    case .images: .image
    case .sandbox, .containers, .handOver, .completion: .overhead
    }
  }

  /// The words for people.
  var label: String {
    switch self {
    case .controller, .heldController: "waiting for the Tekton controller"
    case .worker: "waiting for a worker of the Tekton controller"
    case .claims: "waiting for its claims to be provisioned"
    case .scheduling: "waiting for a node"
    case .attaching: "attaching volumes"
    case .mounting: "mounting volumes"
    case .sandbox: "starting the pod: sandbox, network, init containers"
    case .images: "pulling images"
    case .containers: "starting containers, waiting for Tekton's go-ahead"
    case .handOver: "handing over to the next step"
    case .completion: "noticing the end of the pod"
    }
  }

  /// The assumptions behind its length, by name.
  var assumptions: [String] {
    switch self {
    case .controller: ["controller"]
    case .heldController: Stretch.controller.assumptions + Stretch.worker.assumptions
    case .worker: ["reconcile", "apiQPS", "requestsPerTaskRun"]
    case .claims: ["accessPoint"]
    case .scheduling: ["scheduler"]
    case .attaching: ["volumeAttach", "volumeCreate", "volumeDetach"]
    case .mounting: ["fileSystemMount", "fileSystemTLS", "volumeMount"]
    case .sandbox:
      [
        "startWork", "startWorkSpread", "sandbox", "sandboxSpread", "initContainer",
        "initContainerSpread",
      ]
    case .images: ["unpackSecondsPerByte"]
    case .containers: ["containerStart", "containerStartSpread", "ready", "readyJitter"]
    case .handOver: ["stepHandOver"]
    case .completion: ["completion"]
    }
  }
}
