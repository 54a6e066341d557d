import GantryModel

/// An amount that something costs, with who it is charged to.
struct Charge {
  /// Who a charge is for.
  enum Share {
    /// Nobody in particular: it stood there for all runs.
    case common
    /// Those who used a node's processors, and for the rest nobody in particular.
    case node(Int)
    /// The runs, in these proportions; nobody in particular when all are zero.
    case runs([Double])
  }

  var service: String
  var item: String
  var quantity: Double
  var unit: String
  var rate: Figure
  var isFixed: Bool
  var share: Share

  var amount: Double { quantity * rate.value }

  /// One line per service, item and rate, in the order of first appearance.
  static func lines(_ charges: [Charge]) -> [CostLine] {
    struct Key: Hashable {
      let service: String
      let item: String
      let rate: Figure
      let isFixed: Bool
    }
    var order: [Key: Int] = [:]
    var lines: [CostLine] = []
    for charge in charges where charge.quantity > 0 {
      let key = Key(
        service: charge.service, item: charge.item, rate: charge.rate, isFixed: charge.isFixed)
      if let index = order[key] {
        lines[index].quantity += charge.quantity
        lines[index].amountUSD = lines[index].quantity * charge.rate.value
      } else {
        order[key] = lines.count
        lines.append(
          CostLine(
            service: charge.service, item: charge.item, quantity: charge.quantity,
            unit: charge.unit, rateUSD: charge.rate.value,
            source: charge.rate.provenance.description, isFixed: charge.isFixed))
      }
    }
    return lines
  }
}

/// The time a bill is for.
struct BillingPeriod {
  /// Seconds that the cluster is up.
  let seconds: Double
  /// Whether it is the month of a cluster that stays up.
  let isMonth: Bool
  /// How often in it what was simulated happens, evenly spread; nil is once, at its start.
  var repetitions: Double?

  /// AWS turns monthly prices into hourly ones with 730 hours.
  ///
  /// Source: AWS Pricing Calculator, assumptions, read 2026-11.
  static let hoursPerMonth = 730.0
  static let secondsPerMonth = hoursPerMonth * 3600
  /// Instances and volumes are billed by the second, one minute at least.
  ///
  /// Source: Amazon EC2 and Amazon EBS pricing pages, read 2026-11.
  static let leastSeconds = 60.0

  static let month = BillingPeriod(seconds: secondsPerMonth, isMonth: true)

  var hours: Double { seconds / 3600 }
  var months: Double { seconds / Self.secondsPerMonth }
  /// The seconds billed for an instance or volume.
  var billedSeconds: Double { max(seconds, Self.leastSeconds) }
}
