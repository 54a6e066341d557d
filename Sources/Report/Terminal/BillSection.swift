internal import GantryModel
internal import GantryStatistics

/// The bill by service and item: for the time simulated and for a month.
struct BillSection {
  let record: SimulationRecord

  func add(to page: inout Page) {
    let items = Bill(record.cost)
    if items.services.isEmpty { return }
    page.title("Bill")
    let decimals = max(2, Figures.decimals(for: record.cost.totalUSD))
    func simulated(_ amount: Double) -> String { Figures.money(amount, decimals) }
    func month(_ amount: Double) -> String {
      amount != 0 && amount.magnitude < 0.5 ? "<1" : Figures.money(amount, 0)
    }
    var table = TextTable([
      .text(""), .number("rate"), .number("simulated"), .number("a month"),
    ])
    table.columns[0].title = "USD"
    for service in items.services {
      table.add([
        .init(service.name, .strong), "", .init(simulated(service.simulated), .strong),
        .init(month(service.month), .strong),
      ])
      for item in service.items {
        table.add([
          .init("  " + item.name), .init(item.rate, .faint), .init(simulated(item.simulated)),
          .init(month(item.month)),
        ])
      }
    }
    table.add([
      .init("total", .strong), "", .init(simulated(record.cost.totalUSD), .strong),
      .init(month(record.cost.monthlyUSD), .strong),
    ])
    page.table(table.fitted(to: page.width - 2, dropping: ["rate"]))
    addFixedShare(to: &page)
    addRuns(to: &page)
  }

  private func addFixedShare(to page: inout Page) {
    let all = record.cost.monthlyUSD
    if all <= 0 { return }
    let fixed = record.cost.monthlyLines.filter(\.isFixed).reduce(0) { $0 + $1.amountUSD }
    page.paragraph(
      "\(Figures.percent(fixed / all)) of the month is paid as long as the cluster is up, "
        + "whatever runs.", indent: 2)
  }

  private func addRuns(to page: inout Page) {
    let runs = record.runs
    if runs.isEmpty || record.cost.lines.isEmpty { return }
    if runs.count <= TerminalReport.fewRuns {
      for run in runs {
        page.paragraph(
          "\(run.name): \(Figures.usd(run.cost.usedUSD)) used + "
            + "\(Figures.usd(run.cost.idleShareUSD)) share of what stood idle = "
            + Figures.usd(run.cost.totalUSD), indent: 2)
      }
      return
    }
    let costs = runs.map(\.cost.totalUSD).sorted()
    let used = runs.reduce(0) { $0 + $1.cost.usedUSD }
    let total = costs.reduce(0, +)
    let half = Figures.usd(Quantile.p50.value(ofSorted: costs) ?? 0)
    let share = total > 0 ? "; \(Figures.percent(used / total)) of it used, the rest idle" : ""
    page.paragraph(
      "A run costs \(half) (p50), \(Figures.usd(costs[0])) to "
        + "\(Figures.usd(costs[costs.count - 1]))\(share).", indent: 2)
  }
}

/// The lines of both bills brought together by service and item, in their order.
struct Bill {
  /// What is paid for one thing.
  struct Item {
    var name: String
    var rate: String
    var simulated: Double = 0
    var month: Double = 0
  }

  /// The items of a service.
  struct Service {
    var name: String
    var items: [Item] = []
    var simulated: Double { items.reduce(0) { $0 + $1.simulated } }
    var month: Double { items.reduce(0) { $0 + $1.month } }
  }

  private(set) var services: [Service] = []

  init(_ cost: Cost) {
    for line in cost.lines { add(line, \.simulated) }
    for line in cost.monthlyLines { add(line, \.month) }
  }

  private mutating func add(_ line: CostLine, _ period: WritableKeyPath<Item, Double>) {
    let service = services.firstIndex { $0.name == line.service } ?? services.count
    if service == services.count { services.append(Service(name: line.service)) }
    let rate = "\(Figures.plain(line.rateUSD)) per \(line.unit)"
    let known = services[service].items.firstIndex { $0.name == line.item && $0.rate == rate }
    let item = known ?? services[service].items.count
    if known == nil { services[service].items.append(Item(name: line.item, rate: rate)) }
    services[service].items[item][keyPath: period] += line.amountUSD
  }
}
