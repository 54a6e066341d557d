/// Ranks the nodes with the most left first (the scoring part of NodeResourcesFit).
enum LeastAllocated {
  @inline(__always)
  static func score(_ requests: PodRequests, _ usage: NodeUsage) -> Int64 {
    var sum: Int64 = 0
    var count: Int64 = 0
    if usage.allocatableCPU != 0 {
      sum += free(usage.nonZeroCPU &+ requests.nonZeroCPU, of: usage.allocatableCPU)
      count += 1
    }
    if usage.allocatableMemory != 0 {
      sum += free(usage.nonZeroMemory &+ requests.nonZeroMemory, of: usage.allocatableMemory)
      count += 1
    }
    return count == 0 ? 0 : sum / count
  }

  @inline(__always)
  private static func free(_ used: Int64, of all: Int64) -> Int64 {
    used > all ? 0 : (all &- used) &* ScoreChain.best / all
  }
}
