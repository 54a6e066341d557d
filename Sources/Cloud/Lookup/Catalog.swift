import GantryModel

/// What gantry knows of AWS: instance types, prices, limits, each with its source and date.
///
/// A value without hidden state: the small tables are held as bytes, prices are read per region when
/// asked for, and nothing is parsed but the rows that are needed. What the scenario overrides wins
/// over what the user imported, which wins over what is built in.
public struct Catalog: Sendable {
  /// The date and content of the figures; with what was imported, when something was.
  ///
  /// A stored result names it, so that it can be explained later. Overrides are not part of it: they
  /// belong to the scenario.
  public let version: String
  /// Figures the scenario gives.
  public var overrides: CatalogOverrides

  let builtIn: CatalogFolder
  let imported: CatalogFolder?
  let instanceTable: CSVTable
  let scoreTable: CSVTable
  let regionTable: CSVTable
  let serviceTables: [SourcedTable]
  let sources: CSVTable

  /// A table with the sources that its rows name.
  struct SourcedTable: Sendable {
    let table: CSVTable
    let sources: CSVTable
  }

  /// Opens the built-in catalogue.
  /// - Parameters:
  ///   - folder: Where the built-in files are; found by itself when nil.
  ///   - imported: The folder that `PriceListImporter` wrote; ignored while it does not exist.
  ///   - overrides: Figures the scenario gives.
  /// - Throws: `CatalogError.folderNotFound`, `.unreadable` or `.malformed`.
  public init(
    folder: CatalogFolder? = nil, imported: CatalogFolder? = nil,
    overrides: CatalogOverrides = CatalogOverrides()
  ) throws(CatalogError) {
    let folder = if let folder { folder } else { try CatalogFolder.builtIn() }
    builtIn = folder
    self.overrides = overrides
    instanceTable = try folder.table("instances.csv")
    scoreTable = try folder.table("cpu-scores.csv")
    regionTable = try folder.table("regions.csv")
    sources = try folder.table("sources.csv")
    var services = [SourcedTable(table: try folder.table("services.csv"), sources: sources)]
    let own = try Catalog.versionText(of: folder) ?? "unversioned"
    if let imported, let stamp = try Catalog.versionText(of: imported) {
      self.imported = imported
      version = "\(own)+\(stamp)"
      if let table = try imported.optionalTable("services.csv") {
        let its = try imported.table("sources.csv")
        services.insert(SourcedTable(table: table, sources: its), at: 0)
      }
    } else {
      self.imported = nil
      version = own
    }
    serviceTables = services
  }

  private static func versionText(of folder: CatalogFolder) throws(CatalogError) -> String? {
    guard let bytes = try folder.contents(of: CatalogFolder.versionFile) else { return nil }
    return String(String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline })
  }

  /// The source that a row names by its identifier.
  static func provenance(
    _ id: String, in sources: CSVTable, confidence: Confidence, note: String? = nil
  ) throws(CatalogError) -> Provenance {
    guard let row = try sources.row(id) else {
      throw .malformed(file: sources.name, line: 1, reason: "no source '\(id)'")
    }
    let date = try row.text("asof")
    return Provenance(
      source: try row.text("source"), asOf: date.isEmpty ? nil : date, confidence: confidence,
      note: note)
  }

  /// Up to three known names close to a mistyped one, the closest first.
  static func nearest(to name: String, in known: [String]) -> [String] {
    var left = known
    var found: [String] = []
    while found.count < 3, let next = nearestName(to: name, in: left) {
      found.append(next)
      left.removeAll { $0 == next }
    }
    return found
  }
}
