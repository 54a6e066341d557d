import Foundation
import GantryModel

extension SimulationRecord {
  /// The mean duration of a run over all replications.
  var meanRunSeconds: Double { mean(replications.map(\.meanRunSeconds)) }
  /// The mean end of the last run over all replications.
  var meanMakespanSeconds: Double { mean(replications.map(\.makespanSeconds)) }
  /// Half the 95 % confidence interval of the mean run over 20 replications.
  ///
  /// Student's t for 19 degrees of freedom. Source: NIST/SEMATECH e-Handbook of Statistical Methods,
  /// section 1.3.6.7.2, column 0.975.
  var meanRunHalfWidth: Double {
    let deviations = replications.map { $0.meanRunSeconds - meanRunSeconds }
    let count = Double(replications.count)
    return 2.093 * (deviations.reduce(0) { $0 + $1 * $1 } / (count - 1) / count).squareRoot()
  }
  /// Runs that failed in any replication.
  var failedRuns: Int { replications.reduce(0) { $0 + $1.failedRuns } }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }

  /// The run of a pipeline; the first when it ran several times.
  func run(of pipeline: String) -> RunRecord? { runs.first { $0.pipeline == pipeline } }

  /// The line of the bill for the time simulated whose item begins so.
  func line(_ service: String, _ item: String) -> CostLine? {
    cost.lines.first { $0.service == service && $0.item.hasPrefix(item) }
  }

  /// What the results rest on most: the assumptions with the largest shares of the critical paths.
  var foundations: [String] {
    let large = assumptions.prefix(8)
    return ["| share of the critical path | assumption | value | basis |", "|---:|---|---:|---|"]
      + large.map { use in
        let share = (use.criticalPathShare * 100).formatted(digits: 0)
        let value = "\(use.assumption.value.formatted()) \(use.assumption.unit)"
        return
          "| \(share) % | `\(use.assumption.id)` | \(value) | \(use.assumption.confidence.rawValue) |"
      }
  }
}

extension RunRecord {
  /// A TaskRun by its pipeline task.
  func task(_ name: String) -> TaskRunRecord? { taskRuns.first { $0.pipelineTask == name } }

  /// What a TaskRun spent the most time on at a stretch.
  func longestStretch(of name: String) -> String? {
    task(name)?.segments.max { $0.seconds < $1.seconds }?.label
  }

  /// A table of the TaskRuns.
  var table: [String] {
    ["| task | runs on | starts | takes |", "|---|---|---:|---:|"]
      + taskRuns.map { task in
        let place = "\(task.instanceType ?? "–") (\(task.architecture?.rawValue ?? "–"))"
        let start = (task.startSeconds ?? .nan).formatted(digits: 0)
        let duration = (task.durationSeconds ?? .nan).formatted(digits: 0)
        return "| \(task.pipelineTask) | \(place) | \(start) s | \(duration) s |"
      }
  }
}

extension SegmentRecord {
  /// How long it lasted.
  var seconds: Double { endSeconds - startSeconds }
}

extension Double {
  /// A figure with so many decimals, in no locale.
  func formatted(digits: Int) -> String { String(format: "%.\(digits)f", self) }

  /// A figure with as many digits as it needs, up to four significant ones.
  func formatted() -> String {
    if magnitude >= 1000 { return formatted(digits: 0) }
    return String(format: "%.4g", self)
  }

  /// A change against a base in percent, with its sign.
  func change(from base: Double) -> String {
    let percent = ((self / base - 1) * 100).formatted(digits: 0)
    return percent.hasPrefix("-") ? "−\(percent.dropFirst()) %" : "+\(percent) %"
  }
}
