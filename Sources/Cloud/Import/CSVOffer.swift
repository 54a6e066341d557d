/// Reads a price list in AWS's bulk CSV form: lines about the list, a header, a line per price.
///
/// Source: AWS Price List API guide, "Reading the service price list file", read 2026-11.
struct CSVOffer {
  private var content = OfferContent()
  private var scanner: CSVScanner

  static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(OfferFailure) -> OfferContent {
    var reader = CSVOffer(scanner: CSVScanner(bytes))
    let columns = try reader.header()
    while try reader.scanner.next() { try reader.price(columns) }
    return reader.content
  }

  /// The positions of the columns that matter.
  private struct Columns {
    var count: Int
    var term: Int
    var unit: Int
    var price: Int
    var family: Int?
    var start: Int?
    var currency: Int?
    var attributes: [(name: String, index: Int)]
  }

  private init(scanner: CSVScanner) { self.scanner = scanner }

  /// Lines before the header: `"Version","…"` and the like.
  private mutating func header() throws(OfferFailure) -> Columns {
    while try scanner.next() {
      switch scanner.text(0) {
      case "SKU": return try columns()
      case "Version": content.version = scanner.text(1)
      case "Publication Date": content.publicationDate = scanner.text(1)
      case "OfferCode": content.offerCode = scanner.text(1)
      default:
        guard scanner.fields.count <= 2 else {
          throw failure("expected the header of a price list, a row that starts with SKU")
        }
      }
    }
    throw failure("expected the header of a price list, a row that starts with SKU")
  }

  private func columns() throws(OfferFailure) -> Columns {
    let names = scanner.fields.indices.map(scanner.text)
    func index(_ name: String) throws(OfferFailure) -> Int {
      guard let index = names.firstIndex(of: name) else {
        throw failure("expected a column '\(name)'")
      }
      return index
    }
    return Columns(
      count: names.count, term: try index("TermType"), unit: try index("Unit"),
      price: try index("PricePerUnit"), family: names.firstIndex(of: "Product Family"),
      start: names.firstIndex(of: "StartingRange"), currency: names.firstIndex(of: "Currency"),
      attributes: OfferProduct.columns.compactMap { attribute, column in
        names.firstIndex(of: column).map { (attribute, $0) }
      })
  }

  private mutating func price(_ columns: Columns) throws(OfferFailure) {
    guard scanner.fields.count == columns.count else {
      throw failure("expected \(columns.count) fields, found \(scanner.fields.count)")
    }
    guard scanner.field(columns.term, is: "OnDemand"),
      columns.currency.map({ scanner.field($0, is: "USD") }) ?? true
    else { return }
    if let start = columns.start, !scanner.text(start).isEmpty, !scanner.field(start, is: "0") {
      return
    }
    var product = OfferProduct()
    if let family = columns.family { product.family = scanner.text(family) }
    for (name, index) in columns.attributes { product.attributes[name] = scanner.text(index) }
    guard let target = product.target else { return }
    let text = scanner.text(columns.price)
    guard let price = Double(text), price.isFinite, price >= 0 else {
      let offset = scanner.fields[columns.price].lowerBound
      throw OfferFailure(offset: offset, message: "expected a price, found '\(text)'")
    }
    content.add(target, price, per: scanner.text(columns.unit))
  }

  private func failure(_ message: String) -> OfferFailure {
    OfferFailure(offset: scanner.recordStart, message: message)
  }
}
