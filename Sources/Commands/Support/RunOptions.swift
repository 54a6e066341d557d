import ArgumentParser
import Foundation

/// The option for the luck of a simulation.
struct SeedOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The seed of the random numbers; the same seed gives the same result.")
  var seed: Int?

  mutating func validate() throws {
    if let seed, seed < 0 { throw ValidationError("A seed is 0 or a positive number.") }
  }

  /// The options of the input with the seed as the last setting, if one is given.
  func added(to input: InputOptions) -> InputOptions {
    var options = input
    if let seed { options.settings.append("seed=\(seed)") }
    return options
  }
}

/// The option for the processors that are used.
struct ThreadOption: ParsableArguments {
  @Option(help: "Threads; default: all processors.")
  var threads: Int?

  /// How many threads are used.
  var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  mutating func validate() throws {
    if let threads, threads < 1 { throw ValidationError("There must be at least one thread.") }
  }
}
