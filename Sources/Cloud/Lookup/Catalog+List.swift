public import GantryModel
public import GantryUnits

/// Which instance types to list.
public struct InstanceFilter: Hashable, Sendable {
  public var architecture: Architecture?
  public var minVCPU: Int?
  public var minMemory: Bytes?
  /// A family such as `m6g`.
  public var family: String?
  /// Only types sold here, with their prices; all types without prices when nil.
  public var region: String?
  public var currentGenerationOnly = false
  public var includesBareMetal = false

  /// Makes a filter that lets everything pass but bare metal.
  public init() {}
}

/// The order of a list of instance types; equal ones follow by name.
public enum InstanceOrder: String, Hashable, Sendable, CaseIterable {
  case price
  /// The price of the work that one reference thread does in an hour.
  case pricePerWork = "price-per-work"
  case vcpu
  case memory
  case name
}

/// An instance type as sold in a region.
public struct InstanceOffering: Hashable, Sendable {
  public var type: InstanceType
  /// USD per hour on demand; nil when no region was asked for.
  public var onDemand: Figure?
  /// USD per hour as spot capacity; nil where none is known.
  public var spot: Figure?
  /// USD for the work one reference thread does in an hour, on demand.
  public var pricePerWork: Double? { onDemand.map { $0.value / type.cpu.total } }
}

extension Catalog {
  /// The instance types that pass a filter, in order.
  /// - Throws: `CatalogError.unknownRegion`, `.unknownFamily`; `.regionNeeded` to sort by price
  ///   without a region.
  /// - Complexity: Parses the tables of all types once.
  public func list(
    _ filter: InstanceFilter, sortedBy order: InstanceOrder = .name
  ) throws(CatalogError) -> [InstanceOffering] {
    if filter.region == nil, order == .price || order == .pricePerWork { throw .regionNeeded }
    try checkFamily(filter.family)
    let prices = try filter.region.map { region throws(CatalogError) in try pricesByType(region) }
    let scores = try rowsByName(scoreTable)
    var found: [InstanceOffering] = []
    for row in try instanceTable.rows() {
      guard try passes(row, filter), let score = scores[row.fields[0]] else { continue }
      let price = prices?[row.fields[0]]
      if prices != nil, price == nil { continue }
      let type = try instance(row, scores: score)
      found.append(InstanceOffering(type: type, onDemand: price?.onDemand, spot: price?.spot))
    }
    return found.sorted { isBefore($0, $1, order) }
  }

  private func isBefore(_ a: InstanceOffering, _ b: InstanceOffering, _ order: InstanceOrder)
    -> Bool
  {
    let key: (InstanceOffering) -> Double =
      switch order {
      case .price: { $0.onDemand?.value ?? 0 }
      case .pricePerWork: { $0.pricePerWork ?? 0 }
      case .vcpu: { Double($0.type.vcpu) }
      case .memory: { Double($0.type.memory.count) }
      case .name: { _ in 0 }
      }
    return (key(a), a.type.name) < (key(b), b.type.name)
  }

  private func passes(_ row: CSVRow, _ filter: InstanceFilter) throws(CatalogError) -> Bool {
    if let architecture = filter.architecture, try row.text("arch") != architecture.rawValue {
      return false
    }
    if let least = filter.minVCPU, try row.integer("vcpu") < least { return false }
    if let least = filter.minMemory, Bytes.gib(try row.number("memory_gib")) < least {
      return false
    }
    if let family = filter.family, row.fields[0].prefix(while: { $0 != "." }) != family {
      return false
    }
    if filter.currentGenerationOnly, try !row.flag("current_generation") { return false }
    let isBareMetal = try row.flag("bare_metal")
    return filter.includesBareMetal || !isBareMetal
  }

  private func checkFamily(_ family: String?) throws(CatalogError) {
    guard let family else { return }
    let known = Set(instanceNames.map { String($0.prefix { $0 != "." }) })
    guard known.contains(family) else {
      throw .unknownFamily(family, nearest: Catalog.nearest(to: family, in: known.sorted()))
    }
  }

  private func rowsByName(_ table: CSVTable) throws(CatalogError) -> [String: CSVRow] {
    var rows: [String: CSVRow] = [:]
    for row in try table.rows() { rows[row.fields[0]] = row }
    return rows
  }

  private func pricesByType(
    _ region: String
  ) throws(CatalogError) -> [String: (onDemand: Figure, spot: Figure?)] {
    _ = try regionRow(region)
    let name = "prices/\(region).csv"
    let advice = try builtIn.optionalTable(name).map(rowsByName) ?? [:]
    let newer = try imported?.optionalTable(name).map(rowsByName) ?? [:]
    let newerSources = try imported?.optionalTable("sources.csv")
    let seen = try observedSpotPrices(in: region)
    var prices: [String: (onDemand: Figure, spot: Figure?)] = [:]
    for type in Set(advice.keys).union(newer.keys).sorted() {
      let price =
        if let row = newer[type], let newerSources {
          try onDemandPrice(row, sources: newerSources)
        } else if let row = advice[type] {
          try onDemandPrice(row, sources: sources)
        } else { nil as Figure? }
      guard let price = overridden(.onDemand, type) ?? price else { continue }
      let spot =
        if let given = overridden(.spot, type) {
          given
        } else if let mean = meanSpotPrice(seen[type] ?? [], zone: nil) {
          mean
        } else {
          try advice[type].flatMap { row throws(CatalogError) in try spotAdvice(row) }
            .map { spotEstimate(price, $0) }
        }
      prices[type] = (price, spot)
    }
    return prices
  }
}
