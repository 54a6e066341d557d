import Foundation
import GantryModel
import GantryScheduling
import GantryUnits

/// One line of a file of real decisions.
struct GoldenCase: Decodable {
  var id: String
  var input: GoldenInput
  var expected: GoldenExpectation
}

struct GoldenInput: Decodable {
  var nodes: [GoldenNode]
  var existingPods: [GoldenPod]?
  var pods: [GoldenPod]
  var services: [GoldenService]?
  var namespaces: [GoldenNamespace]?
  var storageClasses: [GoldenClass]?
  var persistentVolumeClaims: [GoldenClaim]?
  var persistentVolumes: [GoldenVolume]?
  var podDisruptionBudgets: [GoldenBudget]?
  var detail: String?
  var percentageOfNodesToScore: Int?
  var preemption: Bool?
}

struct GoldenNode: Decodable {
  struct Image: Decodable {
    var names: [String]
    var sizeBytes: Int64
  }
  struct TaintEntry: Decodable {
    var key: String
    var value: String?
    var effect: String
  }
  var name: String
  var labels: [String: String]?
  var allocatable: [String: String]?
  var taints: [TaintEntry]?
  var unschedulable: Bool?
  var images: [Image]?
  var csiLimits: [String: Int]?
}

struct GoldenService: Decodable {
  var namespace: String?
  var name: String
  var selector: [String: String]?
}

struct GoldenNamespace: Decodable {
  var name: String
  var labels: [String: String]?
}

struct GoldenClass: Decodable {
  var name: String
  var provisioner: String
  var waitForFirstConsumer: Bool?
  var allowedZones: [String]?
}

struct GoldenClaim: Decodable {
  var namespace: String?
  var name: String
  var volumeName: String?
  var storageClass: String?
  var accessMode: String?
}

struct GoldenVolume: Decodable {
  var name: String
  var zone: String?
  var labels: [String: String]?
  var driver: String?
  var storageClass: String?
  var accessMode: String?
  var claim: String?
}

struct GoldenBudget: Decodable {
  var namespace: String?
  var name: String
  var matchLabels: [String: String]?
  var disruptionsAllowed: Int
}

struct GoldenExpectation: Decodable {
  var nodeOrder: [String]
  var results: [GoldenResult]
}

struct GoldenResult: Decodable {
  struct Unfit: Decodable, Hashable {
    var plugin: String
    var code: String
    var reasons: [String]
    var nodes: [String]
  }
  struct Candidate: Decodable, Hashable {
    var node: String
    var victims: [String]
    var pdbViolations: Int
  }
  struct Preemption: Decodable {
    var eligible: Bool
    var candidates: [Candidate]?
    var best: [String]?
    var chosen: String?
  }
  final class Box: Decodable {
    let result: GoldenResult
    init(from decoder: any Decoder) throws { result = try GoldenResult(from: decoder) }
  }
  var pod: String
  var unfit: [Unfit]?
  var preFilterMessage: String?
  var feasibleCount: Int
  var scorePlugins: [String]?
  var scores: [String: [Int64]]?
  var bestTotal: Int64?
  var sumOfTotals: Int64?
  var best: [String]
  var chosen: String
  var nextStartNodeIndex: Int?
  var feasibleOrder: [String]?
  var preemption: Preemption?
  var afterPreemption: Box?
}
