public import ArgumentParser
public import GantryModel

/// Options about which points there are.
struct GridArguments: ParsableArguments {
  @Option(
    name: .customLong("vary"),
    help: ArgumentHelp(
      "An axis: a field with the values to try, such as nodes.arm64.count=1..6. Repeatable.",
      valueName: "path=values"))
  var vary: [String] = []

  @Option(
    name: .customLong("zip"),
    help: ArgumentHelp(
      "Axes to walk together instead of multiplying them. Repeatable.", valueName: "path,path"))
  var zip: [String] = []

  @Option(
    name: .customLong("exclude"),
    help: ArgumentHelp(
      "Leaves out the points that have all of these values. Repeatable.",
      valueName: "path=value,…"))
  var exclude: [String] = []

  @Flag(help: "Simulate even more than a million points.")
  var yes = false
}

/// Options about how often each point is simulated.
struct ReplicationArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      Simulations of each point; the first ones where --precision is given. Default: the scenario's, \
      or 30.
      """)
  var replications: Int?

  @Option(
    help: ArgumentHelp(
      "Simulates each point until half its 95 % interval is at most this share, such as 2%.",
      valueName: "share"), transform: SharePercent.read)
  var precision: SharePercent?

  @Option(help: "What points are judged by, and --precision is of: p95 or mean run time.")
  var of: SweepPlan.Measure = .p95

  /// The most simulations of a point where nothing else is asked for.
  static let usualMost = 1000

  @Option(
    help:
      "The most simulations of a point with --precision; default: \(ReplicationArguments.usualMost)."
  )
  var maxReplications: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      For the steady state: runs created in this time at the start do not count; auto finds it \
      (MSER-5). With --replications 1, one long simulation is cut into batches.
      """, valueName: "duration"), transform: WarmUpArgument.read)
  var warmUp: WarmUpArgument?

  mutating func validate() throws {
    if let replications, !(1...1_000_000).contains(replications) {
      throw ValidationError("Replications are from 1 to 1000000, not \(replications).")
    }
    guard let maxReplications else { return }
    if !(2...1_000_000).contains(maxReplications) {
      throw ValidationError("The most replications are from 2 to 1000000, not \(maxReplications).")
    }
    if precision == nil {
      throw ValidationError("--max-replications is a bound of --precision, which is not given.")
    }
    if let replications, replications > maxReplications {
      throw ValidationError("--replications is above --max-replications.")
    }
  }

  /// The plan; `written` is the number of replications that the scenario has.
  func plan(written: Int?) -> SweepPlan {
    var plan = SweepPlan()
    plan.measure = of
    plan.replications = replications ?? written ?? plan.replications
    plan.precision = precision?.share
    plan.mostReplications = max(
      maxReplications ?? Self.usualMost, plan.replications)
    plan.warmUp = warmUp?.warmUp ?? .none
    return plan
  }
}

extension SweepPlan.Measure: ExpressibleByArgument {}

/// A share above 0 and below 1, as `2%` or `0.02`.
struct SharePercent: ReadableArgument {
  static let expectation = "a share above 0 and below 1, such as 2% or 0.02"

  let share: Double

  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else {
      return nil
    }
    let share = isPercent ? number / 100 : number
    guard share.isFinite, share > 0, share < 1 else { return nil }
    self.share = share
  }
}

/// `auto`, or a duration.
struct WarmUpArgument: ReadableArgument {
  static let expectation = "'auto' or a duration above 0, such as 10m"

  let warmUp: SweepPlan.WarmUp

  init?(argument: String) {
    if argument == "auto" {
      warmUp = .automatic
      return
    }
    guard let seconds = DurationText.seconds(argument), seconds > 0, seconds.isFinite else {
      return nil
    }
    warmUp = .seconds(seconds)
  }
}
