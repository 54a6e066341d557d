import Foundation
import GantryScheduling

/// Prints CPU milliseconds a pod for each workload and cluster size.
@main
struct SchedulerBenchmarks {
  static func main() {
    let runs: [(nodes: Int, pods: Int, percentage: Int?)] = [
      (3, 5000, 100), (20, 5000, 100), (100, 2000, 100), (1000, 2000, nil), (1000, 2000, 100),
      (10000, 1000, nil), (10000, 1000, 100),
    ]
    for workload in Workload.allCases {
      for run in runs {
        let cluster = Workload.cluster(nodes: run.nodes)
        let start = clock()
        let placed = workload.run(on: cluster, pods: run.pods, percentage: run.percentage)
        let milliseconds = Double(clock() - start) * 1000 / Double(CLOCKS_PER_SEC)
        let perPod = String(format: "%.4f", milliseconds / Double(run.pods))
        let sought = run.percentage.map { "\($0) %" } ?? "adaptive"
        print(
          "\(workload.rawValue), \(run.nodes) nodes (\(sought)): \(perPod) ms/pod, \(placed) placed"
        )
      }
    }
  }
}
