/// A pod that the kubelet could evict, with what it uses and requests of the short resource.
struct EvictionCandidate: Hashable {
  /// The TaskRun's number.
  var pod: Int
  var usage: Double
  var request: Double
  var priority: Int = 0
}

/// Which pod the kubelet evicts first.
///
/// Pods that use more than they request go first, then those of lower priority, then those that
/// use most above their request. A BestEffort pod requests nothing and so comes first in effect.
/// What is equal in all of that keeps its order; the kubelet leaves it open.
///
/// Source: Kubernetes 1.28, pkg/kubelet/eviction/helpers.go, rankMemoryPressure and
/// rankDiskPressureFunc, read 2026-11-25.
enum EvictionOrder {
  /// The candidates, the first to be evicted first.
  static func ranked(_ candidates: [EvictionCandidate]) -> [EvictionCandidate] {
    candidates.enumerated().sorted { first, second in
      let (a, b) = (first.element, second.element)
      let (aExceeds, bExceeds) = (a.usage > a.request, b.usage > b.request)
      if aExceeds != bExceeds { return aExceeds }
      if a.priority != b.priority { return a.priority < b.priority }
      let (aAbove, bAbove) = (a.usage - a.request, b.usage - b.request)
      if aAbove != bAbove { return aAbove > bAbove }
      return first.offset < second.offset
    }.map(\.element)
  }
}
