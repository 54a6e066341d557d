import GantryCloud
import GantryModel
import GantryUnits
import Testing

@Suite("listing")
struct ListTests {
  let catalog: Catalog

  init() throws { catalog = try Catalog() }

  @Test("filters hold for every row, and price-per-work orders them")
  func filters() throws {
    var filter = InstanceFilter()
    filter.architecture = .arm64
    filter.minVCPU = 8
    filter.minMemory = .gib(32)
    filter.region = "eu-west-3"
    filter.currentGenerationOnly = true
    let found = try catalog.list(filter, sortedBy: .pricePerWork)
    #expect(found.count > 20)
    for offering in found {
      #expect(offering.type.architecture == .arm64 && offering.type.vcpu >= 8)
      #expect(offering.type.memory >= .gib(32) && offering.type.isCurrentGeneration)
      #expect(!offering.type.isBareMetal)
    }
    let costs = found.compactMap(\.pricePerWork)
    #expect(costs.count == found.count && costs == costs.sorted())
  }

  @Test("other orders", arguments: InstanceOrder.allCases)
  func orders(order: InstanceOrder) throws {
    var filter = InstanceFilter()
    filter.family = "m6g"
    filter.region = "eu-west-3"
    let found = try catalog.list(filter, sortedBy: order)
    #expect(found.count == 8)
    #expect(
      found.first?.type.name == (order == .name ? "m6g.12xlarge" : "m6g.medium")
        || order == .pricePerWork)
  }

  @Test("without a region there is no price to sort by")
  func regionNeeded() throws {
    #expect(throws: CatalogError.regionNeeded) {
      try catalog.list(InstanceFilter(), sortedBy: .price)
    }
    #expect(try catalog.list(InstanceFilter(), sortedBy: .memory).first?.onDemand == nil)
  }

  @Test("an unknown family names the nearest")
  func family() {
    var filter = InstanceFilter()
    filter.family = "m6gx"
    #expect { try catalog.list(filter) } throws: { error in
      guard case .unknownFamily("m6gx", let nearest)? = error as? CatalogError else { return false }
      return !nearest.isEmpty
    }
  }
}
