/// How an instance is bought.
public enum Market: String, Hashable, Sendable, Codable, CaseIterable {
  /// At the list price, for as long as it is wanted.
  case onDemand
  /// Spare capacity that AWS takes back at will.
  case spot
}

/// How often spot capacity of a type is taken back.
public struct SpotAdvice: Hashable, Sendable {
  /// The average saving against on demand, from 0 to 1.
  public var savings: Double
  /// The share of instances taken back in a month: at least this.
  public var interruptedAtLeast: Double
  /// And at most this; nil for the highest band, which is open.
  public var interruptedAtMost: Double?
  /// Where the advice comes from.
  public var provenance: Provenance
}

extension Catalog {
  /// What an instance costs in USD per hour (Linux, before tax and discounts).
  ///
  /// Spot prices are the mean of those seen in the region's zones where some were recorded, else the
  /// on-demand price less the advertised average saving.
  /// - Throws: `CatalogError.unknownType`; `.unknownRegion`; `.notOffered` with the regions that sell
  ///   the type; `.noSpotPrice`.
  public func price(
    of type: String, in region: String, market: Market = .onDemand
  ) throws(CatalogError) -> Figure {
    switch market {
    case .onDemand: try onDemandPrice(of: type, in: region)
    case .spot: try spotPrice(of: type, in: region, zone: nil)
    }
  }

  /// What spot capacity of a type costs in one zone, in USD per hour; without a price seen there, what
  /// it costs in the region.
  /// - Throws: As `price(of:in:market:)`.
  public func spotPrice(
    of type: String, in region: String, zone: String?
  ) throws(CatalogError) -> Figure {
    _ = try regionRow(region)
    guard try instanceTable.row(type) != nil else { throw unknownType(type) }
    if let given = overridden(.spot, type) { return given }
    let seen = try observedSpotPrices(in: region)[type] ?? []
    if let mean = meanSpotPrice(seen, zone: zone) ?? meanSpotPrice(seen, zone: nil) { return mean }
    let onDemand = try onDemandPrice(of: type, in: region)
    guard let advice = try spotAdvice(of: type, in: region) else {
      throw .noSpotPrice(type: type, region: region)
    }
    return spotEstimate(onDemand, advice)
  }

  /// What the Spot Advisor says of a type; nil where it says nothing.
  public func spotAdvice(of type: String, in region: String) throws(CatalogError) -> SpotAdvice? {
    guard let row = try builtInPriceRow(type, in: region) else { return nil }
    return try spotAdvice(row)
  }

  func spotAdvice(_ row: CSVRow) throws(CatalogError) -> SpotAdvice? {
    guard let savings = try row.optionalNumber("spot_savings_pct"),
      let band = try row.optionalNumber("spot_interruption_band")
    else { return nil }
    return SpotAdvice(
      savings: savings / 100, interruptedAtLeast: band * 0.05,
      interruptedAtMost: band < 4 ? (band + 1) * 0.05 : nil,
      provenance: try Catalog.provenance("adv", in: sources, confidence: .medium))
  }

  /// Spot prices that were seen in a region on one day, by type.
  func observedSpotPrices(in region: String) throws(CatalogError) -> [String: [SeenSpotPrice]] {
    var seen: [String: [SeenSpotPrice]] = [:]
    for row in try builtIn.table("spot-observed.csv").rows() where row.fields[0] == region {
      guard let zone = try zoneName(ofID: try row.text("zone_id")) else { continue }
      let provenance = try Catalog.provenance(
        try row.text("source"), in: sources, confidence: .medium, note: "seen on one day")
      seen[try row.text("type"), default: []].append(
        SeenSpotPrice(
          zone: zone,
          price: Figure(
            try row.number("spot_usd_hour"), hourly, provenance,
            path: "ec2.\(try row.text("type")).spot")))
    }
    return seen
  }

