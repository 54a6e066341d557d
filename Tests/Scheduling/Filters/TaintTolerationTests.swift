import GantryModel
import Testing

@testable import GantryScheduling

@Suite("TaintToleration and NodeUnschedulable")
struct TaintTolerationTests {
  private func toleration(
    _ key: String, _ operator: Toleration.Operator, _ value: String, _ effect: TaintEffect?,
    seconds: Int64? = nil
  ) -> Toleration {
    var toleration = Toleration()
    toleration.key = key
    toleration.operator = `operator`
    toleration.value = value
    toleration.effect = effect
    toleration.tolerationSeconds = seconds
    return toleration
  }

  @Test("a toleration compares effect, key and value")
  func match() {
    let taint = Taint(key: "k", value: "v", effect: .noExecute)
    let table: [(Toleration, Bool)] = [
      (toleration("k", .equal, "v", .noExecute), true),
      (toleration("k", .equal, "v", nil), true),
      (toleration("k", .equal, "v", .noSchedule), false),
      (toleration("k", .equal, "w", nil), false),
      (toleration("k", .equal, "", nil), false),
      (toleration("k", .exists, "", nil), true),
      (toleration("k", .exists, "w", nil), true),
      (toleration("l", .exists, "", nil), false),
      (toleration("", .exists, "", nil), true),
      (toleration("", .equal, "v", nil), true),
      // How long a taint is tolerated does not matter to placement.
      (toleration("k", .equal, "v", .noExecute, seconds: 0), true),
      (toleration("k", .equal, "v", nil, seconds: 300), true),
    ]
    for (toleration, isTolerated) in table {
      #expect(toleration.tolerates(taint) == isTolerated, "\(toleration)")
    }
  }

  @Test("the first taint in list order that is not tolerated is named")
  func order() {
    var cluster = SmallCluster()
    cluster.node("a") {
      $0.taints = [
        Taint(key: "p", value: "1", effect: .preferNoSchedule),
        Taint(key: "k", value: "1", effect: .noSchedule),
        Taint(key: "k", value: "1", effect: .noExecute),
        Taint(key: "k", value: "1", effect: .noSchedule),
        Taint(key: "z", value: "2", effect: .noSchedule),
      ]
    }
    let some = toleration("k", .equal, "1", .noSchedule)
    let reasons = cluster.decide(.pod { $0.tolerations = [some] }).explanation?.rejected
      .flatMap(\.rejection.reasons)
    #expect(reasons == ["node(s) had untolerated taint {k: 1}"])
    let both = toleration("k", .exists, "", nil)
    let later = cluster.decide(.pod { $0.tolerations = [both] }).explanation?.rejected
      .flatMap(\.rejection.reasons)
    #expect(later == ["node(s) had untolerated taint {z: 2}"])
  }

  @Test("a cordoned node takes pods that tolerate its taint, though it does not have it")
  func cordoned() {
    var cluster = SmallCluster()
    cluster.node("a") { $0.isUnschedulable = true }
    #expect(cluster.refusals(.pod()) == ["a": "NodeUnschedulable!"])
    let key = "node.kubernetes.io/unschedulable"
    for (toleration, isTaken) in [
      (toleration(key, .exists, "", .noSchedule), true),
      (toleration(key, .equal, "", nil), true),
      (toleration(key, .equal, "x", nil), false),
      (toleration(key, .exists, "", .noExecute), false),
      (toleration("", .exists, "", nil), true),
    ] {
      #expect(cluster.refusals(.pod { $0.tolerations = [toleration] }).isEmpty == isTaken)
    }
  }

  @Test("fewest taints that are preferences score best; equal taints count each")
  func score() {
    let soft = Taint(key: "s", value: "1", effect: .preferNoSchedule)
    var cluster = SmallCluster()
    cluster.node("a")
    cluster.node("b") { $0.taints = [soft] }
    cluster.node("c") { $0.taints = [soft, soft, Taint(key: "t", effect: .preferNoSchedule)] }
    // Raw 0, 1, 3: 100 − 100 × 1 ÷ 3 = 67; 100 − 100 = 0; times 3.
    #expect(cluster.scores(.taintToleration, .pod()) == ["a": 300, "b": 201, "c": 0])
    // A toleration of another effect does not count here; one without effect does.
    let hard = PodShape.pod { $0.tolerations = [toleration("s", .exists, "", .noSchedule)] }
    #expect(cluster.scores(.taintToleration, hard) == ["a": 300, "b": 201, "c": 0])
    let all = PodShape.pod { $0.tolerations = [toleration("s", .exists, "", nil)] }
    // Raw 0, 0, 1.
    #expect(cluster.scores(.taintToleration, all) == ["a": 300, "b": 300, "c": 0])
    let every = PodShape.pod { $0.tolerations = [toleration("", .exists, "", .preferNoSchedule)] }
    #expect(cluster.scores(.taintToleration, every) == ["a": 300, "b": 300, "c": 300])
  }
}
