/// One line of a bill, as AWS would print it.
public struct CostLine: Sendable, Hashable, Codable {
  /// The AWS service, such as `EC2`, `EBS`, `EFS`, `VPC` or `ELB`.
  public var service: String
  /// What was used: `m6g.2xlarge Linux on-demand`, `io1 provisioned IOPS`.
  public var item: String
  public var quantity: Double
  /// The unit of the quantity, such as `h`, `GiB-month` or `GB`.
  public var unit: String
  public var rateUSD: Double
  public var amountUSD: Double
  /// Where the rate comes from, with its date.
  public var source: String
  /// Whether it is paid as long as the cluster is up, whatever runs.
  public var isFixed: Bool

  /// Makes a line; the amount is quantity times rate unless given.
  public init(
    service: String, item: String, quantity: Double, unit: String, rateUSD: Double,
    amountUSD: Double? = nil, source: String, isFixed: Bool
  ) {
    self.service = service
    self.item = item
    self.quantity = quantity
    self.unit = unit
    self.rateUSD = rateUSD
    self.amountUSD = amountUSD ?? quantity * rateUSD
    self.source = source
    self.isFixed = isFixed
  }
}

/// A whole bill.
public struct Cost: Sendable, Hashable, Codable {
  /// For the time simulated.
  public var lines: [CostLine] = []
  /// For a month of 730 hours with the cluster up, and the simulated runs once.
  public var monthlyLines: [CostLine] = []
  /// What each run cost, in the order of the outcome's runs: used, share of idle.
  public var runs: [RunCost] = []

  /// What one run cost.
  public struct RunCost: Sendable, Hashable, Codable {
    public var usedUSD: Double
    public var idleShareUSD: Double

    /// The sum of both parts.
    public var totalUSD: Double { usedUSD + idleShareUSD }

    /// Makes a run's cost.
    public init(usedUSD: Double, idleShareUSD: Double) {
      self.usedUSD = usedUSD
      self.idleShareUSD = idleShareUSD
    }
  }

  /// The bill for the time simulated.
  public var totalUSD: Double { lines.reduce(0) { $0 + $1.amountUSD } }
  /// The bill of a month.
  public var monthlyUSD: Double { monthlyLines.reduce(0) { $0 + $1.amountUSD } }

  /// Makes an empty bill.
  public init() {}
}
