import Foundation
import GantryModel

/// Takes the prices of AWS's own price list into the user's catalogue.
///
/// Reads the bulk offer file of Amazon EC2 in its JSON or CSV form: on-demand Linux instances on shared
/// hardware, and EBS volumes. What it finds is kept in a folder of the user's and wins over
/// what is built in; figures of an earlier import stay until a newer list gives them too.
public struct PriceListImporter: Sendable {
  private let catalog: Catalog

  /// Makes an importer that knows the catalogue's regions and types.
  public init(catalog: Catalog) { self.catalog = catalog }

  /// What an import did.
  public struct Summary: Hashable, Sendable {
    /// The list's own version and the day it was published, as it gives them.
    public var version: String
    public var publicationDate: String?
    /// How many prices were taken.
    public var instancePrices = 0
    public var volumePrices = 0
    /// The regions they are for, sorted.
    public var regions: [String] = []
    /// Regions and instance types of the list that the catalogue does not know, sorted.
    public var unknownRegions: [String] = []
    public var unknownTypes: [String] = []
    /// Figures that the list gives twice, each with the first price taken; sorted.
    public var conflicts: [String] = []
  }

  /// Reads a price list and keeps its prices in a folder.
  /// - Returns: What was taken and what was not.
  /// - Throws: `InputError` with line and column when the list is damaged, or no such list;
  ///   `CatalogError.unreadable` or `.unwritable`.
  public func importPriceList(from file: String, into folder: CatalogFolder) throws -> Summary {
    let content = try read(file)
    guard content.offerCode ?? "AmazonEC2" == "AmazonEC2" else {
      throw failure(
        file, "this is the price list of \(content.offerCode ?? ""); expected that of AmazonEC2")
    }
    guard !content.prices.isEmpty else {
      throw failure(file, "no on-demand price of an EC2 instance or EBS volume found")
    }
    var (prices, summary) = try resolve(content)
    guard summary.instancePrices + summary.volumePrices > 0 else {
      throw failure(
        file,
        "all prices are for unknown regions or types: "
          + (summary.unknownRegions + summary.unknownTypes).joined(separator: ", "))
    }
    summary.conflicts = content.conflicts.map { "\($0.place) \($0.name)" }.sorted()
    let source = ImportedPrices.Source(
      version: summary.version, publicationDate: summary.publicationDate)
    try ImportedPrices(folder: folder).merge(prices, from: source)
    return summary
  }

  private func read(_ file: String) throws -> OfferContent {
    let data: Data
    do {
      // Mapped, not loaded: these files have hundreds of megabytes.
      data = try Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe)
    } catch {
      throw CatalogError.unreadable(file: file, reason: error.localizedDescription)
    }
    return try data.withUnsafeBytes { raw in
      let bytes = raw.bindMemory(to: UInt8.self)
      do {
        let first = bytes.dropFirst(byteOrderMarkLength(bytes)).first { $0 > UInt8(ascii: " ") }
        switch first {
        case UInt8(ascii: "{"): return try JSONOffer.read(bytes)
        case nil: throw OfferFailure(offset: 0, message: "the file is empty")
        case .some: return try CSVOffer.read(bytes)
        }
      } catch let error as OfferFailure {
        throw error.diagnosed(file: file, in: bytes)
      }
    }
  }

  /// Keeps the prices of known regions and types.
  private func resolve(_ content: OfferContent) throws -> ([ImportedPrice], Summary) {
    let types = Set(catalog.instanceNames)
    let regions = Set(catalog.regions)
    var codes: [String: String?] = [:]
    var summary = Summary(
      version: content.version ?? "unknown", publicationDate: content.publicationDate)
    var prices: [ImportedPrice] = []
    var unknownRegions: Set<String> = []
    var unknownTypes: Set<String> = []
    for (target, price) in content.prices {
      let place = target.place
      if codes[place] == nil {
        codes[place] =
          regions.contains(place) ? .some(place) : .some(try catalog.region(atLocation: place))
      }
      guard let region = codes[place] ?? nil else {
        unknownRegions.insert(place)
        continue
      }
      if case .instance(let type) = target.figure, !types.contains(type) {
        unknownTypes.insert(type)
        continue
      }
      prices.append(ImportedPrice(region: region, figure: target.figure, price: price))
    }
    summary.instancePrices = prices.filter(\.isInstance).count
    summary.volumePrices = prices.count - summary.instancePrices
    summary.regions = Set(prices.map(\.region)).sorted()
    summary.unknownRegions = unknownRegions.sorted()
    summary.unknownTypes = unknownTypes.sorted()
    return (prices, summary)
  }

  private func failure(_ file: String, _ message: String) -> InputError {
    InputError([
      Diagnostic(.error, "E0802", message, at: SourceLocation(file: file, line: 1, column: 1))
    ])
  }
}

/// A price that was taken from a list.
struct ImportedPrice {
  let region: String
  let figure: OfferTarget.Figure
  let price: Double

  var isInstance: Bool {
    if case .instance = figure { true } else { false }
  }
}

extension OfferTarget {
  /// The figure's name for people.
  fileprivate var name: String {
    switch figure {
    case .instance(let type): type
    case .volume(let kind, let metric): "\(kind) \(metric)"
    }
  }
}