  func meanSpotPrice(_ seen: [SeenSpotPrice], zone: String?) -> Figure? {
    let here = seen.filter { zone == nil || $0.zone == zone }.map(\.price)
    guard let first = here.first else { return nil }
    let mean = here.map(\.value).reduce(0, +) / Double(here.count)
    return Figure(mean, hourly, first.provenance, path: first.path)
  }

  func spotEstimate(_ onDemand: Figure, _ advice: SpotAdvice) -> Figure {
    var provenance = advice.provenance
    provenance.confidence = .low
    provenance.note = "on-demand price less the region's average saving"
    let path = onDemand.path?.replacingSuffix(Market.onDemand.rawValue, by: Market.spot.rawValue)
    return Figure(onDemand.value * (1 - advice.savings), hourly, provenance, path: path)
  }

  func overridden(_ market: Market, _ type: String) -> Figure? {
    let path = "ec2.\(type).\(market.rawValue)"
    return overrides[path].map { Figure($0, hourly, .scenario, path: path) }
  }

  /// The regions that sell a type, sorted.
  public func regions(offering type: String) throws(CatalogError) -> [String] {
    var found: [String] = []
    for region in regions {
      if try importedPriceRow(type, in: region) != nil {
        found.append(region)
      } else if try builtInPriceRow(type, in: region) != nil {
        found.append(region)
      }
    }
    return found
  }

  private func onDemandPrice(of type: String, in region: String) throws(CatalogError) -> Figure {
    _ = try regionRow(region)
    guard try instanceTable.row(type) != nil else { throw unknownType(type) }
    if let given = overridden(.onDemand, type) { return given }
    let (row, sources) = try priceRow(type, in: region)
    return try onDemandPrice(row, sources: sources)
  }

  func onDemandPrice(_ row: CSVRow, sources: CSVTable) throws(CatalogError) -> Figure {
    let check = try row.text("check")
    let (confidence, note): (Confidence, String?) =
      switch check {
      case "agree": (.high, "a second source agrees")
      case "differ": (.low, "a second, older source differs")
      case "imported": (.given, nil)
      default: (.medium, nil)
      }
    let provenance = try Catalog.provenance(
      try row.text("source"), in: sources, confidence: confidence, note: note)
    return Figure(
      try row.number("ondemand_usd_hour"), hourly, provenance,
      path: "ec2.\(row.fields[0]).\(Market.onDemand.rawValue)")
  }

  /// The row with a type's price in a region, and the sources it names.
  func priceRow(
    _ type: String, in region: String
  ) throws(CatalogError) -> (row: CSVRow, sources: CSVTable) {
    _ = try regionRow(region)
    if let found = try importedPriceRow(type, in: region) { return found }
    if let row = try builtInPriceRow(type, in: region) { return (row, sources) }
    guard try instanceTable.row(type) != nil else { throw unknownType(type) }
    throw .notOffered(type: type, region: region, offeredIn: try regions(offering: type))
  }

  private func importedPriceRow(
    _ type: String, in region: String
  ) throws(CatalogError) -> (row: CSVRow, sources: CSVTable)? {
    guard let imported, let row = try imported.optionalTable("prices/\(region).csv")?.row(type)
    else { return nil }
    return (row, try imported.table("sources.csv"))
  }

  func builtInPriceRow(_ type: String, in region: String) throws(CatalogError) -> CSVRow? {
    try builtIn.optionalTable("prices/\(region).csv")?.row(type)
  }

  func builtInPrice(_ type: String, in region: String) throws(CatalogError) -> Double {
    guard let row = try builtInPriceRow(type, in: region) else {
      throw .notOffered(type: type, region: region, offeredIn: [])
    }
    return try row.number("ondemand_usd_hour")
  }
}

/// A spot price that was seen in a zone.
struct SeenSpotPrice {
  let zone: String
  let price: Figure
}

private let hourly = "USD/h"

extension String {
  fileprivate func replacingSuffix(_ old: String, by new: String) -> String {
    hasSuffix(old) ? dropLast(old.count) + new : self
  }
}
