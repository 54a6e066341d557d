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

/// What the real scheduler did with a case.
struct GoldenExpectation: Decodable {
  var nodeOrder: [String]?
  var results: [GoldenVerdict]
}

/// A quantity that must be one; a wrong text makes the case fail instead of being left out.
struct GoldenQuantity: Decodable {
  var quantity: Quantity

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text =
      try (try? container.decode(Int64.self)).map(String.init)
      ?? container.decode(String.self)
    guard let quantity = Quantity(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no quantity")
    }
    self.quantity = quantity
  }
}

extension VolumeAccessMode: Decodable {}

struct GoldenInput: Decodable {
  var nodes: [GoldenNode]?
  var existingPods: [GoldenPod]?
  var pods: [GoldenPod]?
  var services: [GoldenService]?
  var namespaces: [GoldenNamespace]?
  var storageClasses: [GoldenClass]?
  var persistentVolumeClaims: [GoldenClaim]?
  var persistentVolumes: [GoldenVolume]?
  var podDisruptionBudgets: [GoldenBudget]?
  var percentageOfNodesToScore: Int?
}

struct GoldenNode: Decodable {
  struct Image: Decodable {
    var names: [String]
    var sizeBytes: Int64
  }
  struct TaintEntry: Decodable {
    var key: String
    var value: String?
    var effect: TaintEffect
  }
  var name: String
  var labels: [String: String]?
  var allocatable: [String: GoldenQuantity]?
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
  var accessMode: VolumeAccessMode?
}

struct GoldenVolume: Decodable {
  var name: String
  var zone: String?
  var labels: [String: String]?
  var driver: String?
  var storageClass: String?
  var accessMode: VolumeAccessMode?
  var claim: String?
}

struct GoldenBudget: Decodable {
  var namespace: String?
  var name: String
  var matchLabels: [String: String]?
  var disruptionsAllowed: Int
}
