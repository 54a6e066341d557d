import Foundation
import GantryCloud
import GantryModel
import Testing

@Suite("importing a price list")
struct PriceListImporterTests {
  let catalog: Catalog
  let place: ImportPlace

  init() throws {
    catalog = try Catalog()
    place = try ImportPlace()
  }

  private func importing(_ name: String, _ text: String) throws -> PriceListImporter.Summary {
    try PriceListImporter(catalog: catalog)
      .importPriceList(from: try place.file(name, text), into: place.folder)
  }

  @Test(
    "both forms give the same prices",
    arguments: [
      OfferFixture.json(), OfferFixture.json(termsFirst: true), OfferFixture.csv(),
      "\u{FEFF}" + OfferFixture.json(), "\u{FEFF}" + OfferFixture.csv(),
    ])
  func forms(text: String) throws {
    let summary = try importing("offer", text)
    #expect(summary.version == "20261101000000")
    #expect(summary.publicationDate == "2026-11-01T00:00:00Z")
    #expect((summary.instancePrices, summary.volumePrices) == (2, 4))
    #expect(summary.regions == ["eu-west-3"])
    #expect(summary.unknownTypes == ["m99z.large"])
    #expect(summary.unknownRegions == ["moon-base-1"])
    #expect(summary.conflicts.isEmpty)

    let newer = try Catalog(imported: place.folder)
    let m6g = try newer.price(of: "m6g.2xlarge", in: "eu-west-3")
    #expect(m6g.value == 0.37 && m6g.provenance.confidence == .given)
    #expect(m6g.provenance.source.contains("version 20261101000000"))
    #expect(m6g.provenance.asOf == "2026-11-01T00:00:00Z")
    #expect(try newer.price(of: "m5a.2xlarge", in: "eu-west-3").value == 0.41)
    #expect(try newer.figure(.ebsCapacity(.gp3), region: "eu-west-3").value == 0.1)
    #expect(try newer.figure(.gp3IOPS, region: "eu-west-3").value == 0.006)
    // 51.2 per GiB/s is 0.05 per MiB/s.
    #expect(try newer.figure(.gp3Throughput, region: "eu-west-3").value == 0.05)
    #expect(try newer.figure(.io2IOPS(tier: 2), region: "eu-west-3").value == 0.05)
    // What the list does not have stays as built in.
    #expect(
      try newer.price(of: "c6g.large", in: "eu-west-3")
        == catalog.price(of: "c6g.large", in: "eu-west-3"))
    #expect(try newer.figure(.ebsCapacity(.gp2), region: "eu-west-3").value == 0.116)
    #expect(try newer.zones(of: "m6g.2xlarge", in: "eu-west-3").count == 3)
    var filter = InstanceFilter()
    filter.family = "m6g"
    filter.region = "eu-west-3"
    let listed = try newer.list(filter).first { $0.type.name == "m6g.2xlarge" }
    #expect(listed?.onDemand == m6g)
    #expect(newer.version.hasPrefix(catalog.version + "+2026-11-01T00:00:00Z-"))
  }

  @Test("the scenario wins over what was imported")
  func scenario() throws {
    _ = try importing("offer.csv", OfferFixture.csv())
    let overrides = CatalogOverrides(["ec2.m6g.2xlarge.onDemand": 0.2])
    let catalog = try Catalog(imported: place.folder, overrides: overrides)
    #expect(try catalog.price(of: "m6g.2xlarge", in: "eu-west-3").value == 0.2)
  }

  @Test("a second import adds to the first and replaces what it gives again")
  func twice() throws {
    _ = try importing("one.json", OfferFixture.json())
    let version = try Catalog(imported: place.folder).version
    _ = try importing(
      "two.json",
      OfferFixture.json([
        .instance("A1", "m6g.2xlarge", "0.38"),
        .instance("A2", "m6g.large", "0.1", ["regionCode": "us-east-1"]),
      ]))
    let newer = try Catalog(imported: place.folder)
    #expect(try newer.price(of: "m6g.2xlarge", in: "eu-west-3").value == 0.38)
    #expect(try newer.price(of: "m5a.2xlarge", in: "eu-west-3").value == 0.41)
    #expect(try newer.price(of: "m6g.large", in: "us-east-1").value == 0.1)
    #expect(newer.version != version)
  }

  @Test("a type the built-in prices lack becomes available")
  func newType() throws {
    #expect(throws: CatalogError.self) { try catalog.price(of: "a1.large", in: "eu-west-3") }
    _ = try importing("offer", OfferFixture.json([.instance("A", "a1.large", "0.06")]))
    let newer = try Catalog(imported: place.folder)
    #expect(try newer.price(of: "a1.large", in: "eu-west-3").value == 0.06)
    #expect(try newer.zones(of: "a1.large", in: "eu-west-3").count == 3)
    #expect(try newer.regions(offering: "a1.large").contains("eu-west-3"))
  }

  @Test("a price given twice is reported, and the first one taken")
  func conflict() throws {
    let summary = try importing(
      "offer",
      OfferFixture.json([
        .instance("A", "m6g.large", "0.1"), .instance("B", "m6g.large", "0.2"),
      ]))
    #expect(summary.conflicts == ["eu-west-3 m6g.large"])
    #expect(
      try Catalog(imported: place.folder).price(of: "m6g.large", in: "eu-west-3").value == 0.1)
  }

  @Test(
    "damaged JSON is located",
    arguments: [
      ("{\n \"version\": \"1\",\n \"products\": {\"A\" {}}\n}", 3, 19, "expected ':'"),
      ("{\"products\": {\"A\": {\"attributes\": [1]}}}", 1, 35, "expected an object"),
      ("{\"terms\": {\"Reserved\": {\"a\": [1, 2}}}", 1, 35, "unexpected '}'"),
      ("{\"version\": \"1", 1, 13, "never ends"),
      ("{\"version\": \"1\"", 1, 16, "ends in the middle"),
      ("{} x", 1, 4, "after the end"),
      ("{\"version\": \"\\q\"}", 1, 17, "escape"),
      ("{\"x\": ?}", 1, 7, "unexpected '?'"),
    ])
  func damagedJSON(text: String, line: Int, column: Int, message: String) throws {
    try expectFailure(text, line, column, message)
  }

  @Test(
    "damaged CSV is located",
    arguments: [
      ("", 1, 1, "empty"),
      ("a,b,c\n", 1, 1, "starts with SKU"),
      ("\"Version\",\"1\"\n", 1, 1, "starts with SKU"),
      ("SKU,TermType,Unit\n", 1, 1, "'PricePerUnit'"),
      ("SKU,TermType,Unit,PricePerUnit\nA,OnDemand,Hrs\n", 2, 1, "expected 4 fields, found 3"),
      ("SKU,TermType,Unit,PricePerUnit\nA,\"OnDemand,Hrs,1\n", 2, 3, "never ends"),
      ("SKU,TermType,Unit,PricePerUnit\nA,\"OnDemand\"x,Hrs,1\n", 2, 13, "expected ','"),
    ])
  func damagedCSV(text: String, line: Int, column: Int, message: String) throws {
    try expectFailure(text, line, column, message)
  }

  @Test("a price that is no number is located in both forms")
  func badPrice() throws {
    let list = [OfferFixture.instance("A", "m6g.large", "cheap")]
    for text in [OfferFixture.json(list), OfferFixture.csv(list)] {
      let error = #expect(throws: InputError.self) { try importing("bad", text) }
      #expect(error?.diagnostics.first?.message == "expected a price, found 'cheap'")
      #expect(try #require(error?.diagnostics.first?.location).line > 1)
    }
    #expect(!FileManager.default.fileExists(atPath: place.folder.path))
  }

  @Test("lists of something else are refused")
  func otherLists() throws {
    try expectFailure("{\"offerCode\": \"AmazonS3\"}", 1, 1, "price list of AmazonS3")
    try expectFailure("{}", 1, 1, "no on-demand price")
    let unknown = OfferFixture.json([.instance("A", "m99z.large", "1")])
    try expectFailure(unknown, 1, 1, "m99z.large")
    #expect(throws: CatalogError.self) {
      try PriceListImporter(catalog: catalog)
        .importPriceList(from: place.path + "/none", into: place.folder)
    }
  }

  private func expectFailure(
    _ text: String, _ line: Int, _ column: Int, _ message: String
  ) throws {
    let error = #expect(throws: InputError.self) { try importing("bad", text) }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(diagnostic.message.contains(message), "\(diagnostic.message)")
    #expect(diagnostic.location?.file == place.path + "/bad")
    #expect((diagnostic.location?.line, diagnostic.location?.column) == (line, column))
  }
}
