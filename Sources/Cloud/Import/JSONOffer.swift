/// Reads a price list in AWS's bulk JSON form.
///
/// `products` gives attributes by SKU, `terms.OnDemand` prices by SKU. Only what is needed is turned
/// into values; a 300 MB file costs the memory of its SKUs.
///
/// Source: AWS Price List API guide, "Reading the service price list file", read 2026-11.
struct JSONOffer {
  private var content = OfferContent()
  private var targets: [String: OfferTarget] = [:]
  private var hasProducts = false
  /// Prices of SKUs that came before the products.
  private var early: [(sku: String, price: Double, unit: String)] = []

  static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(OfferFailure) -> OfferContent {
    var reader = JSONOffer()
    var scanner = JSONScanner(bytes, from: byteOrderMarkLength(bytes))
    try scanner.object { scanner, key throws(OfferFailure) in
      switch key {
      case "offerCode": reader.content.offerCode = try scanner.string()
      case "version": reader.content.version = try scanner.string()
      case "publicationDate": reader.content.publicationDate = try scanner.string()
      case "products": try reader.products(&scanner)
      case "terms":
        try scanner.object { scanner, term throws(OfferFailure) in
          if term == "OnDemand" {
            try reader.onDemand(&scanner)
          } else {
            try scanner.skipValue()
          }
        }
      default: try scanner.skipValue()
      }
    }
    try scanner.end()
    for item in reader.early {
      guard let target = reader.targets[item.sku] else { continue }
      reader.content.add(target, item.price, per: item.unit)
    }
    return reader.content
  }

  private mutating func products(_ scanner: inout JSONScanner) throws(OfferFailure) {
    var found: [String: OfferTarget] = [:]
    try scanner.object { scanner, sku throws(OfferFailure) in
      if let target = try JSONOffer.product(&scanner).target { found[sku] = target }
    }
    targets.merge(found) { _, new in new }
    hasProducts = true
  }

  private static func product(_ scanner: inout JSONScanner) throws(OfferFailure) -> OfferProduct {
    var product = OfferProduct()
    try scanner.object { scanner, key throws(OfferFailure) in
      switch key {
      case "productFamily": product.family = try scanner.string()
      case "attributes":
        try scanner.object { scanner, name throws(OfferFailure) in
          if OfferProduct.names.contains(name) {
            product.attributes[name] = try scanner.string()
          } else {
            try scanner.skipValue()
          }
        }
      default: try scanner.skipValue()
      }
    }
    return product
  }

  private mutating func onDemand(_ scanner: inout JSONScanner) throws(OfferFailure) {
    var found: [(sku: String, price: Double, unit: String)] = []
    let wanted = hasProducts ? targets : nil
    try scanner.object { scanner, sku throws(OfferFailure) in
      if let wanted, wanted[sku] == nil {
        try scanner.skipValue()
        return
      }
      try scanner.object { scanner, _ throws(OfferFailure) in
        try scanner.object { scanner, key throws(OfferFailure) in
          guard key == "priceDimensions" else {
            try scanner.skipValue()
            return
          }
          try scanner.object { scanner, _ throws(OfferFailure) in
            let (price, unit) = try JSONOffer.dimension(&scanner)
            if let price, let unit { found.append((sku, price, unit)) }
          }
        }
      }
    }
    early += found
  }

  /// The price of a dimension in USD, and per what; no price for the later steps of tiered prices.
  private static func dimension(
    _ scanner: inout JSONScanner
  ) throws(OfferFailure) -> (price: Double?, unit: String?) {
    var price: Double?
    var unit: String?
    var isFirstStep = true
    try scanner.object { scanner, key throws(OfferFailure) in
      switch key {
      case "unit": unit = try scanner.string()
      case "beginRange": isFirstStep = try scanner.string() == "0"
      case "pricePerUnit":
        try scanner.object { scanner, currency throws(OfferFailure) in
          guard currency == "USD" else {
            try scanner.skipValue()
            return
          }
          let text = try scanner.string()
          guard let value = Double(text), value.isFinite, value >= 0 else {
            throw scanner.failure("expected a price, found '\(text)'")
          }
          price = value
        }
      default: try scanner.skipValue()
      }
    }
    return (isFirstStep ? price : nil, unit)
  }
}

/// The bytes that mark a file as UTF-8 at its start, if they are there.
func byteOrderMarkLength(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
  bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
}
