internal import GantryModel
internal import GantryStatistics

/// A figure of two simulations side by side.
struct Driver {
  /// How the figure is written.
  enum Unit: String {
    case seconds
    case share
    case usd = "USD"
    case usdPerMonth = "USD per month"

    func text(_ value: Double) -> String {
      switch self {
      case .seconds: Figures.duration(value)
      case .share: Figures.percent(value)
      case .usd: Figures.usd(value)
      case .usdPerMonth: Figures.wholeUSD(value)
      }
    }
  }

  var name: String
  var unit: Unit
  var base: Double?
  var value: Double?
  /// Whether it is part of the figure above it.
  var isPart = false
  /// Both with their intervals, and that of the change; nil without replications of both.
  var spread: Spread?

  /// What replications say about a time of both.
  struct Spread {
    var base: Estimate
    var value: Estimate
    var change: Estimate
  }

  /// Smaller changes are no change: the figures are no better than that.
  static let smallest = 0.01

  /// `+` only new, `-` only in the base, `~` changed, a space otherwise.
  var mark: String {
    switch (base ?? 0, value ?? 0) {
    case (0, 0): " "
    case (0, _): "+"
    case (_, 0): "-"
    default: isChanged ? "~" : " "
    }
  }

  /// Whether the figures differ by more than they can tell.
  var isChanged: Bool {
    guard let base, let value else { return base != nil || value != nil }
    if let change = spread?.change, change.value.magnitude < change.halfWidth ?? 0 { return false }
    if unit == .share { return (value - base).magnitude >= Self.smallest }
    if unit == .usdPerMonth, (value - base).magnitude < 0.5 { return false }
    let larger = max(base.magnitude, value.magnitude)
    return larger > 0 && (value - base).magnitude / larger >= Self.smallest
  }

  /// The change against the base as a share of it.
  var changeShare: Double? {
    guard let base, let value, base != 0 else { return nil }
    return (value - base) / base
  }

  /// The base's figure; nil where it has none.
  func baseText(_ figures: EstimateText) -> String? {
    spread.map { figures.time($0.base) } ?? base.map(unit.text)
  }

  /// The candidate's figure, likewise.
  func valueText(_ figures: EstimateText) -> String? {
    spread.map { figures.time($0.value) } ?? value.map(unit.text)
  }

  /// The change in words: `-50.3s (-31 %)`, `+0.8 points`; with its interval where there is one.
  func changeText(_ figures: EstimateText) -> String {
    guard isChanged, let change = spread?.change, let share = changeShare else {
      return plainChange
    }
    let sign = change.value > 0 ? "+" : "-"
    return "\(figures.time(change, signed: true)) (\(sign)\(Figures.percent(share.magnitude)))"
  }

  private var plainChange: String {
    guard isChanged, let base, let value else { return "" }
    let sign = value > base ? "+" : "-"
    if unit == .share {
      return sign + Figures.fixed((value - base).magnitude * 100, 0) + "\u{A0}points"
    }
    let absolute = sign + absoluteChange
    guard let share = changeShare, base != 0, value != 0 else { return absolute }
    return "\(absolute) (\(sign)\(Figures.percent(share.magnitude)))"
  }

  /// The size of the change, with no more decimals than the figures themselves have.
  private var absoluteChange: String {
    let size = ((value ?? 0) - (base ?? 0)).magnitude
    guard unit == .usd else { return unit.text(size) }
    let decimals = Figures.decimals(for: max((base ?? 0).magnitude, (value ?? 0).magnitude))
    return "USD\u{A0}" + Figures.money(size, decimals)
  }

  /// All figures of a candidate beside those of the base.
  static func all(_ base: Candidate, _ new: Candidate) -> [Driver] {
    func driver(_ name: String, _ unit: Unit, _ figure: (Candidate) -> Double?) -> Driver {
      Driver(name: name, unit: unit, base: figure(base), value: figure(new))
    }
    let changes = ReplicationChange(base, new)
    func time(_ name: String, _ figure: ReplicationChange.Figure) -> Driver {
      let (was, now) = (base.estimate(of: figure), new.estimate(of: figure))
      var driver = Driver(name: name, unit: .seconds, base: was?.value, value: now?.value)
      if let was, let now, let change = changes?.change(of: figure) {
        driver.spread = Spread(base: was, value: now, change: change)
      }
      return driver
    }
    var all = [
      time("run, mean", .mean), time("run, median", .quantile(.p50)),
      time("run, p95", .quantile(.p95)), time("makespan", .makespan),
      driver("wait share", .share, \.waitShare),
    ]
    for kind in TimeKind.allCases {
      all.append(driver("\(kind.name) a run", .seconds) { $0.meanSeconds(of: kind) })
    }
    all.append(driver("cost a run", .usd, \.costPerRun))
    all.append(driver("cost a month", .usdPerMonth, \.monthlyUSD))
    return all + services(base, new)
  }

  private static func services(_ base: Candidate, _ new: Candidate) -> [Driver] {
    var names: [String] = []
    for line in base.record.cost.monthlyLines + new.record.cost.monthlyLines
    where !names.contains(line.service) { names.append(line.service) }
    func sum(_ candidate: Candidate, _ service: String) -> Double? {
      let lines = candidate.record.cost.monthlyLines.filter { $0.service == service }
      return lines.isEmpty ? nil : lines.reduce(0) { $0 + $1.amountUSD }
    }
    return names.map { name in
      Driver(
        name: name, unit: .usdPerMonth, base: sum(base, name), value: sum(new, name),
        isPart: true)
    }
  }
}
