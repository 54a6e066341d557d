/// Latencies of the controllers and of kubelet, in seconds unless named otherwise.
public struct ControlTimings: Sendable, Hashable {
  /// A controller's reaction to an event until the object is written, when nothing else is to do; the time
  /// of the reconcile is part of it, as it is of `ready` and `completion`.
  public var controller = 0.3
  /// The time of a worker that one look of a controller at an object takes, with the reconciles between the
  /// looks that change nothing which is simulated.
  public var reconcile = 0.1
  /// Scheduling and binding of a pod.
  public var scheduler = 0.2
  /// Processor work of a pod's start in seconds of the reference thread: its median, and the
  /// deviation of its logarithm, and the threads that it uses.
  public var startWork = 0.0
  public var startWorkSpread = 0.0
  public var startThreads = 1.0
  /// Waiting for sandbox and network of a pod: median and deviation of the logarithm.
  public var sandbox = 1.5
  public var sandboxSpread = 0.0
  /// Each init container, likewise.
  public var initContainer = 0.7
  public var initContainerSpread = 0.0
  /// Each step's container start, likewise.
  public var containerStart = 0.3
  public var containerStartSpread = 0.0
  /// The ready annotation: a fixed part, and up to `readyJitter` more.
  public var ready = 1.0
  public var readyJitter = 1.0
  /// Hand-over from one step to the next: up to this (1 s polling).
  public var stepHandOver = 1.0
  /// Pod completion until the controller knows.
  public var completion = 0.5
  /// Making an EFS access point; mounting it, and what TLS adds to that.
  public var accessPoint = 2.0
  public var fileSystemMount = 0.7
  public var fileSystemTLS = 0.8
  /// Making an EBS volume, attaching it, mounting it, detaching it.
  public var volumeCreate = 3.5
  public var volumeAttach = 13.5
  public var volumeMount = 2.0
  public var volumeDetach = 10.0
  /// CPU on the reference thread to unpack one byte of an image, and the threads it uses.
  public var unpackSecondsPerByte = 2.0e-8
  public var unpackThreads = 2.3
  /// Requests that each process of the controllers may send per second (0 is no limit), and in a burst.
  public var apiQPS = 20.0
  public var apiBurst = 20.0
  /// Requests of a TaskRun's life.
  public var requestsPerTaskRun = 8.0
  /// Workers of the PipelineRun controller and of the TaskRun controller, each, in each process.
  public var controllerThreads = 2
  /// Processes (replicas) of the controllers that share the work.
  public var controllerProcesses = 1
  /// Positions of the assumptions behind the timings, by field name.
  public var assumptions: [String: Int] = [:]

  /// Makes the default timings.
  public init() {}
}

extension ControlTimings {
  /// The looks of the TaskRun controller at a TaskRun that take a worker: to make its pod, to let its first
  /// step go, and to note its end.
  public static let looksPerTaskRun = 3.0

  /// TaskRuns a second that the clients let pass; nil where they have no limit.
  public var clientCeiling: Double? {
    guard apiQPS > 0, requestsPerTaskRun > 0 else { return nil }
    return apiQPS * Double(controllerProcesses) / requestsPerTaskRun
  }

  /// TaskRuns a second that the TaskRun controllers' workers get through while no client holds them back;
  /// nil where a look takes no time.
  public var workerCeiling: Double? {
    guard reconcile > 0 else { return nil }
    return Double(controllerThreads * controllerProcesses) / (Self.looksPerTaskRun * reconcile)
  }
}
