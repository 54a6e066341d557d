public import ArgumentParser
import Foundation
public import GantryModel

/// Options about what tells the better choice, and how often choices are simulated.
struct ChoiceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What choices are judged by: value (a month's bill and the minutes waited in it), month, run, \
      mean or p95. Default: value where the number of builds is known, else mean.
      """))
  var of: Judgement.Measure?

  @Option(
    help: ArgumentHelp(
      "What a minute of waiting for a build is worth, in USD: weighs time against cost.",
      valueName: "usd"))
  var minuteWorth = 1.0

  @Option(
    help: ArgumentHelp(
      "How many builds there are, for the month's bill; default: as many as the workload creates.",
      valueName: "n/day"), transform: RateArgument.read)
  var builds: RateArgument?

  @Option(help: "Simulations of each variant. Default: the scenario's, or 30.")
  var replications: Int?

  @OptionGroup var seed: SeedOption
  @OptionGroup var threads: ThreadOption

  @Option(help: "Form of the output: text or json.")
  var format: OutputFormat = .text

  @Flag(help: "Keep nothing in the store.")
  var noStore = false

  mutating func validate() throws {
    guard minuteWorth.isFinite, minuteWorth > 0 else {
      throw ValidationError("A minute is worth more than 0 USD.")
    }
    if let replications, !(2...1_000_000).contains(replications) {
      throw ValidationError("Replications are from 2 to 1000000, not \(replications).")
    }
  }

  /// The judgement; `perDay` is how many runs a day the workload creates, nil when they do not keep
  /// coming.
  func judgement(perDay: Double?) throws -> Judgement {
    let daily = builds?.perDay ?? perDay
    if of == .value, daily == nil {
      throw ValidationError(
        "--of value needs the number of builds: give --builds 50/day, or a workload with ratePerHour "
          + "or every.")
    }
    return Judgement(
      of ?? (daily == nil ? .mean : .value), minuteWorth: minuteWorth,
      monthlyRuns: daily.map { $0 * Judgement.daysPerMonth })
  }

  /// How points are simulated; `written` is the number of replications that the scenario has.
  func plan(written: Int?, _ judgement: Judgement) -> SweepPlan {
    var plan = SweepPlan()
    plan.measure = judgement.measure == .p95 ? .p95 : .mean
    plan.replications = replications ?? written.flatMap { $0 > 1 ? $0 : nil } ?? plan.replications
    plan.mostReplications = plan.replications
    plan.monthlyRuns = judgement.monthlyRuns
    return plan
  }
}

extension Judgement.Measure: ExpressibleByArgument {}

/// So many in a stretch of time: `50/day`, `3/hour`, `200/week`, `1000/month`.
struct RateArgument: ReadableArgument {
  static let expectation = "a number above 0 per hour, day, week or month, such as 50/day"

  let perDay: Double

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let number = Double(parts[0]), number > 0, number.isFinite,
      let days = Self.days(parts[1])
    else { return nil }
    perDay = number / days
  }

  /// The days in a unit; nil for what is none.
  static func days(_ unit: String) -> Double? {
    switch unit {
    case "hour": 1.0 / 24
    case "day": 1
    case "week": 7
    case "month": Judgement.daysPerMonth
    default: nil
    }
  }
}
