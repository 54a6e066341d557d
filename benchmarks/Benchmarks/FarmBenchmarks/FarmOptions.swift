internal import FarmModel

/// What the command line asks for.
struct FarmOptions {
  var parameters = FarmParameters()
  /// The number of seeds to play one after the other; nil for one run of `parameters.seed`.
  var replications: Int?
  var threads = 1
  /// The file for the completion of each run.
  var dump: String?

  static let usage = """
    usage: FarmBenchmarks [-R runs] [-K nodes] [-c slots] [-s seed] [-v exp|det|burst]
                          [--reps n] [--threads n] [--dump file]
    """

  /// Reads the arguments.
  ///
  /// - Throws: ``UsageError`` for the first argument that is not understood.
  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { throw UsageError("\(option) needs a value") }
      switch option {
      case "-R": parameters.runs = try number(value, option)
      case "-K": parameters.nodes = try number(value, option)
      case "-c": parameters.slotsPerNode = try number(value, option)
      case "-s": parameters.seed = try number(value, option)
      case "-v":
        guard let variant = FarmVariant(rawValue: value) else {
          throw UsageError("\(value) is none of exp, det, burst")
        }
        parameters.variant = variant
      case "--reps": replications = try number(value, option)
      case "--threads": threads = try number(value, option)
      case "--dump": dump = value
      default: throw UsageError("unknown option \(option)")
      }
    }
    if let problem = parameters.problem { throw UsageError(problem) }
    if threads < 1 || replications ?? 1 < 1 { throw UsageError("counts must be above 0") }
  }
}

/// An argument that is not understood.
struct UsageError: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

private func number<Number: FixedWidthInteger>(
  _ text: String, _ option: String
) throws(UsageError) -> Number {
  guard let value = Number(text) else { throw UsageError("\(option) needs a number, not \(text)") }
  return value
}
