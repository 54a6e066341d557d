import GantryModel

extension Pricing {
  /// The installer's load balancers; the ingress one may be a Classic Load Balancer, which is priced
  /// as a network one here because no price of the former is at hand.
  func loadBalancerCharges(_ period: BillingPeriod) -> [Charge] {
    let count = Double(services.loadBalancers) * period.hours
    return [
      Charge(
        service: "ELB", item: "load balancers (API external and internal, ingress)",
        quantity: count, unit: "h", rate: rates.balancerHour, isFixed: true, share: .common),
      Charge(
        service: "ELB", item: "load balancer capacity units",
        quantity: count * services.unitsPerLoadBalancer, unit: "LCU-h", rate: rates.balancerUnit,
        isFixed: true, share: .common),
    ]
  }

  func networkCharges(_ outcome: Outcome, _ period: BillingPeriod) -> [Charge] {
    let network = outcome.network
    return [
      Charge(
        service: "VPC", item: "NAT gateways", quantity: Double(services.natGateways) * period.hours,
        unit: "h", rate: rates.natHour, isFixed: true, share: .common),
      Charge(
        service: "VPC", item: "NAT gateway traffic",
        quantity: (network.natBytesIn + network.natBytesOut) / 1e9, unit: "GB", rate: rates.natGB,
        isFixed: false, share: .runs(outcome.runs.map(\.use.natBytes))),
      Charge(
        service: "VPC", item: "public IPv4 addresses",
        quantity: Double(services.publicIPv4Addresses) * period.hours, unit: "h",
        rate: rates.address, isFixed: true, share: .common),
      // Both zones pay for what passes between them.
      Charge(
        service: "Data transfer", item: "between zones, both sides",
        quantity: network.crossZoneBytes / 1e9 * 2, unit: "GB", rate: rates.crossZone,
        isFixed: false, share: .runs(outcome.runs.map(\.use.crossZoneBytes))),
    ]
  }

  /// Traffic to the internet in the price list's steps, the free part of the month first.
  func egressCharges(_ outcome: Outcome, _ period: BillingPeriod) -> [Charge] {
    let months = max(period.months, 1)
    // Steps in GB a month. Source: AWS price list, data transfer out, ranges of 10240, 51200 and
    // 153600 GB (infracost golden data_transfer_test), 2024-09-25.
    var steps: [(upTo: Double?, item: String, rate: Figure)] = [
      (services.freeEgressGB, "to the internet, free part of the month", free)
    ]
    let limits: [Double?] = [10_240, 51_200, 153_600, nil]
    for (tier, (limit, rate)) in zip(limits, rates.internet).enumerated() {
      steps.append((limit, "to the internet, tier \(tier + 1)", rate))
    }
    let share = Charge.Share.runs(outcome.runs.map(\.use.egressBytes))
    let total = outcome.network.egressBytes / 1e9 * (period.repetitions ?? 1)
    var charged = 0.0
    return steps.map { step in
      let end = min(total, step.upTo.map { $0 * months } ?? total)
      let quantity = max(end - charged, 0)
      charged += quantity
      return Charge(
        service: "Data transfer", item: step.item, quantity: quantity, unit: "GB", rate: step.rate,
        isFixed: false, share: share)
    }
  }

  private var free: Figure {
    Figure(
      0, "USD/GB",
      Provenance(
        source: rates.internet.first?.provenance.source ?? "AWS price list",
        asOf: rates.internet.first?.provenance.asOf, confidence: .high))
  }
}
