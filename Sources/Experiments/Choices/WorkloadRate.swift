public import GantryModel

/// How many runs a day a workload creates, and the same workload with another number of them.
public enum WorkloadRate {
  /// The path under which commands vary it.
  public static let path = "workload.rate"
  /// A series shorter than this says little of queues.
  public static let fewestRuns = 40

  /// Runs a day over the whole week; nil unless all streams keep coming.
  public static func perDay(_ plan: Plan) -> Double? {
    let rates = plan.workload.map(perDay)
    guard !rates.isEmpty, !rates.contains(nil) else { return nil }
    return rates.compactMap { $0 }.reduce(0, +)
  }

  /// The plan with random (Poisson) arrivals of so many runs a day in all.
  ///
  /// Templates keep their shares: of the rates where all streams keep coming, else of the numbers of
  /// runs. Business hours are kept, so that a day's runs come while they are open. At least
  /// `fewestRuns` are created in all.
  public static func applied(_ perDay: Double, to plan: Plan) -> Plan {
    var plan = plan
    let rates = plan.workload.map(Self.perDay)
    let counts = plan.workload.map { Double(count($0)) }
    let weights = rates.contains(nil) ? counts : rates.compactMap { $0 }
    let total = weights.reduce(0, +)
    let wanted = max(counts.reduce(0, +), Double(fewestRuns))
    guard total > 0 else { return plan }
    for (index, weight) in weights.enumerated() where weight > 0 {
      let share = weight / total
      plan.workload[index].process = .poisson(
        ratePerHour: perDay * share / openHours(plan.workload[index]),
        count: max(1, Int((wanted * share).rounded())))
    }
    return plan
  }

  private static func perDay(_ stream: ArrivalStream) -> Double? {
    switch stream.process {
    case .every(let interval, let count) where count > 1 && interval > 0:
      openHours(stream) * 3600 / interval
    case .poisson(let perHour, let count) where count > 1: openHours(stream) * perHour
    default: nil
    }
  }

  private static func count(_ stream: ArrivalStream) -> Int {
    switch stream.process {
    case .burst(let count), .every(_, let count), .poisson(_, let count): count
    case .times(let times): times.count
    }
  }

  /// Hours of a day, on average over a week, in which runs are created.
  private static func openHours(_ stream: ArrivalStream) -> Double {
    guard let hours = stream.businessHours else { return 24 }
    return (hours.to - hours.from) / 3600 * (hours.weekdaysOnly ? 5.0 / 7 : 1)
  }
}
