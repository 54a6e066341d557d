import GantryModel

/// Whom the kernel kills when memory is gone before the kubelet looks.
enum OutOfMemory {
  /// A container with its working set and what protects it.
  struct Candidate: Hashable {
    /// The TaskRun's number.
    var pod: Int
    var workingSet: Double
    /// From −1000 (never) to 1000 (first).
    var adjustment: Int
  }

  /// The kubelet's `oom_score_adj` of a container.
  ///
  /// BestEffort 1000, Guaranteed −997; Burstable 1000 less the share of the node's memory that the
  /// container requests, in thousandths, but from 3 to 999.
  ///
  /// Source: Kubernetes 1.28, pkg/kubelet/qos/policy.go, read 2026-11-25.
  static func adjustment(
    _ quality: QualityOfService, memoryRequest: Double, nodeMemory: Double
  ) -> Int {
    switch quality {
    case .bestEffort: return 1000
    case .guaranteed: return -997
    case .burstable:
      guard nodeMemory > 0 else { return 999 }
      let share = (1000 * memoryRequest / nodeMemory).rounded(.down)
      return min(max(1000 - Int(min(share, 1000)), 3), 999)
    }
  }

  /// The container that is killed: the highest sum of its share of memory in thousandths and its
  /// adjustment, of equal ones the last; nil when there is none.
  ///
  /// The kernel counts the processes of one container as one kill (`memory.oom.group`, which kubelets
  /// set on cgroup v2 since Kubernetes 1.28). Source: Linux 6.1, mm/oom_kill.c, oom_badness.
  static func victim(of candidates: [Candidate], memory: Double) -> Candidate? {
    func score(_ candidate: Candidate) -> Double {
      candidate.workingSet / max(memory, 1) * 1000 + Double(candidate.adjustment)
    }
    var chosen: Candidate?
    for candidate in candidates where candidate.workingSet > 0 {
      if let best = chosen, score(candidate) < score(best) { continue }
      chosen = candidate
    }
    return chosen
  }
}
