import GantryModel
import GantryUnits

/// What a kind of EBS volume costs in a region.
struct VolumeRates {
  let kind: String
  let capacity: Figure
  /// Price steps of provisioned operations, from `above` to the next step; empty when they are free.
  let operations: [(above: Double, rate: Figure)]
  /// The price of throughput above what is included; nil when it is free.
  let throughput: (above: BytesPerSecond, rate: Figure)?

  init(kind: String, catalog: Catalog, region: String) throws(CatalogError) {
    func figure(_ metric: String) throws(CatalogError) -> Figure {
      try catalog.figure(service: "ebs", item: kind, metric: metric, region: region)
    }
    self.kind = kind
    capacity = try figure("price_gib_month")
    switch EBSKind(rawValue: kind) {
    case .gp3:
      operations = [(try figure("baseline_iops").value, try figure("price_iops_month"))]
      throughput = (
        .mibps(try figure("baseline_throughput").value), try figure("price_mibps_month")
      )
    case .io1:
      operations = [(0, try figure("price_iops_month"))]
      throughput = nil
    case .io2:
      // Steps at 32000 and 64000 operations. Source: Amazon EBS pricing page, read 2026-11.
      operations = [
        (0, try figure("price_iops_month_tier1")), (32000, try figure("price_iops_month_tier2")),
        (64000, try figure("price_iops_month_tier3")),
      ]
      throughput = nil
    case .gp2, .st1, .sc1, .standard, nil:
      operations = []
      throughput = nil
    }
  }

  /// The charges of one volume over a time; `what` says in the lines whose volume it is.
  func charges(
    _ volume: VolumeSpec, months: Double, what: String, isFixed: Bool, share: Charge.Share
  ) -> [Charge] {
    func charge(_ item: String, _ quantity: Double, _ unit: String, _ rate: Figure) -> Charge {
      Charge(
        service: "EBS", item: "\(kind) \(item), \(what)", quantity: quantity * months, unit: unit,
        rate: rate, isFixed: isFixed, share: share)
    }
    var charges = [charge("capacity", volume.size.gib, "GiB-month", capacity)]
    for (index, step) in operations.enumerated() {
      let end = index + 1 < operations.count ? operations[index + 1].above : volume.iops
      let billed = min(volume.iops, end) - step.above
      if billed > 0 {
        let name =
          operations.count == 1 ? "provisioned IOPS" : "provisioned IOPS, tier \(index + 1)"
        charges.append(charge(name, billed, "IOPS-month", step.rate))
      }
    }
    if let throughput, volume.throughput > throughput.above {
      let extra = (volume.throughput.value - throughput.above.value) / 1_048_576
      charges.append(charge("extra throughput", extra, "(MiB/s)-month", throughput.rate))
    }
    return charges
  }
}
