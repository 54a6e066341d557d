import GantryModel
import Testing

@testable import GantryScheduling

@Suite("NodeAffinity")
struct NodeAffinityTests {
  typealias Operator = NodeSelectorRequirement.Operator

  /// One comparison of the label `k`, the node's value of it, and whether it holds.
  static let comparisons: [(Operator, [String], String?, Bool)] = [
    (.in, ["a", "b"], "b", true),
    (.in, ["a"], "c", false),
    (.in, ["a"], nil, false),
    (.in, [], "a", false),
    (.in, [""], "", true),
    (.in, ["not a label!"], "a", false),
    (.notIn, ["a"], "b", true),
    (.notIn, ["a"], nil, true),
    (.notIn, ["a"], "a", false),
    (.notIn, [], "a", false),
    (.exists, [], "a", true),
    (.exists, [], "", true),
    (.exists, [], nil, false),
    // Values make it an invalid comparison, which never holds.
    (.exists, ["a"], "a", false),
    (.doesNotExist, [], nil, true),
    (.doesNotExist, [], "a", false),
    (.doesNotExist, ["a"], nil, false),
    (.greaterThan, ["5"], "6", true),
    (.greaterThan, ["5"], "5", false),
    (.greaterThan, ["5"], "05", false),
    (.greaterThan, ["5"], "abc", false),
    (.greaterThan, ["5"], nil, false),
    (.greaterThan, ["5", "6"], "7", false),
    (.greaterThan, [], "7", false),
    (.greaterThan, ["x"], "7", false),
    // A bound with a sign is no label value.
    (.greaterThan, ["-1"], "7", false),
    // 2^63 − 1 is the largest number, 2^63 is none.
    (.greaterThan, ["9223372036854775806"], "9223372036854775807", true),
    (.greaterThan, ["1"], "9223372036854775808", false),
    (.lessThan, ["9223372036854775808"], "1", false),
    (.lessThan, ["5"], "-7", true),
    (.lessThan, ["5"], "4.5", false),
    (.lessThan, ["5"], "0x1", false),
  ]

  @Test("compares a label", arguments: comparisons)
  func compare(operator: Operator, values: [String], label: String?, holds: Bool) {
    var cluster = SmallCluster()
    cluster.node("a", label.map { ["k": $0] } ?? [:])
    let shape = PodShape.pod {
      $0.affinity = .requiring([.init(key: "k", operator: `operator`, values: values)])
    }
    #expect(cluster.refusals(shape) == (holds ? [:] : ["a": "NodeAffinity!"]))
  }

  @Test(
    "a key that is no label key makes a term that never holds",
    arguments: zip(
      ["k", "a.b/k", "A.b/k", "a/b/k", "/k", "k.", "", "a.b/"],
      [true, true, false, false, false, false, false, false]))
  func keys(key: String, isValid: Bool) {
    var cluster = SmallCluster()
    cluster.node("a")
    let shape = PodShape.pod {
      $0.affinity = .requiring([.init(key: key, operator: .doesNotExist)])
    }
    #expect(cluster.refusals(shape).isEmpty == isValid)
  }

  private func fields(_ fields: [(String, Operator, [String])]) -> NodeSelectorTerm {
    var term = NodeSelectorTerm()
    term.matchFields = fields.map { .init(key: $0.0, operator: $0.1, values: $0.2) }
    return term
  }

  @Test("only named nodes are looked at, and a field has one value")
  func names() {
    var cluster = SmallCluster()
    for name in ["a", "b", "c"] { cluster.node(name) }
    func refused(_ terms: [NodeSelectorTerm]) -> [String: String] {
      cluster.refusals(.pod { $0.affinity = .requiring(terms) })
    }
    func feasible(_ terms: [NodeSelectorTerm]) -> Int {
      cluster.decide(.pod { $0.affinity = .requiring(terms) }).feasibleCount
    }
    let b = fields([("metadata.name", .in, ["b"])])
    let c = fields([("metadata.name", .in, ["c"])])
    #expect(refused([b]).isEmpty)
    #expect(feasible([b]) == 1)
    #expect(refused([b, c]).isEmpty)
    #expect(feasible([b, c]) == 2)
    // Two values narrow the search to two nodes, which then both refuse.
    let two = fields([("metadata.name", .in, ["a", "b"])])
    #expect(refused([two]) == ["a": "NodeAffinity!", "b": "NodeAffinity!"])
    // NotIn does not narrow.
    #expect(refused([fields([("metadata.name", .notIn, ["b"])])]) == ["b": "NodeAffinity!"])
    #expect(feasible([fields([("metadata.name", .exists, [])])]) == 0)
    // Any other field is empty.
    #expect(feasible([fields([("spec.other", .notIn, ["x"])])]) == 3)
    #expect(feasible([fields([("spec.other", .in, ["x"])])]) == 0)
    #expect(feasible([fields([("spec.other", .in, [""])])]) == 3)
  }

