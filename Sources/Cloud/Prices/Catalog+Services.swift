extension Catalog {
  /// A price or limit of a service in a region.
  ///
  /// Looked for in the scenario's overrides, then in the region's own row (imported before built in),
  /// then in the row of all regions. A price that is published for other regions only is inferred from
  /// us-east-1, a limit from the region with the lowest; both are marked as uncertain.
  /// - Throws: `CatalogError.unknownRegion`; `.unknownFigure` when no region has such a figure.
  public func figure(_ figure: ServiceFigure, region: String) throws(CatalogError) -> Figure {
    _ = try regionRow(region)
    let generic = "figures.\(figure.service).\(figure.item).\(figure.metric)"
    let given = overrides[figure.path] ?? overrides[generic]
    let published = try serviceRow(figure, region: region)
    if let given {
      let unitSource =
        if let published { published } else { try serviceRow(figure, region: referenceRegion) }
      return Figure(given, unitSource?.unit ?? "", .scenario, path: figure.path)
    }
    if let published { return published }
    if let inferred = try inferred(figure, region: region) { return inferred }
    let known = try ServiceFigure.known.map(\.path) + serviceNames(figure.service)
    throw .unknownFigure(
      path: generic, region: region, nearest: Catalog.nearest(to: generic, in: known))
  }

  /// A figure by the names of the table's columns.
  /// - Throws: As `figure(_:region:)`.
  public func figure(
    service: String, item: String, metric: String, region: String
  ) throws(CatalogError) -> Figure {
    let named = ServiceFigure.known.first {
      $0.service == service && $0.item == item && $0.metric == metric
    }
    return try figure(
      named ?? ServiceFigure(service: service, item: item, metric: metric), region: region)
  }

  private func serviceRow(
    _ figure: ServiceFigure, region: String
  ) throws(CatalogError) -> Figure? {
    for place in [region, "*"] {
      for sourced in serviceTables {
        let keys = [figure.service, figure.item, place, figure.metric]
        guard let row = try sourced.table.firstRow(startingWith: keys) else { continue }
        let note = try row.text("note")
        let confidence = Confidence(rawValue: try row.text("confidence")) ?? .low
        let provenance = try Catalog.provenance(
          try row.text("source"), in: sourced.sources, confidence: confidence,
          note: note.isEmpty ? nil : note)
        return Figure(
          try row.number("value"), try row.text("unit"), provenance, path: figure.path)
      }
    }
    return nil
  }

  private func inferred(
    _ figure: ServiceFigure, region: String
  ) throws(CatalogError) -> Figure? {
    guard figure.metric.hasPrefix("price") else { return try lowestLimit(figure) }
    guard let base = try serviceRow(figure, region: referenceRegion) else { return nil }
    let origin = "us-east-1 figure (\(base.provenance.source))"
    switch figure.elsewhere {
    case .same:
      return Figure(
        base.value, base.unit,
        Provenance(
          source: "assumed equal to the \(origin)", asOf: base.provenance.asOf, confidence: .low),
        path: figure.path)
    case .scaled:
      let here = try builtInPrice(ratioType, in: region)
      let there = try builtInPrice(ratioType, in: referenceRegion)
      return Figure(
        base.value * here / there, base.unit,
        Provenance(
          source: "inferred: \(origin) times the regions' price ratio of \(ratioType)",
          asOf: base.provenance.asOf, confidence: .low), path: figure.path)
    }
  }

  /// The lowest value of a limit that is published by region.
  private func lowestLimit(_ figure: ServiceFigure) throws(CatalogError) -> Figure? {
    var lowest: (region: String, figure: Figure)?
    for region in regions {
      guard let found = try serviceRow(figure, region: region) else { continue }
      if let known = lowest, known.figure.value <= found.value { continue }
      lowest = (region, found)
    }
    guard let (region, published) = lowest else { return nil }
    var limit = published
    limit.provenance.source = "assumed equal to \(region), the lowest (\(limit.provenance.source))"
    limit.provenance.confidence = .low
    return limit
  }

  private func serviceNames(_ service: String) throws(CatalogError) -> [String] {
    var names: [String] = []
    for sourced in serviceTables {
      for row in try sourced.table.rows() where row.fields[0] == service {
        names.append("figures.\(service).\(row.fields[1]).\(try row.text("metric"))")
      }
    }
    return Array(Set(names)).sorted()
  }
}

/// The region with the most published figures.
private let referenceRegion = "us-east-1"
/// A type that every region sells; its price differs between regions as most prices do.
private let ratioType = "t3.large"
