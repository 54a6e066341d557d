import GantryCloud
import Testing

@Suite("service figures")
struct ServiceFigureTests {
  let catalog: Catalog

  init() throws { catalog = try Catalog() }

  @Test(
    "every named figure is known, with a source, also where little is published",
    arguments: ["eu-west-3", "us-east-1", "mx-central-1", "eu-south-2", "ap-southeast-3"])
  func known(region: String) throws {
    for figure in ServiceFigure.known {
      let found = try catalog.figure(figure, region: region)
      #expect(found.value > 0 && found.unit.hasPrefix("USD"), "\(region) \(figure.path)")
      #expect(!found.provenance.source.isEmpty && found.path == figure.path)
    }
  }

  @Test(
    "Paris",
    arguments: zip(
      [
        ServiceFigure.ebsCapacity(.gp3), .gp3IOPS, .gp3Throughput, .ebsCapacity(.io1), .io1IOPS,
        .efsStandard, .natHour, .natGB, .nlbHour, .publicIPv4, .crossZone, .io2IOPS(tier: 3),
      ],
      [0.0928, 0.0058, 0.0464, 0.145, 0.076, 0.33, 0.05, 0.05, 0.02646, 0.005, 0.01, 0.0372]))
  func paris(figure: ServiceFigure, expected: Double) throws {
    #expect(try catalog.figure(figure, region: "eu-west-3").value == expected)
  }

  @Test("uncertain figures say so")
  func uncertain() throws {
    let nat = try catalog.figure(.natHour, region: "eu-west-3")
    #expect(nat.provenance.confidence == .low)
    #expect(nat.provenance.description.contains("sources disagree"))
    #expect(nat.provenance.description.hasSuffix("(uncertain)"))
  }

  @Test("a region without a published price gets an inferred one that says how")
  func inferred() throws {
    // us-east-1 0.045 times t3.large Stockholm / Virginia = 0.0864 / 0.0832.
    let nat = try catalog.figure(.natHour, region: "eu-north-1")
    #expect(abs(nat.value - 0.045 * 0.0864 / 0.0832) < 1e-12)
    #expect(nat.provenance.confidence == .low && nat.provenance.source.contains("t3.large"))
    // Transfers between zones cost the same wherever a price is published.
    #expect(try catalog.figure(.crossZone, region: "eu-north-1").value == 0.01)
  }

  @Test("limits are found by their column names, in all regions")
  func limits() throws {
    let iops = try catalog.figure(
      service: "ebs", item: "gp3", metric: "max_iops", region: "sa-east-1")
    #expect(iops.value == 80000 && iops.unit == "IOPS")
    let ceiling = try catalog.figure(
      service: "efs", item: "elastic", metric: "max_read_throughput", region: "eu-west-3")
    #expect(ceiling.value == 10 && ceiling.provenance.confidence == .high)
    // Not published for Sao Paulo: the lowest of the published ones.
    let elsewhere = try catalog.figure(
      service: "efs", item: "elastic", metric: "max_read_throughput", region: "sa-east-1")
    #expect(elsewhere.value == 10 && elsewhere.provenance.confidence == .low)
  }

  @Test("an override wins by either of its paths")
  func overrides() throws {
    var catalog = catalog
    catalog.overrides["natGateway.hour"] = 0.051
    catalog.overrides["figures.ebs.gp3.max_iops"] = 16000
    let nat = try catalog.figure(.natHour, region: "eu-west-3")
    #expect(nat.value == 0.051 && nat.unit == "USD/h" && nat.provenance == .scenario)
    let iops = try catalog.figure(
      service: "ebs", item: "gp3", metric: "max_iops", region: "eu-west-3")
    #expect(iops.value == 16000)
  }

  @Test("an unknown figure names the nearest")
  func unknown() {
    #expect {
      try catalog.figure(service: "ebs", item: "gp3", metric: "max_iop", region: "eu-west-3")
    } throws: { "\($0)".contains("figures.ebs.gp3.max_iops") }
    #expect(throws: CatalogError.self) { try catalog.figure(.natHour, region: "atlantis-1") }
  }
}