  @Test("names that contradict each other refuse the pod before any node")
  func conflict() {
    var cluster = SmallCluster()
    cluster.node("a")
    let term = fields([("metadata.name", .in, ["a"]), ("metadata.name", .in, ["b"])])
    let decision = cluster.decide(.pod { $0.affinity = .requiring([term]) })
    #expect(decision.explanation?.preFilterMessage == "pod affinity terms conflict")
    #expect(!decision.preemptionMightHelp)
  }

  @Test("a named node that does not exist is a fault up to 1.28", arguments: [28, 29])
  func missing(minor: Int) {
    var cluster = SmallCluster(minor: minor)
    cluster.node("a")
    let term = fields([("metadata.name", .in, ["gone"])])
    let decision = cluster.decide(.pod { $0.affinity = .requiring([term]) })
    #expect(decision.chosen == nil)
    #expect((decision.fault != nil) == (minor == 28))
  }

  @Test("terms are alternatives; an empty or invalid one never holds, and no term holds for none")
  func terms() {
    var cluster = SmallCluster()
    cluster.node("a", ["k": "v"])
    var good = NodeSelectorTerm()
    good.matchExpressions = [.init(key: "k", operator: .in, values: ["v"])]
    var broken = NodeSelectorTerm()
    broken.matchExpressions = [.init(key: "k", operator: .in)]
    let empty = NodeSelectorTerm()
    func holds(_ terms: [NodeSelectorTerm]) -> Bool {
      cluster.decide(.pod { $0.affinity = .requiring(terms) }).chosen != nil
    }
    #expect(holds([empty, broken, good]))
    #expect(!holds([empty]))
    #expect(!holds([broken, empty]))
    #expect(!holds([]))
    // The selector and the terms must both hold.
    let shape = PodShape.pod {
      $0.affinity = .requiring([good])
      $0.nodeSelector = ["k": "other"]
    }
    #expect(cluster.decide(shape).chosen == nil)
  }

  @Test("preferred weights add up and the best node gets 100, twice weighted")
  func score() {
    var cluster = SmallCluster()
    cluster.node("a", ["k": "v", "l": "w"])
    cluster.node("b", ["l": "w"])
    cluster.node("c")
    func preference(_ weight: Int, _ key: String?) -> PreferredSchedulingTerm {
      var term = NodeSelectorTerm()
      if let key { term.matchExpressions = [.init(key: key, operator: .exists)] }
      return .init(weight: weight, preference: term)
    }
    var affinity = Affinity()
    affinity.nodeAffinity = NodeAffinity()
    // The empty term and the one without weight count for nothing.
    affinity.nodeAffinity?.preferred = [
      preference(20, "k"), preference(10, "l"), preference(50, nil), preference(0, "l"),
    ]
    // Raw: 30, 10, 0. Normalised: 100, 100 × 10 ÷ 30 = 33, 0; times 2.
    let shape = PodShape.pod { $0.affinity = affinity }
    #expect(cluster.scores(.nodeAffinity, shape) == ["a": 200, "b": 66, "c": 0])
  }

  @Test("without preferred terms it is skipped from 1.30 on", arguments: [28, 29, 30])
  func skip(minor: Int) {
    var cluster = SmallCluster(minor: minor)
    cluster.node("a")
    cluster.node("b")
    #expect((cluster.scores(.nodeAffinity, .pod()) == nil) == (minor >= 30))
  }
}
