/// The attributes of a product in AWS's price list that say whether we know its figure.
struct OfferProduct {
  /// Attributes by their name in the JSON form.
  var attributes: [String: String] = [:]
  var family: String = ""

  /// The attributes that matter, with the column that holds them in the CSV form.
  static let columns: [(attribute: String, column: String)] = [
    ("instanceType", "Instance Type"), ("regionCode", "Region Code"), ("location", "Location"),
    ("locationType", "Location Type"), ("operatingSystem", "Operating System"),
    ("tenancy", "Tenancy"), ("preInstalledSw", "Pre Installed S/W"),
    ("capacitystatus", "CapacityStatus"), ("marketoption", "MarketOption"),
    ("operation", "operation"), ("volumeApiName", "Volume API Name"), ("group", "Group"),
  ]
  static let names = Set(columns.map(\.attribute))

  /// Which figure of ours the product is; nil when it is none.
  var target: OfferTarget? {
    let place = self["regionCode"] ?? self["location"]
    guard let place, self["locationType"] ?? "AWS Region" == "AWS Region" else { return nil }
    return instance(in: place) ?? volume(in: place)
  }

  /// Linux on shared hardware without added software, as capacity that is in use.
  ///
  /// Source: AWS Price List API guide, "Reading the service price list file for EC2", read 2026-11.
  private func instance(in place: String) -> OfferTarget? {
    guard let type = self["instanceType"], self["operatingSystem"] == "Linux",
      self["tenancy"] == "Shared", self["preInstalledSw"] == "NA",
      self["capacitystatus"] == "Used", self["marketoption"] ?? "OnDemand" == "OnDemand",
      self["operation"] ?? "RunInstances" == "RunInstances"
    else { return nil }
    return OfferTarget(place: place, figure: .instance(type))
  }

  private func volume(in place: String) -> OfferTarget? {
    guard let kind = self["volumeApiName"], EBSKind(rawValue: kind) != nil else { return nil }
    let metric: String
    switch (family, self["group"]) {
    case ("Storage", _): metric = "price_gib_month"
    case ("System Operation", "EBS IOPS") where kind == "io2": metric = "price_iops_month_tier1"
    case ("System Operation", "EBS IOPS"): metric = "price_iops_month"
    case ("System Operation", "EBS IOPS Tier 2"): metric = "price_iops_month_tier2"
    case ("System Operation", "EBS IOPS Tier 3"): metric = "price_iops_month_tier3"
    case ("Provisioned Throughput", "EBS Throughput"): metric = "price_mibps_month"
    default: return nil
    }
    return OfferTarget(place: place, figure: .volume(kind: kind, metric: metric))
  }

  private subscript(name: String) -> String? {
    attributes[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// A figure of ours that a product in the price list gives.
struct OfferTarget: Hashable {
  enum Figure: Hashable {
    case instance(String)
    case volume(kind: String, metric: String)
  }

  /// A region's code, or its name as a place in lists that give no code.
  var place: String
  var figure: Figure

  /// The price in our unit; nil when the list gives it per something else.
  func price(_ value: Double, per unit: String) -> Double? {
    switch (figure, unit.lowercased()) {
    case (.instance, "hrs"), (.instance, "hours"): value
    case (.volume(_, "price_gib_month"), "gb-mo"): value
    case (.volume(_, "price_mibps_month"), "gibps-mo"): value / 1024
    case (.volume(_, "price_mibps_month"), "mibps-mo"): value
    case (.volume(_, let metric), "iops-mo") where metric.hasPrefix("price_iops"): value
    default: nil
    }
  }
}

/// What was found in a price list.
struct OfferContent {
  var offerCode: String?
  var version: String?
  var publicationDate: String?
  /// The price of each figure in our unit, in USD.
  var prices: [OfferTarget: Double] = [:]
  /// Figures that the list gives twice with different prices.
  var conflicts: Set<OfferTarget> = []

  /// Keeps a price; free rows are not offers of their own.
  mutating func add(_ target: OfferTarget, _ value: Double, per unit: String) {
    guard let price = target.price(value, per: unit), price > 0 else { return }
    if let known = prices[target], known != price {
      conflicts.insert(target)
    } else {
      prices[target] = price
    }
  }
}
