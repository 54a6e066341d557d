public import GantryModel

/// The tables that phases point into; the compiler copies them into the plan.
public struct WorkTables: Sendable {
  public var assumptions: AssumptionTable
  public var services = ServiceTable()
  public var images: ImageTable

  /// Makes empty tables.
  public init(assumptions: [String: Double] = [:], images: [ScenarioFile.ImageSettings] = []) {
    self.assumptions = AssumptionTable(overrides: assumptions)
    self.images = ImageTable(settings: images)
  }

  /// The position of a container image in the plan's images.
  public mutating func image(_ name: String) -> Int {
    images.index(of: name, services: &services, assumptions: &assumptions)
  }

  /// The position of an external server in the plan's services.
  public mutating func service(_ host: String) -> Int {
    services.index(of: host, assumptions: &assumptions)
  }
}
