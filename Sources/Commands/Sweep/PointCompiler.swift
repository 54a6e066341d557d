import GantryCloud
import GantryCompiler
import GantryExperiments
import GantryManifests
import GantryModel

/// Reads and compiles the points of a sweep; what they share is read once.
struct PointCompiler: Sendable {
  private let loader: InputLoader
  private let bases: [[String]]
  private let axes: [GridAxis]
  private let plan: SweepPlan

  /// A point that is ready to be simulated, or what is wrong with it.
  struct Result: Sendable {
    var point: SweepPoint
    var simulator: PointSimulator?
    var findings: [Diagnostic]
  }

  init(_ setUp: SweepSetUp.Points) {
    loader = setUp.loader
    bases = setUp.bases
    axes = setUp.grid.axes
    plan = setUp.plan
  }

  /// The change of the scenario that an axis's value stands for.
  static func setting(_ axis: GridAxis, _ value: Located<String>) -> ScenarioSetting {
    ScenarioSetting(
      "\(axis.path.value)=\(value.value)", at: axis.path.location, valueAt: value.location)
  }

  /// Compiles the points at some positions on several threads, in order; those that are left when
  /// Ctrl-C is pressed are not.
  func compile(
    _ positions: ArraySlice<Int>, of points: [[Int]], threads: Int
  ) async -> [Result] {
    let threads = max(1, threads)
    return await withTaskGroup(of: [Result].self) { group in
      for worker in 0..<threads {
        group.addTask {
          var own: [Result] = []
          for place in stride(
            from: positions.startIndex + worker, to: positions.endIndex, by: threads)
          {
            // Asked before each point: that of a large cluster takes a while.
            if Interruption.isRequested { break }
            own.append(compile(positions[place], points[positions[place]]))
          }
          return own
        }
      }
      var all: [Result] = []
      for await part in group { all += part }
      return all.sorted { $0.point.position < $1.point.position }
    }
  }

  private func compile(_ position: Int, _ indices: [Int]) -> Result {
    var point = SweepPoint(
      position: position, values: zip(axes, indices).map { $0.values[$1].value }, designHash: "",
      region: "")
    var own = loader
    var paths = bases[0]
    for (axis, index) in zip(axes, indices) {
      if axis.path.value == GridAxis.scenario {
        paths = bases[index]
      } else {
        own.further.append(Self.setting(axis, axis.values[index]))
      }
    }
    func failed(_ message: String) -> Result {
      Result(
        point: point, simulator: nil,
        findings: [Diagnostic(.error, "E0097", message, at: nil)])
    }
    let input: LoadedInput
    do {
      input = try own.load(paths)
    } catch let error as InputReadError {
      let first = error.failures.first
      return failed("\(first?.path ?? ""): \(first?.reason ?? "cannot be read")")
    } catch {
      return failed("\(error)")
    }
    guard let compilation = InputChecks(input: input).compile() else {
      return Result(
        point: point, simulator: nil,
        findings: input.sink.diagnostics.filter { $0.severity == .error })
    }
    point.region = compilation.region
    point.designHash = RecordInputs.designHash(
      input, scenario: compilation.scenario, catalogVersion: loader.catalog.version, plan: plan)
    point.describe(compilation.plan)
    do {
      let simulator = try PointSimulator(
        compilation, catalog: input.compiler.catalog, sweep: plan)
      return Result(point: point, simulator: simulator, findings: [])
    } catch {
      return failed("\(error)")
    }
  }
}

extension SweepPoint {
  /// A point of no grid.
  init(_ compilation: Compilation, designHash: String) {
    self.init(position: 0, values: [], designHash: designHash, region: compilation.region)
    describe(compilation.plan)
  }

  /// Puts in the nodes that there are and the work that comes in.
  mutating func describe(_ plan: Plan) {
    pools = Self.pools(plan)
    loads = GantryExperiments.OfferedLoad(plan).shares()
  }

  private static func pools(_ plan: Plan) -> [Pool] {
    var pools: [Pool] = []
    for node in plan.nodes {
      if let known = pools.firstIndex(where: {
        $0.name == node.pool && $0.instanceType == node.instanceType
      }) {
        pools[known].count += 1
      } else {
        pools.append(.init(name: node.pool, instanceType: node.instanceType, count: 1))
      }
    }
    return pools
  }
}
