import GantryModel

extension Pricing {
  func nodeCharges(_ period: BillingPeriod) -> [Charge] {
    zip(plan.nodes, nodeRates).enumerated().map { index, pair in
      let (node, rate) = pair
      let market = node.isSpot ? "spot" : "on-demand"
      return Charge(
        service: "EC2", item: "\(node.instanceType) Linux \(market), \(role(node))",
        quantity: period.billedSeconds / 3600, unit: "h", rate: rate, isFixed: true,
        share: .node(index))
    }
  }

  func rootVolumeCharges(_ period: BillingPeriod) -> [Charge] {
    let months = period.billedSeconds / BillingPeriod.secondsPerMonth
    return plan.nodes.enumerated().flatMap { index, node in
      volumeRates[node.rootVolume.kind]?.charges(
        node.rootVolume, months: months, what: "\(role(node)) root volumes", isFixed: true,
        share: .node(index)) ?? []
    }
  }

  func openShiftCharges(_ period: BillingPeriod) -> [Charge] {
    let workers = plan.nodes.filter { !$0.isControlPlane }.map(\.vcpu).reduce(0, +)
    func charge(_ item: String, _ quantity: Double, _ unit: String, _ rate: Figure) -> Charge {
      Charge(
        service: "OpenShift", item: item, quantity: quantity * period.hours, unit: unit, rate: rate,
        isFixed: true, share: .common)
    }
    switch services.openShift {
    case .none: return []
    case .subscription(let usd):
      let rate = Figure(usd, "USD/vCPU-h", .scenario)
      return [charge("subscription, workers", Double(workers), "vCPU-h", rate)]
    case .rosa:
      return [
        charge("ROSA workers", Double(workers) / 4, "4 vCPU-h", rates.rosaWorker),
        charge("ROSA hosted control plane", 1, "h", rates.rosaControlPlane),
      ]
    }
  }

  private func role(_ node: PlannedNode) -> String {
    node.isControlPlane ? "control plane" : "workers"
  }
}
