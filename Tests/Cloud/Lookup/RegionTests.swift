import GantryCloud
import Testing

@Suite("regions and zones")
struct RegionTests {
  let catalog: Catalog

  init() throws { catalog = try Catalog() }

  @Test("Paris has three zones")
  func paris() throws {
    #expect(catalog.regions.count == 31)
    #expect(
      try catalog.zones(in: "eu-west-3") == ["eu-west-3a", "eu-west-3b", "eu-west-3c"])
    #expect(try catalog.region(ofZone: "eu-west-3b") == "eu-west-3")
    #expect(try catalog.zoneName(ofID: "euw3-az2") == "eu-west-3b")
    #expect(try catalog.zoneName(ofID: "euw9-az2") == nil)
  }

  @Test("zone ids with a gap keep their letters")
  func gaps() throws {
    #expect(
      try catalog.zones(in: "ca-central-1") == ["ca-central-1a", "ca-central-1b", "ca-central-1d"])
    #expect(try catalog.zoneName(ofID: "cac1-az4") == "ca-central-1d")
  }

  @Test("a type may be missing in some zones")
  func offers() throws {
    #expect(try catalog.zones(of: "m6g.2xlarge", in: "eu-west-3").count == 3)
    let virginia = try catalog.zones(of: "m6g.2xlarge", in: "us-east-1")
    #expect(!virginia.isEmpty && virginia.allSatisfy { $0.hasPrefix("us-east-1") })
    // No zones are published for Mexico: all of them count.
    #expect(try catalog.zones(of: "m6g.2xlarge", in: "mx-central-1").count == 3)
  }

  @Test("unknown names are errors")
  func unknown() {
    #expect(
      throws: CatalogError.unknownZone(
        "eu-west-3d", known: ["eu-west-3a", "eu-west-3b", "eu-west-3c"])
    ) { try catalog.region(ofZone: "eu-west-3d") }
    #expect { try catalog.zones(in: "eu-wst-3") } throws: { error in
      guard case .unknownRegion("eu-wst-3", let nearest)? = error as? CatalogError else {
        return false
      }
      return nearest.contains("eu-west-3")
    }
    #expect(throws: CatalogError.self) { try catalog.region(ofZone: "") }
  }
}
