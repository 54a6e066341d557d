import GantryModel
import GantryUnits

/// A workload at whose peak TaskRuns wait for Tekton's own limits: requests of its client, or workers.
struct ControllerLimitRule: CheckRule {
  static let client = FindingKind(
    "W0724", "Tekton's client limit holds TaskRuns up at the workload's peak",
    "Tekton's controllers may send so many requests a second to the API server; many TaskRuns at the "
      + "same time queue behind that limit, whatever the nodes could do.",
    remedy: "raise kube-api-qps and kube-api-burst (TektonConfig: spec.pipeline.performance), or "
      + "spread the runs")
  static let workers = FindingKind(
    "W0734", "too few workers of Tekton's controllers for the workload's peak",
    "Each controller looks at so many objects at the same time as it has worker threads; many TaskRuns at "
      + "the same time queue for them, whatever the nodes could do and the client may send.",
    remedy: "raise threads-per-controller, or replicas and buckets together (TektonConfig: "
      + "spec.pipeline.performance), or spread the runs")

  static let kinds = [client, workers]

  /// The wait in seconds, and as a share of the run's time, from which a limit is worth a word.
  private static let worthAWord = (seconds: 5.0, share: 0.1)

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    guard let outcomes = subject.trial.unlimited else { return [] }
    var worst = (wait: 0.0, template: 0)
    for run in outcomes {
      for taskRun in run.taskRuns {
        let wait = (run.controllerWait + taskRun.controllerWait).seconds
        let whole = run.completed.map { ($0 - run.created).seconds } ?? wait
        guard wait >= Self.worthAWord.share * whole, wait > worst.wait else { continue }
        worst = (wait, run.template)
      }
    }
    guard worst.wait >= Self.worthAWord.seconds else { return [] }
    return [
      finding(
        subject.plan.control, wait: worst.wait, at: subject.runs[worst.template].location)
    ]
  }

  /// Names the lower of both ceilings: the other one is met only because of it.
  private func finding(
    _ control: ControlTimings, wait: Double, at location: SourceLocation
  ) -> Diagnostic {
    let client = control.clientCeiling ?? .infinity
    let workers = control.workerCeiling ?? .infinity
    let processes =
      control.controllerProcesses > 1 ? " in each of \(control.controllerProcesses) replicas" : ""
    let threads = "\(control.controllerThreads) worker\(control.controllerThreads == 1 ? "" : "s")"
    let beginning = "TaskRuns wait up to \(ResourceText.duration(wait)) for Tekton's controllers, "
    guard workers < client else {
      return Self.client.finding(
        beginning
          + "which send \(number(control.apiQPS)) requests a second\(processes) and need about "
          + "\(number(control.requestsPerTaskRun)) for each TaskRun: \(number(client)) TaskRuns a "
          + "second; their \(threads) could do "
          + number(workers), at: location)
    }
    return Self.workers.finding(
      beginning
        + "which have \(threads)\(processes) and take \(number(ControlTimings.looksPerTaskRun)) "
        + "looks of about \(number(control.reconcile * 1000)) ms at each TaskRun: \(number(workers)) "
        + "TaskRuns a second; their client could do \(number(client))", at: location)
  }

  /// To two digits behind the point at most; what no cluster comes near has no figure.
  private func number(_ value: Double) -> String {
    guard value < 1e9 else { return "any number" }
    let hundredths = Int64((value * 100).rounded())
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole)" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}
