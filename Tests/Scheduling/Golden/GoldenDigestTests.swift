import Testing

@Suite("Digests of decisions")
struct GoldenDigestTests {
  private func result(_ change: (inout GoldenResult) -> Void = { _ in }) -> GoldenResult {
    var result = GoldenResult(pod: "default/p", feasibleCount: 2, best: ["a"], chosen: "a")
    result.unfit = [.init(plugin: "P", code: "C", reasons: ["r"], nodes: ["c", "d"])]
    result.scores = ["a": [1, 2, 3], "b": [1, 1, 2]]
    result.scorePlugins = ["T", "U"]
    result.bestTotal = 3
    result.sumOfTotals = 5
    result.preemption = .init(
      eligible: true, candidates: [.init(node: "a", victims: ["v", "w"], pdbViolations: 0)])
    change(&result)
    return result
  }

  @Test("change with everything that is compared")
  func differ() {
    let changes: [(inout GoldenResult) -> Void] = [
      { $0.pod = "default/q" }, { $0.feasibleCount = 3 }, { $0.best = ["a", "b"] },
      { $0.chosen = "b" }, { $0.unfit = nil }, { $0.unfit?[0].nodes = ["c"] },
      { $0.unfit?[0].code = "D" }, { $0.scores?["b"] = [1, 2, 3] }, { $0.bestTotal = 4 },
      { $0.sumOfTotals = 6 }, { $0.preFilterMessage = "m" }, { $0.scorePlugins = ["S"] },
      { $0.preemption?.candidates?[0].victims = ["w", "v"] },
      { $0.preemption?.candidates?[0].pdbViolations = 1 }, { $0.preemption?.chosen = "a" },
    ]
    let digest = GoldenDigest(of: result())
    for (index, change) in changes.enumerated() {
      #expect(GoldenDigest(of: result(change)) != digest, "\(index)")
      #expect(!GoldenComparison.differences(result(change), result()).isEmpty, "\(index)")
    }
    #expect(GoldenComparison.differences(result(), result()).isEmpty)
  }

  @Test("do not change with what has no order, and survive being written")
  func same() throws {
    let digest = GoldenDigest(of: result())
    #expect(GoldenDigest(of: result { $0.unfit?[0].nodes = ["d", "c"] }) == digest)
    #expect(try #require(GoldenDigest(digest.description)) == digest)
    #expect(GoldenDigest("no digest") == nil)
  }

  @Test("a shortened list is compared by what is left of it")
  func shortened() {
    let mine = result { $0.best = ["a", "b", "c"] }
    #expect(GoldenComparison.differences(mine, result { $0.best = ["a", "#3"] }).isEmpty)
    #expect(!GoldenComparison.differences(mine, result { $0.best = ["b", "#3"] }).isEmpty)
    #expect(!GoldenComparison.differences(mine, result { $0.best = ["a", "#4"] }).isEmpty)
    let many = result { $0.unfit?[0].nodes = ["#2"] }
    #expect(GoldenComparison.differences(result(), many).isEmpty)
  }
}
