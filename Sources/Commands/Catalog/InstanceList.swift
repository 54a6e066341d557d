import GantryCloud
import GantryManifests
import GantryModel
import GantryUnits

/// Instance types side by side.
struct InstanceList {
  let offerings: [InstanceOffering]
  let region: String

  private static let header = [
    "type", "arch", "vCPU", "GiB", "1 thread", "all threads", "USD/h", "spot", "USD/h per thread",
  ]

  /// The table for people.
  var text: String {
    guard !offerings.isEmpty else { return "no instance type fits" }
    let rows = [Self.header] + offerings.map(cells)
    let widths = Self.header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column < 2 ? cell + blanks : blanks + cell
      }.joined(separator: "  ")
    }
    return lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
      + "\nspeeds in threads of m5a.2xlarge; prices in \(region), on demand; "
      + "'gantry catalog show TYPE' has the sources"
  }

  private func cells(_ offering: InstanceOffering) -> [String] {
    let type = offering.type
    return [
      type.name, type.architecture.rawValue, "\(type.vcpu)", number(type.memory.gib),
      fixed(type.cpu.perThread), fixed(type.cpu.total), offering.onDemand.map(price) ?? "-",
      offering.spot.map(price) ?? "-", offering.pricePerWork.map { number($0) } ?? "-",
    ]
  }

  private func price(_ figure: Figure) -> String { number(figure.value) }

  private func fixed(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// The list as JSON.
  var json: String {
    var text = "["
    for (index, offering) in offerings.enumerated() {
      let type = offering.type
      text += index > 0 ? ",\n" : ""
      text += "{\"type\":\"\(type.name)\",\"architecture\":\"\(type.architecture.rawValue)\""
      text += ",\"vcpu\":\(type.vcpu),\"memoryGiB\":\(number(type.memory.gib))"
      text += ",\"threadSpeed\":\(number(type.cpu.perThread))"
      text += ",\"totalSpeed\":\(number(type.cpu.total))"
      text += ",\"onDemandUSDPerHour\":\(offering.onDemand.map(price) ?? "null")"
      text += ",\"spotUSDPerHour\":\(offering.spot.map(price) ?? "null")"
      text += ",\"usdPerHourPerThread\":\(offering.pricePerWork.map { number($0) } ?? "null")}"
    }
    return text + "]"
  }
}
