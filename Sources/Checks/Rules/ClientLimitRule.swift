import GantryModel
import GantryUnits

/// A workload at whose peak TaskRuns wait for Tekton's own request limit.
struct ClientLimitRule: CheckRule {
  static let limited = FindingKind(
    "W0724", "Tekton's client limit holds TaskRuns up at the workload's peak",
    "Tekton's controllers may send so many requests a second to the API server; many TaskRuns at the "
      + "same time queue behind that limit, whatever the nodes could do.",
    remedy: "raise kube-api-qps and kube-api-burst (TektonConfig: spec.pipeline.performance), or "
      + "spread the runs")

  static let kinds = [limited]

  /// The wait in seconds, and as a share of the run's time, from which the limit is worth a word.
  private static let worthAWord = (seconds: 5.0, share: 0.1)

  func findings(in subject: CheckSubject) -> [Diagnostic] {
    guard let outcomes = subject.trial.unlimited else { return [] }
    let control = subject.plan.control
    var worst = (wait: 0.0, template: 0)
    for run in outcomes {
      for taskRun in run.taskRuns {
        guard let started = taskRun.started else { continue }
        let wait = (started - taskRun.ready).seconds - control.controller
        let whole = run.completed.map { ($0 - run.created).seconds } ?? wait
        guard wait >= Self.worthAWord.share * whole, wait > worst.wait else { continue }
        worst = (wait, run.template)
      }
    }
    guard worst.wait >= Self.worthAWord.seconds else { return [] }
    return [
      Self.limited.finding(
        "TaskRuns wait up to \(ResourceText.duration(worst.wait)) for Tekton's controller, which sends "
          + "\(number(control.apiQPS)) requests a second and needs about "
          + "\(number(control.requestsPerTaskRun)) for each TaskRun",
        at: subject.runs[worst.template].location)
    ]
  }

  private func number(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }
}
