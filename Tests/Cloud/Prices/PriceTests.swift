import GantryCloud
import GantryModel
import GantryUnits
import Testing

@Suite("instance prices")
struct PriceTests {
  let catalog: Catalog

  init() throws { catalog = try Catalog() }

  @Test("the reference cluster's prices in Paris, with source and date")
  func paris() throws {
    let m5a = try catalog.price(of: "m5a.2xlarge", in: "eu-west-3")
    #expect(m5a.value == 0.404 && m5a.unit == "USD/h")
    #expect(m5a.provenance.asOf == "2026-03-15" && m5a.provenance.confidence == .high)
    #expect(try catalog.price(of: "m6g.2xlarge", in: "eu-west-3").value == 0.36)
  }

  // The ranges that a public article on multi-architecture builds quotes for Paris.
  @Test(
    "the families' price ranges in Paris",
    arguments: zip(["c6g", "m6g"], [[0.0405, 2.592], [0.045, 2.88]]))
  func ranges(family: String, expected: [Double]) throws {
    var filter = InstanceFilter()
    filter.family = family
    filter.region = "eu-west-3"
    let prices = try catalog.list(filter, sortedBy: .price).compactMap { $0.onDemand?.value }
    #expect([prices.first, prices.last] == expected.map { $0 })
  }

  @Test("spot: seen in zones where recorded, else estimated")
  func spot() throws {
    // 0.178 in euw3-az1, 0.1923 in az2, 0.1857 in az3; the mean is 0.185333.
    let seen = try catalog.price(of: "m5a.2xlarge", in: "eu-west-3", market: .spot)
    #expect(abs(seen.value - (0.178 + 0.1923 + 0.1857) / 3) < 1e-12)
    let zone = try catalog.spotPrice(of: "m5a.2xlarge", in: "eu-west-3", zone: "eu-west-3a")
    #expect(zone.value == 0.178)
    let elsewhere = try catalog.spotPrice(of: "m5a.2xlarge", in: "eu-west-3", zone: "eu-west-3x")
    #expect(elsewhere == seen)
    let c5 = try catalog.price(of: "c5.12xlarge", in: "eu-west-3", market: .spot)
    // 2.424 less 60 %.
    #expect(abs(c5.value - 2.424 * 0.4) < 1e-12 && c5.provenance.confidence == .low)
    let advice = try #require(try catalog.spotAdvice(of: "c5.12xlarge", in: "eu-west-3"))
    #expect(advice.savings == 0.6 && advice.interruptedAtMost == nil)
    #expect(advice.interruptedAtLeast == 0.2)
  }

  @Test("a type that is not sold in a region says where it is")
  func notOffered() throws {
    do {
      _ = try catalog.price(of: "a1.large", in: "eu-west-3")
      Issue.record("expected an error")
    } catch .notOffered(let type, let region, let offeredIn) {
      #expect((type, region) == ("a1.large", "eu-west-3"))
      #expect(offeredIn.contains("us-east-1") && !offeredIn.contains("eu-west-3"))
    } catch { Issue.record("\(error)") }
    #expect(
      throws: CatalogError.notOffered(
        type: "x8aedz.metal-12xl", region: "us-east-1", offeredIn: [])
    ) { try catalog.price(of: "x8aedz.metal-12xl", in: "us-east-1") }
  }

  @Test("an unknown type or region is an error, also with an override")
  func unknown() {
    #expect(throws: CatalogError.self) { try catalog.price(of: "m5x.large", in: "eu-west-3") }
    #expect(throws: CatalogError.self) { try catalog.price(of: "m5.large", in: "eu-west-33") }
    #expect(throws: CatalogError.self) {
      try catalog.price(of: "m5x.large", in: "eu-west-3", market: .spot)
    }
  }

  @Test("the scenario's price wins")
  func override() throws {
    var catalog = catalog
    catalog.overrides = CatalogOverrides([
      "ec2.m6g.2xlarge.onDemand": 0.3, "ec2.m6g.2xlarge.spot": 0.1,
    ])
    #expect(try catalog.problems(in: catalog.overrides).isEmpty)
    let price = try catalog.price(of: "m6g.2xlarge", in: "eu-west-3")
    #expect(price.value == 0.3 && price.provenance == .scenario)
    let spot = try catalog.price(of: "m6g.2xlarge", in: "eu-west-3", market: .spot)
    #expect(spot.value == 0.1 && spot.provenance == .scenario)
  }

  @Test("overrides that name nothing, or make no sense, are found together")
  func badOverrides() throws {
    let problems = try catalog.problems(
      in: CatalogOverrides([
        "natGateway.hours": 1, "natGateway.gb": -1, "efs.standard.gib": 0.3,
        "figures.ebs.gp3.max_iops": 16000, "ec2.m6g.2xlarg.onDemand": 1,
      ]))
    #expect(problems.count == 3)
    #expect(
      problems[0]
        == .unknownOverride(
          path: "ec2.m6g.2xlarg.onDemand",
          nearest: [
            "ec2.m6g.2xlarge.onDemand", "ec2.m6g.xlarge.onDemand", "ec2.m6g.large.onDemand",
          ])
        || problems[0].description.contains("ec2.m6g.2xlarge.onDemand"))
    #expect(problems[1] == .badOverride(path: "natGateway.gb", value: -1))
    #expect(problems[2].description.contains("natGateway.hour"))
  }

  @Test(
    "every offer has a price, an architecture, zones and a source",
    arguments: zip(["eu-west-3", "us-east-1", "mx-central-1"], [479, 1115, 224]))
  func allOffers(region: String, count: Int) throws {
    var filter = InstanceFilter()
    filter.region = region
    filter.includesBareMetal = true
    let offers = try catalog.list(filter)
    #expect(offers.count == count)
    for offering in offers {
      let price = try #require(offering.onDemand)
      #expect(price.value > 0 && !price.provenance.source.isEmpty)
      #expect(price.provenance.asOf != nil)
    }
    for offering in offers.prefix(20) {
      #expect(try !catalog.zones(of: offering.type.name, in: region).isEmpty)
      // One by one or in a list: the same figures.
      #expect(try catalog.price(of: offering.type.name, in: region) == offering.onDemand)
      #expect(try catalog.instance(offering.type.name) == offering.type)
      if let spot = offering.spot {
        #expect(
          try catalog.price(of: offering.type.name, in: region, market: .spot) == spot)
      }
    }
  }

  @Test("a scenario's prices are checked where they are written")
  func scenarioPrices() throws {
    func entry(_ id: String, _ value: Double, line: Int) -> ScenarioFile.Override {
      let place = SourceLocation(file: "scenario.yaml", line: line, column: 3)
      return ScenarioFile.Override(id: Located(id, at: place), value: value)
    }
    let sink = DiagnosticSink()
    let overrides = try catalog.overrides(
      [
        entry("natGateway.hour", 0.045, line: 1), entry("natGatway.gb", 0.05, line: 2),
        entry("publicIPv4.hour", -1, line: 3),
      ], reportingTo: sink)
    #expect(overrides.paths == ["natGateway.hour"])
    #expect(sink.diagnostics.map { $0.location?.line } == [2, 3])
    #expect(sink.diagnostics[0].suggestion == "natGateway.gb")
    #expect(sink.diagnostics[1].message.contains("expected a number from 0"))
  }
}
