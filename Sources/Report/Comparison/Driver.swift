internal import GantryModel

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

  /// The change in words: `-50.3s (-31 %)`, `+0.8 points`.
  var changeText: String {
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
    var all = [
      driver("run, mean", .seconds, \.meanSeconds),
      driver("run, median", .seconds, \.medianSeconds),
      driver("run, p95", .seconds, \.p95Seconds),
      driver("makespan", .seconds, \.record.makespanSeconds),
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
