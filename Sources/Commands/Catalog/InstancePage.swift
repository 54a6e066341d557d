import GantryCloud
import GantryManifests
import GantryModel
import GantryUnits

/// What the catalogue says of one instance type.
struct InstancePage {
  private let type: InstanceType
  private let region: String
  private let rows: [Row]

  /// One figure: name, value, unit, source.
  private struct Row {
    var name: String
    var value: String
    var source: String
  }

  init(catalog: Catalog, type name: String, region: String) throws(CatalogError) {
    let type = try catalog.instance(name)
    self.type = type
    self.region = region
    var rows: [Row] = []
    let specification = type.specification.description
    func add(_ name: String, _ value: String, _ source: String) {
      rows.append(Row(name: name, value: value, source: source))
    }
    add("architecture", type.architecture.rawValue, specification)
    add("vCPU", "\(type.vcpu) (\(type.cores) cores)", specification)
    add("memory", "\(number(type.memory.gib)) GiB", specification)
    add("processor", type.processor, type.processorProvenance.description)
    add("speed of one thread", "\(number(type.cpu.perThread)) × m5a.2xlarge's", source(of: type))
    add("speed of all threads", "\(number(type.cpu.total)) reference threads", source(of: type))
    add("network", rate(type.network), specification)
    if let ebs = type.ebs {
      add("EBS throughput", rate(ebs.throughput), specification)
      add(
        "EBS operations", "\(number(ebs.baselineIOPS)), burst \(number(ebs.burstIOPS)) IOPS",
        specification)
    }
    if type.localDisk > .zero {
      add("local disk", "\(number(type.localDisk.gb)) GB", specification)
    }
    let price = try catalog.price(of: name, in: region)
    add("on demand", "USD \(number(price.value)) per hour", price.provenance.description)
    if let spot = try? catalog.price(of: name, in: region, market: .spot) {
      add("spot", "USD \(number(spot.value)) per hour", spot.provenance.description)
    }
    if let advice = try? catalog.spotAdvice(of: name, in: region) {
      let most = advice.interruptedAtMost.map { " to \(number($0 * 100))" } ?? " or more"
      add(
        "spot interruptions", "\(number(advice.interruptedAtLeast * 100))\(most) % a month",
        advice.provenance.description)
    }
    let zones = try catalog.zones(of: name, in: region)
    add("zones", zones.joined(separator: ", "), "by the published zone numbers")
    self.rows = rows
  }

  /// The page for people: figures with the numbers of their sources, which follow.
  func text(width: Int?) -> String {
    var sources: [String] = []
    for row in rows where !sources.contains(row.source) { sources.append(row.source) }
    let nameWidth = rows.map(\.name.count).max() ?? 0
    let valueWidth = rows.map(\.value.count).max() ?? 0
    var lines = ["\(type.name) in \(region)"]
    for row in rows {
      let number = (sources.firstIndex(of: row.source) ?? 0) + 1
      lines.append(
        "\(row.name.padding(to: nameWidth))  \(row.value.padding(to: valueWidth))  [\(number)]")
    }
    lines += ["", "Sources"]
    for (index, source) in sources.enumerated() {
      lines += Self.wrapped("[\(index + 1)] \(source)", width: width ?? Console().width)
    }
    return lines.joined(separator: "\n")
  }

  /// A text in lines of at most a width, the further ones set in; a longer word has a line of its own.
  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = "   "
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return lines + [line]
  }

  /// The page as JSON.
  var json: String {
    var text = "{\"type\":"
    YAMLNode.appendJSON(type.name, to: &text)
    text += ",\"region\":"
    YAMLNode.appendJSON(region, to: &text)
    text += ",\"figures\":["
    for (index, row) in rows.enumerated() {
      text += index > 0 ? "," : ""
      text += "{\"name\":"
      YAMLNode.appendJSON(row.name, to: &text)
      text += ",\"value\":"
      YAMLNode.appendJSON(row.value, to: &text)
      text += ",\"source\":"
      YAMLNode.appendJSON(row.source, to: &text)
      text += "}"
    }
    return text + "]}"
  }
}

private func source(of type: InstanceType) -> String {
  "\(type.cpu.provenance) (\(type.cpu.basis.rawValue))"
}

private func rate(_ rate: LinkRate) -> String {
  let base = "\(number(rate.baseline.value / 1e6)) MB/s"
  return rate.burst > rate.baseline ? base + ", burst \(number(rate.burst.value / 1e6)) MB/s" : base
}

/// A number with at most four digits after the point.
func number(_ value: Double) -> String {
  let rounded = (value * 10_000).rounded() / 10_000
  return rounded == rounded.rounded() && abs(rounded) < 1e15
    ? String(Int64(rounded)) : rounded.description
}

extension String {
  /// The text filled with blanks up to a width.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
