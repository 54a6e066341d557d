import GantryCloud
public import GantryCompiler
import GantryModel

/// One figure of a scenario set to another value.
public enum FactorChange: Hashable, Sendable {
  /// An assumption by its id.
  case assumption(String)
  /// A price by the path that overrides it.
  case price(String)
  /// The speed of an instance type: one thread and all of them, in reference threads.
  case speed(String, thread: Double, total: Double)
  /// A figure of the profile at a position.
  case profile(Int, figure: String)
  /// Capacity units of each load balancer.
  case balancerUnits

  private static let place = SourceLocation(file: "<sensitivity>", line: 1, column: 1)

  /// Puts a multiple of the present `value` into what is compiled.
  public func apply(_ multiple: Double, of value: Double, to input: inout CompilerInput) {
    switch self {
    case .assumption(let id):
      input.scenario.assumptions.append(
        .init(id: Located(id, at: Self.place), value: value * multiple))
    case .price(let path): input.catalog.overrides[path] = value * multiple
    case .speed(let type, let thread, let total):
      input.catalog.overrides["cpu.\(type).perThread"] = thread * multiple
      input.catalog.overrides["cpu.\(type).total"] = total * multiple
    case .profile(let position, let figure):
      guard let path = Self.figures[figure] else { return }
      let old = input.scenario.profiles[position][keyPath: path]
      input.scenario.profiles[position][keyPath: path] = old.map {
        Located($0.value.scaled(by: multiple), at: $0.location)
      }
    case .balancerUnits: break
    }
  }

  /// Puts it into what was compiled, for what no field of the scenario gives.
  public func apply(_ multiple: Double, of value: Double, to compilation: inout Compilation) {
    if self == .balancerUnits { compilation.services.unitsPerLoadBalancer = value * multiple }
  }

  /// The figures of a profile by their names in a scenario file.
  private static var figures:
    [String: WritableKeyPath<
      ScenarioFile.StepProfile, Located<ProbabilityDistribution>?
    >]
  {
    [
      "duration": \.duration, "cpuSeconds": \.cpuSeconds, "readMiB": \.readMiB,
      "writeMiB": \.writeMiB, "downloadMiB": \.downloadMiB, "uploadMiB": \.uploadMiB,
      "operations": \.operations,
    ]
  }
}
