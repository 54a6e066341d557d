import Foundation
import GantryCloud

/// Price lists of our own in AWS's two forms, and a folder that is removed afterwards.
final class ImportPlace {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "gantry-import-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var folder: CatalogFolder { CatalogFolder(path: path + "/catalog") }

  func file(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }
}

/// One product with its on-demand price, in both forms.
struct OfferFixture {
  var sku: String
  var family = "Compute Instance"
  var attributes: [String: String]
  var unit = "Hrs"
  var price: String

  static func instance(
    _ sku: String, _ type: String, _ price: String, _ changes: [String: String] = [:]
  ) -> OfferFixture {
    let attributes = [
      "instanceType": type, "regionCode": "eu-west-3", "location": "EU (Paris)",
      "locationType": "AWS Region", "operatingSystem": "Linux", "tenancy": "Shared",
      "preInstalledSw": "NA", "capacitystatus": "Used", "operation": "RunInstances",
    ]
    return OfferFixture(
      sku: sku, attributes: attributes.merging(changes) { _, new in new }, price: price)
  }

  static func volume(
    _ sku: String, _ kind: String, family: String = "Storage", group: String = "",
    unit: String = "GB-Mo", _ price: String
  ) -> OfferFixture {
    OfferFixture(
      sku: sku, family: family,
      attributes: ["volumeApiName": kind, "regionCode": "eu-west-3", "group": group],
      unit: unit, price: price)
  }

  /// What the tests below expect to be taken, and what is to be left out.
  static let list: [OfferFixture] = [
    instance("A1", "m6g.2xlarge", "0.3700000000"),
    instance("A2", "m5a.2xlarge", "0.41", ["regionCode": ""]),
    instance("B1", "m6g.2xlarge", "0.99", ["tenancy": "Dedicated"]),
    instance("B2", "m6g.2xlarge", "0.98", ["operatingSystem": "Windows"]),
    instance("B3", "m6g.2xlarge", "0.97", ["preInstalledSw": "SQL Std"]),
    instance("B4", "m6g.2xlarge", "0.96", ["capacitystatus": "UnusedCapacityReservation"]),
    instance("B5", "m6g.2xlarge", "0.95", ["locationType": "AWS Local Zone"]),
    instance("B6", "m6g.2xlarge", "0.0000000000"),
    instance("C1", "m99z.large", "1.0"),
    instance("C2", "m6g.2xlarge", "0.5", ["regionCode": "moon-base-1"]),
    volume("D1", "gp3", "0.1"),
    volume("D2", "gp3", family: "System Operation", group: "EBS IOPS", unit: "IOPS-Mo", "0.006"),
    volume(
      "D3", "gp3", family: "Provisioned Throughput", group: "EBS Throughput", unit: "GiBps-mo",
      "51.2"),
    volume(
      "D4", "io2", family: "System Operation", group: "EBS IOPS Tier 2", unit: "IOPS-Mo", "0.05"),
    volume("D5", "gp2", family: "Storage Snapshot", "0.05"),
  ]

  static func json(_ list: [OfferFixture] = list, termsFirst: Bool = false) -> String {
    func quoted(_ text: String) -> String { "\"\(text)\"" }
    let products = list.map { item in
      let attributes = item.attributes.sorted { $0.key < $1.key }
        .map { "\(quoted($0.key)) : \(quoted($0.value))" }.joined(separator: ", ")
      return """
        "\(item.sku)": {"sku": "\(item.sku)", "productFamily": "\(item.family)",
          "attributes": {"servicecode": "AmazonEC2", \(attributes)}}
        """
    }.joined(separator: ",\n")
    let terms = list.map { item in
      """
      "\(item.sku)": {"\(item.sku).JRT": {"offerTermCode": "JRT", "sku": "\(item.sku)",
        "priceDimensions": {"\(item.sku).JRT.6YS": {"unit": "\(item.unit)", "endRange": "Inf",
          "description": "a \\"price\\" \\u20ac", "appliesTo": [], "beginRange": "0",
          "pricePerUnit": {"USD": "\(item.price)"}}}, "termAttributes": {}}}
      """
    }.joined(separator: ",\n")
    let parts = [
      "\"products\": {\(products)}",
      "\"terms\": {\"OnDemand\": {\(terms)}, \"Reserved\": {\"A1\": {\"x\": [1, -2.5e3, true]}}}",
    ]
    let ordered =
      termsFirst ? parts.reversed().joined(separator: ",") : parts.joined(separator: ",")
    return """
      {"formatVersion": "v1.0", "disclaimer": "none", "offerCode": "AmazonEC2",
       "version": "20261101000000", "publicationDate": "2026-11-01T00:00:00Z", \(ordered)}
      """
  }

  static func csv(_ list: [OfferFixture] = list) -> String {
    let names: [(column: String, attribute: String)] = [
      ("Location", "location"), ("Location Type", "locationType"),
      ("Instance Type", "instanceType"), ("Tenancy", "tenancy"),
      ("Operating System", "operatingSystem"), ("Pre Installed S/W", "preInstalledSw"),
      ("CapacityStatus", "capacitystatus"), ("operation", "operation"), ("Group", "group"),
      ("Volume API Name", "volumeApiName"), ("Region Code", "regionCode"),
    ]
    func line(_ fields: [String]) -> String {
      fields.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
        .joined(separator: ",") + "\r\n"
    }
    let head = [
      "SKU", "OfferTermCode", "TermType", "PriceDescription", "StartingRange", "Unit",
      "PricePerUnit", "Currency", "Product Family",
    ]
    var text = line(["FormatVersion", "v1.0"]) + line(["Disclaimer", "none, \"really\""])
    text += line(["Publication Date", "2026-11-01T00:00:00Z"])
    text += line(["Version", "20261101000000"]) + line(["OfferCode", "AmazonEC2"])
    text += line(head + names.map(\.column))
    for item in list {
      for term in ["Reserved", "OnDemand"] {
        let price = term == "OnDemand" ? item.price : "0.001"
        text += line(
          [
            item.sku, "JRT", term, "a \"price\",\nin two lines", "0", item.unit, price, "USD",
            item.family,
          ] + names.map { item.attributes[$0.attribute] ?? "" })
      }
    }
    return text
  }
}
