public import GantryModel
internal import GantryStatistics

/// When a comparison counts as failed, such as `p95 > +5%`.
///
/// A sign makes the limit one of the change against the base, in percent of it or in the measure's
/// unit; without a sign it is one of the value itself.
public struct FailCondition: Sendable, Hashable {
  /// What is looked at.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    case p50, p95, p99, mean, makespan
    case waitShare = "wait"
    case runUSD = "run-usd"
    case monthUSD = "month-usd"

    var isTime: Bool { [.p50, .p95, .p99, .mean, .makespan].contains(self) }
  }

  /// Which side of the limit fails.
  enum Side: String, CaseIterable {
    // Longest first, as they are looked for in this order.
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
  }

  /// What the limit is of.
  enum Limit: Hashable {
    /// Of the change, as a share of the base's value.
    case share(Double)
    /// Of the change, in seconds or USD.
    case change(Double)
    case value(Double)
  }

  public let measure: Measure
  /// As the user wrote it.
  public let text: String
  let side: Side
  let limit: Limit

  /// Nil for what is no such condition; `seconds` reads durations such as `90s` and `1h`.
  public init?(_ text: String, seconds: (String) -> Double?) {
    self.text = text
    let side = Side.allCases.first { text.contains($0.rawValue) }
    guard let side, let found = text.firstRange(of: side.rawValue),
      let measure = Measure(rawValue: text[..<found.lowerBound].withoutBlanks)
    else { return nil }
    self.side = side
    self.measure = measure
    var right = text[found.upperBound...].withoutBlanks
    let sign: Double? = right.hasPrefix("+") ? 1 : right.hasPrefix("-") ? -1 : nil
    if sign != nil { right.removeFirst() }
    let isPercent = right.hasSuffix("%")
    let number =
      isPercent
      ? Double(right.dropLast().withoutBlanks).map { $0 / 100 }
      : measure.isTime ? seconds(right) : Double(right)
    guard let number, number.isFinite, number >= 0 else { return nil }
    switch (sign, isPercent) {
    case (let sign?, true): limit = .share(sign * number)
    case (let sign?, false): limit = .change(sign * number)
    case (nil, true):
      guard measure == .waitShare else { return nil }
      limit = .value(number)
    case (nil, false): limit = .value(number)
    }
  }

  /// One side of a comparison, as far as a condition looks at it.
  struct Reading {
    var base: Double
    var value: Double
    /// Half the 95 % interval of the change; nil when it is not known.
    var halfWidth: Double?
  }

  /// What is wrong with a candidate, in a sentence; nil when the condition does not hold.
  func violation(_ reading: Reading, of name: String) -> String? {
    let change = reading.value - reading.base
    let (found, bound): (Double, Double) =
      switch limit {
      case .share(let share): (change, share * reading.base.magnitude)
      case .change(let amount): (change, amount)
      case .value(let amount): (reading.value, amount)
      }
    guard fails(found, bound) else { return nil }
    var sentence = "\(name): \(measure.rawValue) is \(amount(reading.value))"
    if case .value = limit {
    } else {
      sentence += ", \(signed(change)) against \(amount(reading.base))"
      if reading.base != 0 {
        sentence += " (\(change < 0 ? "" : "+")\(Figures.fixed(change / reading.base * 100, 1)) %)"
      }
    }
    let reach = found > bound ? found - (reading.halfWidth ?? 0) : found + (reading.halfWidth ?? 0)
    let isUnsure = reading.halfWidth != nil && !fails(reach, bound)
    return sentence + "; the limit is \(text)" + (isUnsure ? ", within chance" : "")
  }

  private func fails(_ found: Double, _ bound: Double) -> Bool {
    switch side {
    case .above: found > bound
    case .atLeast: found >= bound
    case .below: found < bound
    case .atMost: found <= bound
    }
  }

  private func signed(_ value: Double) -> String {
    (value < 0 ? "" : "+") + amount(value)
  }

  private func amount(_ value: Double) -> String {
    switch measure {
    case .p50, .p95, .p99, .mean, .makespan: Figures.duration(value)
    case .waitShare: "\(Figures.fixed(value * 100, 1)) %"
    case .runUSD: "USD \(Figures.fixed(value, 4))"
    case .monthUSD: "USD \(Figures.fixed(value, 0, grouped: true))"
    }
  }
}

extension FailCondition {
  /// What is wrong with stored simulations, the first of which is the base.
  public func violations(in records: [SimulationRecord]) -> [String] {
    guard let comparison = Comparison(records, base: 0) else { return [] }
    return comparison.others.compactMap { other in
      guard let base = value(of: comparison.base), let found = value(of: other) else {
        return "\(other.name): \(measure.rawValue) is not known; the limit is \(text)"
      }
      let half = changeHalfWidth(comparison.base, other)
      return violation(.init(base: base, value: found, halfWidth: half), of: other.name)
    }
  }

  /// Half the interval of the change over replications, for measures that each of them has.
  private func changeHalfWidth(_ base: Candidate, _ other: Candidate) -> Double? {
    let figure: ReplicationChange.Figure
    switch measure {
    case .mean: figure = .mean
    case .p50: figure = .quantile(.p50)
    case .p95: figure = .quantile(.p95)
    case .p99: figure = .quantile(.p99)
    case .makespan: figure = .makespan
    case .waitShare, .runUSD, .monthUSD: return nil
    }
    return ReplicationChange(base, other)?.change(of: figure)?.halfWidth
  }

  private func value(of candidate: Candidate) -> Double? {
    switch measure {
    case .p50: candidate.medianSeconds
    case .p95: candidate.p95Seconds
    case .p99: candidate.p99Seconds
    case .mean: candidate.meanSeconds
    case .makespan: candidate.makespanSeconds
    case .waitShare: candidate.waitShare
    case .runUSD: candidate.costPerRun
    case .monthUSD: candidate.monthlyUSD
    }
  }

  /// What is wrong with points of sweeps, each against its base.
  public func violations(in pairs: [PointPair]) -> [String] {
    pairs.compactMap { pair in
      guard let base = value(of: pair.base.estimates), let found = value(of: pair.other.estimates)
      else { return "\(pair.name): \(measure.rawValue) is not known; the limit is \(text)" }
      let half = change(of: pair.other.estimates)?.change.halfWidth
      return violation(.init(base: base, value: found, halfWidth: half), of: pair.name)
    }
  }

  private func value(of found: PointEstimates) -> Double? {
    switch measure {
    case .p50: found.p50?.value
    case .p95: found.p95?.value
    case .p99: found.p99?.value
    case .mean: found.mean?.value
    case .makespan: found.makespan?.value
    case .waitShare: found.waitShare?.value
    case .runUSD: found.runUSD?.value
    case .monthUSD: found.monthUSD?.value
    }
  }

  private func change(of found: PointEstimates) -> PairedDifference? {
    switch measure {
    case .p50: found.p50Difference
    case .p95: found.p95Difference
    case .p99: found.p99Difference
    case .mean: found.meanDifference
    case .makespan: found.makespanDifference
    case .waitShare: found.waitShareDifference
    case .runUSD: found.runUSDDifference
    case .monthUSD: found.monthUSDDifference
    }
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  fileprivate var withoutBlanks: String {
    var rest = self[...]
    while rest.first == " " { rest = rest.dropFirst() }
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
