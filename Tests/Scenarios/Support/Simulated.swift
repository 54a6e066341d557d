import ArgumentParser
import Foundation
import GantryCompiler
import GantryEngine
import GantryExperiments
import GantryModel

@testable import GantryCommands

/// A scenario of this package, simulated in this process and kept nowhere.
enum Simulated {
  /// The record, as `gantry simulate SCENARIO --set …` makes it.
  static func record(_ scenario: String, _ settings: [String] = []) async throws
    -> SimulationRecord
  {
    try await simulator(settings).simulate([path(scenario)], settings: .init(store: nil))
  }

  /// What the engine says before it is put into words: bytes by claim and file system.
  static func outcome(_ scenario: String, _ settings: [String] = []) throws -> Outcome {
    let compiled = try simulator(settings).compile([path(scenario)])
    var simulation = Simulation(PreparedPlan(compiled.compilation.plan))
    return simulation.run(replication: 0)
  }

  /// Work offered against what can be done, known before anything is simulated.
  static func loads(_ scenario: String) throws -> [SweepPoint.OfferedLoad] {
    OfferedLoad(try simulator([]).compile([path(scenario)]).compilation.plan).shares()
  }

  private static func path(_ scenario: String) -> String {
    ShippedScenarios.root.path + "/scenarios/" + scenario
  }

  private static func simulator(_ settings: [String]) throws -> Simulator {
    let options = try InputOptions.parse(settings.flatMap { ["--set", $0] })
    return Simulator(options: options, colour: .never, catalog: try Catalogs.open())
  }
}
