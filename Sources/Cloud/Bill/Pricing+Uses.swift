public import GantryModel

/// A price that a month's bill rests on.
public struct PriceUse: Sendable, Hashable {
  /// The path under which the scenario's `prices:` overrides it.
  public var path: String
  /// What is paid with it, for people.
  public var text: String
  public var figure: Figure
  /// What is paid with it in a month.
  public var monthUSD: Double

  /// Joins the price and what it makes.
  public init(path: String, text: String, figure: Figure, monthUSD: Double) {
    self.path = path
    self.text = text
    self.figure = figure
    self.monthUSD = monthUSD
  }
}

extension Pricing {
  /// The prices of a month's bill by their paths, in the order of the bill; those of 0 are left out.
  ///
  /// The month has the simulated runs once, or as often as makes `monthlyRuns` of them.
  public func prices(of outcome: Outcome, monthlyRuns: Double? = nil) -> [PriceUse] {
    var uses: [PriceUse] = []
    var positions: [String: Int] = [:]
    for charge in charges(outcome, month(of: outcome, runs: monthlyRuns))
    where charge.quantity > 0 && charge.rate.value > 0 {
      guard let path = charge.rate.path else { continue }
      if let known = positions[path] {
        uses[known].monthUSD += charge.amount
      } else {
        positions[path] = uses.count
        uses.append(
          PriceUse(
            path: path, text: text(of: charge, path), figure: charge.rate, monthUSD: charge.amount))
      }
    }
    return uses
  }

  /// Instances are told by the pools that have them.
  private func text(of charge: Charge, _ path: String) -> String {
    guard case .node = charge.share, charge.service == "EC2" else {
      return "price of \(charge.service) \(charge.item)"
    }
    var pools: [String] = []
    for (node, rate) in zip(plan.nodes, nodeRates)
    where rate.path == path && !pools.contains(node.pool) {
      pools.append(node.pool)
    }
    let type = path.split(separator: ".").dropFirst().dropLast().joined(separator: ".")
    return "price of \(type), pool\(pools.count == 1 ? "" : "s") \(pools.joined(separator: ", "))"
  }
}
