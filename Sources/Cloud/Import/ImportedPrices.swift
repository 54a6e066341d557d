import Foundation

/// The user's catalogue folder: tables like the built-in ones, with what was imported.
struct ImportedPrices {
  let folder: CatalogFolder

  /// The list that prices come from.
  struct Source {
    let version: String
    let publicationDate: String?

    var id: String { "offer-" + version.filter { $0.isASCII && ($0.isLetter || $0.isNumber) } }

    var row: [String] {
      [
        id, "AWS price list of Amazon EC2, version \(version), imported by the user",
        publicationDate ?? "",
      ]
    }
  }

  /// Adds prices to the tables; a price that is there already is replaced.
  func merge(_ prices: [ImportedPrice], from source: Source) throws(CatalogError) {
    var instances: [String: [[String]]] = [:]
    var volumes: [[String]] = []
    for item in prices {
      switch item.figure {
      case .instance(let type):
        instances[item.region, default: []].append([
          type, "", "\(item.price)", source.id, "imported",
        ])
      case .volume(let kind, let metric):
        volumes.append([
          "ebs", kind, item.region, metric, "\(item.price)", unit(metric), "given", source.id, "",
        ])
      }
    }
    var written: [[UInt8]] = []
    written.append(try update("sources.csv", sourceColumns, keys: 1, with: [source.row]))
    written.append(try update("services.csv", serviceColumns, keys: 4, with: volumes))
    for (region, rows) in instances.sorted(by: { $0.key < $1.key }) {
      written.append(try update("prices/\(region).csv", priceColumns, keys: 1, with: rows))
    }
    let stamp = "\(source.publicationDate ?? source.version)-\(hex(written))\n"
    try write(Array(stamp.utf8), to: CatalogFolder.versionFile)
  }

  private let sourceColumns = ["id", "source", "asof"]
  private let serviceColumns = [
    "service", "item", "region", "metric", "value", "unit", "confidence", "source", "note",
  ]
  private let priceColumns = ["type", "zones", "ondemand_usd_hour", "source", "check"]

  private func unit(_ metric: String) -> String {
    switch metric {
    case "price_gib_month": "USD/GiB-month"
    case "price_mibps_month": "USD/(MiB/s)-month"
    default: "USD/IOPS-month"
    }
  }

  /// Writes a table with rows added or replaced, sorted by its first columns.
  private func update(
    _ name: String, _ columns: [String], keys: Int, with rows: [[String]]
  ) throws(CatalogError) -> [UInt8] {
    var byKey: [[String]: [String]] = [:]
    if let table = try folder.optionalTable(name) {
      for row in try table.rows() { byKey[Array(row.fields.prefix(keys))] = row.fields }
    }
    for row in rows { byKey[Array(row.prefix(keys))] = row }
    let sorted = byKey.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    let text = ([columns] + sorted).map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
    let bytes = Array(text.utf8)
    try write(bytes, to: name)
    return bytes
  }

  private func quoted(_ field: String) -> String {
    // The tables have one line a row.
    let line = field.filter { !$0.isNewline }
    guard line.contains(where: { $0 == "," || $0 == "\"" }) else { return line }
    return "\"" + line.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  private func write(_ bytes: [UInt8], to name: String) throws(CatalogError) {
    let url = URL(fileURLWithPath: folder.path).appendingPathComponent(name)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw .unwritable(file: url.path, reason: error.localizedDescription)
    }
  }

  /// FNV-1a with 64 bits, as for the built-in catalogue's version.
  private func hex(_ texts: [[UInt8]]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in texts.joined() { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}
