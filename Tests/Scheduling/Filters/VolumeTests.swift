import GantryModel
import GantryUnits
import Testing

@testable import GantryScheduling

@Suite("Volume filters")
struct VolumeTests {
  private let zone = "topology.kubernetes.io/zone"
  private let betaZone = "failure-domain.beta.kubernetes.io/zone"

  private func volume(
    _ name: String, _ change: (inout ClusterVolume) -> Void = { _ in }
  ) -> ClusterVolume {
    var volume = ClusterVolume(name: name)
    change(&volume)
    return volume
  }

  private func term(_ key: String, _ values: [String]) -> NodeSelectorTerm {
    var term = NodeSelectorTerm()
    term.matchExpressions = [.init(key: key, operator: .in, values: values)]
    return term
  }

  @Test("a claim that does not exist refuses the pod before any node")
  func missingClaim() {
    var cluster = SmallCluster()
    cluster.node("a")
    let known = cluster.claim("known") { $0.volumeName = "v" }
    cluster.state.add(volume("v"))
    let gone = cluster.state.claim(namespace: "default", name: "gone")
    let decision = cluster.decide(.pod(), claims: [known, gone])
    #expect(decision.explanation?.preFilterMessage == "persistentvolumeclaim \"gone\" not found")
    #expect(!decision.preemptionMightHelp)
  }

