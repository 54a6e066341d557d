import Foundation

/// Relative errors by operation and quantity.
struct GroundTruthErrors {
  /// What is compared.
  enum Quantity: String, CaseIterable {
    case cpu
    /// The CPU seconds as they are in the row, with what other processes added to them.
    case busyCPU = "cpu as measured"
    case read = "bytes read"
    case written = "bytes written"
    case files = "files stored"
    case calls = "NFS calls"
    case wall

    /// The largest median error that the model may have; nil where it is only printed.
    var bound: Double? {
      switch self {
      case .busyCPU: nil
      case .cpu: 0.15
      case .wall: 0.2
      default: 0.1
      }
    }
  }

  struct Line {
    var operation: String
    var quantity: Quantity
    var errors: [Double]

    var count: Int { errors.count }
    var median: Double { quantile(0.5) }
    var within: Double { Double(errors.filter { $0 <= 0.3 }.count) / Double(max(1, count)) }

    func quantile(_ share: Double) -> Double {
      let sorted = errors.sorted()
      guard let last = sorted.last else { return 0 }
      let position = share * Double(sorted.count - 1)
      let low = sorted[Int(position)]
      let high = Int(position) + 1 < sorted.count ? sorted[Int(position) + 1] : last
      return low + (high - low) * (position - position.rounded(.down))
    }

    var text: String {
      func percent(_ value: Double) -> String {
        value.isFinite ? String(format: "%.1f %%", value * 100) : "not covered"
      }
      return
        "| \(operation) | \(quantity.rawValue) | \(count) | \(percent(median)) "
        + "| \(percent(quantile(0.9))) | \(percent(within)) |"
    }
  }

  private(set) var lines: [Line] = []
  /// Where the model is off by more than 30 %, for people who want to mend it.
  private(set) var misses: [String] = []

  /// Compares a row's quantity, if it was measured; a row that is not covered is wrong altogether.
  mutating func compare(
    _ row: GroundTruthRow, _ quantity: Quantity, measured: Double?, model: Double?
  ) {
    guard let measured else { return }
    let error: Double
    if let model {
      // Nothing measured and nothing modelled agree, whatever the ratio.
      error =
        measured == 0 ? (abs(model) < 0.5 ? 0 : .infinity) : abs(model / measured - 1)
    } else {
      error = .infinity
    }
    let operation = "\(row.family) \(row.operation)"
    if let index = lines.firstIndex(where: {
      $0.operation == operation && $0.quantity == quantity
    }) {
      lines[index].errors.append(error)
    } else {
      lines.append(Line(operation: operation, quantity: quantity, errors: [error]))
    }
    if error > 0.3 {
      misses.append(
        "\(operation) \(row.id) \(row.isVfs ? "vfs" : "") \(row.fileSystem) load "
          + "\(row.load ?? -1): \(quantity.rawValue) \(measured), model \(model ?? .nan)")
    }
  }

  /// All rows of a quantity as one line.
  func total(_ quantity: Quantity) -> Line {
    Line(
      operation: "all", quantity: quantity,
      errors: lines.filter { $0.quantity == quantity }.flatMap(\.errors))
  }

  var table: String {
    let header = """
      | operation | quantity | rows | median error | 9 in 10 within | within 30 % |
      |---|---|---|---|---|---|
      """
    let sorted = lines.sorted {
      ($0.quantity.rawValue, $0.operation) < ($1.quantity.rawValue, $1.operation)
    }
    let totals = Quantity.allCases.map { total($0) }.filter { $0.count > 0 }
    return ([header] + (sorted + totals).map(\.text)).joined(separator: "\n")
  }
}
