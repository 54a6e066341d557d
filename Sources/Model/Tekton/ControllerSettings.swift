/// How Tekton's controllers are set up, as written; what is not given has Tekton's own default.
///
/// The names are those of `spec.pipeline.performance` in an operator's TektonConfig.
public struct ControllerSettings: Sendable {
  /// Workers of each controller (the PipelineRuns' and the TaskRuns') in each replica.
  public var threadsPerController: Located<Int>?
  /// Requests a second of a replica's client before Tekton doubles them.
  public var kubeAPIQPS: Located<Double>?
  /// Requests of a replica's client at once before Tekton doubles them.
  public var kubeAPIBurst: Located<Int>?
  /// Replicas of the Deployment.
  public var replicas: Located<Int>?
  /// Parts into which leader election divides the objects; a replica works on the parts that it leads.
  public var buckets: Located<Int>?
  /// Whether replicas do without leader election.
  public var disablesHA: Bool?

  /// Makes settings that give nothing.
  public init() {}

  /// These settings with those that a later source gives in their place.
  public func merged(with later: ControllerSettings) -> ControllerSettings {
    var result = self
    result.threadsPerController = later.threadsPerController ?? threadsPerController
    result.kubeAPIQPS = later.kubeAPIQPS ?? kubeAPIQPS
    result.kubeAPIBurst = later.kubeAPIBurst ?? kubeAPIBurst
    result.replicas = later.replicas ?? replicas
    result.buckets = later.buckets ?? buckets
    result.disablesHA = later.disablesHA ?? disablesHA
    return result
  }
}
