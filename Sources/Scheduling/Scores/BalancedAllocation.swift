/// Ranks the nodes whose use of cpu and of memory are closest first.
enum BalancedAllocation {
  /// From 1.33 on, pods that request neither cpu nor memory are not ranked so.
  static func isSkipped(_ attempt: Attempt) -> Bool {
    attempt.minor >= 33 && attempt.shape.requests.cpu == 0 && attempt.shape.requests.memory == 0
  }

  @inline(__always)
  static func score(_ requests: PodRequests, _ usage: NodeUsage) -> Int64 {
    var deviation = 0.0
    if usage.allocatableCPU != 0, usage.allocatableMemory != 0 {
      let cpu = fraction(usage.cpu &+ requests.cpu, of: usage.allocatableCPU)
      let memory = fraction(usage.memory &+ requests.memory, of: usage.allocatableMemory)
      deviation = abs((cpu - memory) / 2)
    }
    return Int64((1 - deviation) * Double(ScoreChain.best))
  }

  @inline(__always)
  private static func fraction(_ used: Int64, of all: Int64) -> Double {
    min(Double(used) / Double(all), 1)
  }
}