  @Test("a claim for one pod refuses a second pod on all nodes, and evicting the first helps")
  func exclusive() {
    var cluster = SmallCluster()
    cluster.node("a")
    cluster.node("b")
    cluster.state.add(volume("v"))
    let claim = cluster.claim("c") {
      $0.volumeName = "v"
      $0.accessModes = [.readWriteOncePod]
    }
    let first = cluster.place(.pod(), on: "a", claims: [claim])
    let shape = PodShape.pod { $0.priority = 1 }
    #expect(
      cluster.refusals(shape, claims: [claim])
        == ["a": "VolumeRestrictions", "b": "VolumeRestrictions"])
    #expect(cluster.victims(shape, claims: [claim]) == ["a": [first]])
    // A claim of the same name in another namespace is another claim.
    let other = cluster.state.claim(namespace: "other", name: "c")
    cluster.state.set(other, to: cluster.state.description(of: claim))
    #expect(cluster.refusals(.pod { $0.namespace = "other" }, claims: [other]).isEmpty)
  }

  @Test("on trial a claim's name counts, not its namespace, and each pod once")
  func exclusiveOnTrial() {
    var cluster = SmallCluster()
    cluster.node("a")
    cluster.node("b")
    cluster.state.add(volume("v"))
    cluster.state.add(volume("w"))
    let claim = cluster.claim("c") {
      $0.volumeName = "v"
      $0.accessModes = [.readWriteOncePod]
    }
    let other = cluster.state.claim(namespace: "other", name: "c")
    var plain = VolumeClaim()
    plain.volumeName = "w"
    cluster.state.set(other, to: plain)
    cluster.place(.pod(), on: "a", claims: [claim])
    let stranger = cluster.place(.pod { $0.namespace = "other" }, on: "b", claims: [other])
    let victims = cluster.victims(.pod { $0.priority = 1 }, claims: [claim])
    // One conflict; taking the namesake away leaves none, putting it back makes one again.
    #expect(victims["b"] == [stranger])
    #expect(victims["a"]?.count == 1)
  }

  @Test("a claim of a class that binds at once must be bound already")
  func unboundImmediate() {
    var cluster = SmallCluster()
    cluster.node("a")
    var waiting = VolumeClass(name: "wait", provisioner: "p")
    waiting.waitsForFirstConsumer = true
    cluster.state.add(waiting)
    cluster.state.add(VolumeClass(name: "now", provisioner: "p"))
    let message = "pod has unbound immediate PersistentVolumeClaims"
    let table: [(String?, String?)] = [
      ("wait", nil), ("now", message), ("unknown", message), (nil, message),
    ]
    for (index, (name, expected)) in table.enumerated() {
      let claim = cluster.claim("c\(index)") { $0.storageClass = name }
      let decision = cluster.decide(.pod(), claims: [claim])
      #expect(decision.explanation?.preFilterMessage == expected)
      #expect(!decision.preemptionMightHelp)
    }
  }

  @Test("a bound volume is reached from the nodes of its affinity; one fault is enough")
  func bound() {
    var cluster = SmallCluster()
    cluster.node("a", [zone: "z1"])
    cluster.node("b", [zone: "z2"])
    cluster.node("c")
    cluster.state.add(volume("v") { $0.nodeAffinity = [term(zone, ["z1"]), term(zone, ["z9"])] })
    cluster.state.add(volume("w") { $0.nodeAffinity = [term(zone, ["z1", "z2"])] })
    let first = cluster.claim("v") { $0.volumeName = "v" }
    let second = cluster.claim("w") { $0.volumeName = "w" }
    #expect(
      cluster.refusals(.pod(), claims: [second, first])
        == ["b": "VolumeBinding!", "c": "VolumeBinding!"])
    #expect(cluster.refusals(.pod(), claims: [second]) == ["c": "VolumeBinding!"])
    cluster.state.add(volume("n") { $0.nodeAffinity = [] })
    let none = cluster.claim("n") { $0.volumeName = "n" }
    #expect(cluster.decide(.pod(), claims: [none]).feasibleCount == 0)
    // Fields are not compared for volumes, so a term of fields alone holds everywhere.
    var fields = NodeSelectorTerm()
    fields.matchFields = [.init(key: "metadata.name", operator: .in, values: ["b"])]
    cluster.state.add(volume("f") { $0.nodeAffinity = [fields] })
    let anywhere = cluster.claim("f") { $0.volumeName = "f" }
    #expect(cluster.decide(.pod(), claims: [anywhere]).feasibleCount == 3)
  }

  @Test("a claim bound to a volume that is gone refuses the pod")
  func missingVolume() {
    var cluster = SmallCluster()
    cluster.node("a")
    let claim = cluster.claim("c") { $0.volumeName = "gone" }
    #expect(
      cluster.decide(.pod(), claims: [claim]).explanation?.preFilterMessage
        == "persistentvolume \"gone\" not found")
  }

  @Test("local volumes narrow the search to their host names")
  func local() {
    var cluster = SmallCluster()
    for name in ["a", "b", "c"] { cluster.node(name, ["kubernetes.io/hostname": name]) }
    func local(_ name: String, _ hosts: [String]) -> ClaimID {
      cluster.state.add(
        volume(name) {
          $0.isLocal = true
          $0.nodeAffinity = [term("kubernetes.io/hostname", hosts)]
        })
      return cluster.claim(name) { $0.volumeName = name }
    }
    let ab = local("ab", ["a", "b"])
    let b = local("b", ["b"])
    let c = local("c", ["c"])
    #expect(cluster.decide(.pod(), claims: [ab, b]).feasibleCount == 1)
    #expect(cluster.refusals(.pod(), claims: [ab]).isEmpty)
    let decision = cluster.decide(.pod(), claims: [b, c])
    #expect(
      decision.explanation?.preFilterMessage == "node(s) didn't satisfy plugin VolumeBinding")
    let gone = local("gone", ["gone"])
    #expect(cluster.decide(.pod(), claims: [gone]).fault != nil)
  }

  @Test("an unbound claim takes a free volume or one that can be made where the class allows")
  func unbound() {
    var cluster = SmallCluster()
    cluster.node("a", [zone: "z1", "disk": "fast"])
    cluster.node("b", [zone: "z2"])
    cluster.node("c")
    func add(_ name: String, _ provisioner: String, _ topologies: [[AllowedTopology]]) {
      var known = VolumeClass(name: name, provisioner: provisioner)
      known.waitsForFirstConsumer = true
      known.allowedTopologies = topologies
      cluster.state.add(known)
    }
    let z12 = AllowedTopology(key: zone, values: ["z1", "z2"])
    let fast = AllowedTopology(key: "disk", values: ["fast"])
    add("any", "p", [])
    add("zones", "p", [[z12]])
    add("both", "p", [[z12, fast]])
    add("either", "p", [[fast], [AllowedTopology(key: zone, values: ["z2"])], []])
    add("empty", "p", [[]])
    add("manual", "kubernetes.io/no-provisioner", [])
    func nodes(_ name: String, _ mode: VolumeAccessMode = .readWriteOnce) -> Set<String> {
      let claim = cluster.claim("of-" + name) {
        $0.storageClass = name
        $0.accessModes = [mode]
        $0.request = .gib(2)
      }
      let refused = Set(cluster.refusals(.pod(), claims: [claim]).keys)
      return Set(["a", "b", "c"]).subtracting(refused)
    }
    #expect(nodes("any") == ["a", "b", "c"])
    #expect(nodes("zones") == ["a", "b"])
    #expect(nodes("both") == ["a"])
    #expect(nodes("either") == ["a", "b"])
    #expect(nodes("empty") == [])
    #expect(nodes("manual") == [])
    func free(_ name: String, _ size: Double, _ change: (inout ClusterVolume) -> Void) {
      cluster.state.add(
        volume(name) {
          $0.storageClass = "manual"
          $0.capacity = .gib(size)
          change(&$0)
        })
    }
    free("small", 1) { _ in }
    #expect(nodes("manual") == [])
    free("taken", 5) { $0.claim = "default/another" }
    #expect(nodes("manual") == [])
    free("z1", 5) { $0.nodeAffinity = [term(zone, ["z1"])] }
    #expect(nodes("manual") == ["a"])
    #expect(nodes("manual", .readWriteMany) == [])
    // A volume reserved for the claim is the only one, and its modes are not compared.
    free("mine", 5) {
      $0.claim = "default/of-manual"
      $0.nodeAffinity = [term(zone, ["z2"])]
    }
    #expect(nodes("manual") == ["b"])
    #expect(nodes("manual", .readWriteMany) == ["b"])
  }

  @Test("a volume's zone and region labels bind it to nodes that have any such label")
  func zones() {
    let region = "topology.kubernetes.io/region"
    let table: [(volume: [String: String], node: [String: String], isTaken: Bool)] = [
      ([zone: "z1"], [zone: "z1"], true), ([zone: "z1"], [zone: "z2"], false),
      ([zone: "z1"], [:], true), ([zone: "z1"], ["other": "x"], true),
      ([zone: "z1"], [region: "r"], false), ([zone: "z1__z2"], [zone: "z2"], true),
      ([zone: "z1__z2"], [zone: "z3"], false), ([zone: "z1_z2"], [zone: "z2"], false),
      // A malformed list is ignored.
      ([zone: "z1__"], [zone: "z3"], true), ([zone: ""], [zone: "z3"], true),
      ([zone: "z1", region: "r"], [zone: "z1", region: "q"], false),
      ([zone: "z1", region: "r"], [zone: "z1", region: "r"], true),
      ([betaZone: "z1"], [betaZone: "z1"], true), ([betaZone: "z1"], [betaZone: "z2"], false),
      ([zone: "z1"], [betaZone: "z1"], false),
    ]
    for row in table {
      var cluster = SmallCluster()
      cluster.node("a", row.node)
      cluster.state.add(volume("v") { $0.labels = row.volume })
      let claim = cluster.claim("c") { $0.volumeName = "v" }
      #expect(
        cluster.refusals(.pod(), claims: [claim]) == (row.isTaken ? [:] : ["a": "VolumeZone!"]),
        "\(row)")
    }
  }

  @Test("from 1.29 on a volume's beta label meets a node's stable one", arguments: [28, 29])
  func betaZones(minor: Int) {
    var cluster = SmallCluster(minor: minor)
    cluster.node("a", [zone: "z1"])
    cluster.state.add(volume("v") { $0.labels = [betaZone: "z1"] })
    let claim = cluster.claim("c") { $0.volumeName = "v" }
    #expect(cluster.refusals(.pod(), claims: [claim]).isEmpty == (minor >= 29))
  }

  @Test("volumes attached count once each, by driver")
  func limits() {
    var cluster = SmallCluster()
    cluster.node("a") { $0.volumeLimits = ["ebs": 2] }
    cluster.node("b") { $0.allocatable["attachable-volumes-csi-ebs"] = Quantity(1) }
    var waiting = VolumeClass(name: "wait", provisioner: "ebs")
    waiting.waitsForFirstConsumer = true
    cluster.state.add(waiting)
    func bound(_ name: String, _ driver: String?, handle: String? = nil) -> ClaimID {
      cluster.state.add(
        volume(name) {
          $0.driver = driver
          $0.handle = handle
        })
      return cluster.claim(name) { $0.volumeName = name }
    }
    let one = bound("one", "ebs")
    let two = bound("two", "ebs")
    let three = bound("three", "ebs")
    let alias = bound("alias", "ebs", handle: "one")
    let efs = bound("efs", "efs")
    let unbound = cluster.claim("unbound") { $0.storageClass = "wait" }
    func refused(_ claims: [ClaimID]) -> Set<String> {
      Set(cluster.refusals(.pod(), claims: claims).keys)
    }
    #expect(refused([one]) == [])
    #expect(refused([one, two]) == ["b"])
    #expect(refused([one, two, three]) == ["a", "b"])
    #expect(refused([one, one]) == [])
    #expect(refused([one, alias]) == [])
    #expect(refused([one, efs]) == [])
    #expect(refused([one, unbound]) == ["b"])
    #expect(refused([one, two, unbound]) == ["a", "b"])
    cluster.place(.pod(), on: "a", claims: [one, two])
    cluster.place(.pod(), on: "a", claims: [two])
    #expect(refused([three]) == ["a"])
    #expect(refused([two]) == [])
    #expect(refused([alias]) == [])
    #expect(refused([efs]) == [])
    #expect(cluster.decide(.pod(), claims: [three]).preemptionMightHelp)
  }
}
