public import GantryCloud
public import GantryModel

/// A value that stands for all types of an architecture and a size: `arm64:2xlarge`.
public struct InstanceClass: Sendable, Hashable {
  public var architecture: Architecture
  /// The part of a type's name after the dot.
  public var size: String

  /// Nil for any other text.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let architecture = Architecture(rawValue: String(parts[0])),
      !parts[1].isEmpty
    else { return nil }
    self.architecture = architecture
    size = String(parts[1])
  }

  /// The types of the current generation that a region sells, by name.
  /// - Throws: `CatalogError`, for example for an unknown region.
  public func types(in region: String, catalog: Catalog) throws(CatalogError) -> [String] {
    try all(in: region, catalog).filter { $0.hasSuffix(".\(size)") }
  }

  /// The size closest to one that no type has.
  public func nearestSize(in region: String, catalog: Catalog) throws(CatalogError) -> String? {
    let sizes = Set(try all(in: region, catalog).map { String($0.drop { $0 != "." }.dropFirst()) })
    return nearestName(to: size, in: sizes.sorted())
  }

  private func all(in region: String, _ catalog: Catalog) throws(CatalogError) -> [String] {
    var filter = InstanceFilter()
    filter.architecture = architecture
    filter.region = region
    filter.currentGenerationOnly = true
    return try catalog.list(filter).map(\.type.name)
  }
}
