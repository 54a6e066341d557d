internal import GantryModel
internal import GantryStatistics

/// How far luck moves the result: figures over all replications, in the digits that they support.
struct ReplicationSection {
  let replications: [ReplicationSummary]

  func add(to page: inout Page) {
    if replications.count < 2 { return }
    let all = ReplicationEstimates(replications)
    let text = EstimateText(page: page)
    page.title("Over \(all.count) replications")
    var table = TextTable([.text(""), .number("")])
    func line(_ name: String, _ shown: String) { table.add([.init(name), .init(shown)]) }
    line("makespan", text.time(all.makespan))
    line("run, mean", text.time(all.mean))
    let quantiles = [("p50", Quantile.p50), ("p95", .p95), ("p99", .p99)].compactMap { name, rank in
      all.time(at: rank).map { (name: name, estimate: $0) }
    }
    for (name, estimate) in quantiles { line("run, \(name)", text.time(estimate)) }
    line("bill", all.totalUSD.map(text.bill) ?? page.dash)
    page.table(table)
    let isRough = quantiles.contains { $0.estimate.halfWidth == nil }
    page.paragraph(
      "after \(page.plusMinus) is half the 95\u{A0}% interval"
        + (isRough ? "; ≈ is of too few runs for one" : ""), .faint, indent: 2)
    if all.failedRuns > 0 {
      page.paragraph("\(Figures.count(all.failedRuns, "run")) failed in all", .bad, indent: 2)
    }
  }
}

extension EstimateText {
  /// A bill with its currency; without spread as any other money.
  func bill(_ estimate: Estimate) -> String {
    // Half of the last digit that is ever shown.
    guard let half = estimate.halfWidth, half >= 0.00005 else { return Figures.usd(estimate.value) }
    return "USD\u{A0}\(usd(estimate))"
  }
}
