extension Catalog {
  /// The names of all regions whose EC2 prices are known, sorted.
  public var regions: [String] { regionTable.keys() }

  /// The zones of a region by name, such as `eu-west-3a`, sorted.
  /// - Throws: `CatalogError.unknownRegion`.
  public func zones(in region: String) throws(CatalogError) -> [String] {
    try zoneTable(region).map(\.name)
  }

  /// The zones of a region that offer a type.
  ///
  /// Published offers name zone ids; which letter an id has differs between AWS accounts, so the nth
  /// id is taken for the nth letter. Where no zones are published, all of the region are returned.
  /// - Throws: `CatalogError.unknownRegion`, `.unknownType` or `.notOffered`.
  public func zones(of type: String, in region: String) throws(CatalogError) -> [String] {
    let all = try zoneTable(region)
    // An imported price list does not know zones.
    let known = try builtInPriceRow(type, in: region)
    let row = if let known { known } else { try priceRow(type, in: region).row }
    let offered = try row.text("zones")
    return all.filter { offered.isEmpty || offered.contains($0.digit) }.map(\.name)
  }

  /// The name of a zone id such as `euw3-az1`, by the same convention; nil for unknown ids.
  public func zoneName(ofID id: String) throws(CatalogError) -> String? {
    for row in try regionTable.rows() {
      let prefix = try row.text("zone_id_prefix") + "-az"
      if id.hasPrefix(prefix) {
        let digit = id.dropFirst(prefix.count)
        return try zoneTable(row).first { String($0.digit) == digit }?.name
      }
    }
    return nil
  }

  /// The region that a zone such as `eu-west-3a` is in.
  /// - Throws: `CatalogError.unknownZone` or `.unknownRegion`.
  public func region(ofZone zone: String) throws(CatalogError) -> String {
    let region = String(zone.dropLast())
    guard try regionTable.row(region) != nil else {
      throw .unknownRegion(region, nearest: Catalog.nearest(to: region, in: regions))
    }
    let known = try zones(in: region)
    guard known.contains(zone) else { throw .unknownZone(zone, known: known) }
    return region
  }

  /// The region that the price list calls by a place's name, such as "EU (Paris)".
  func region(atLocation location: String) throws(CatalogError) -> String? {
    for row in try regionTable.rows() where try row.text("location") == location {
      return row.fields[0]
    }
    return nil
  }

  func regionRow(_ region: String) throws(CatalogError) -> CSVRow {
    guard let row = try regionTable.row(region) else {
      throw .unknownRegion(region, nearest: Catalog.nearest(to: region, in: regions))
    }
    return row
  }

  private func zoneTable(_ region: String) throws(CatalogError) -> [(
    digit: Character, name: String
  )] {
    try zoneTable(try regionRow(region))
  }

  private func zoneTable(_ row: CSVRow) throws(CatalogError) -> [(digit: Character, name: String)] {
    let region = row.fields[0]
    let ids = try row.text("zone_ids")
    let letters = try row.text("zone_letters")
    return zip(ids, letters).map { (digit: $0, name: region + String($1)) }
  }
}
