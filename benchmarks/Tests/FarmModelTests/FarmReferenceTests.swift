import FarmModel
import Testing

/// Results that a C++, a Swift and a SimPy program of the same model agree on to every digit.
///
/// All are for R = 2000, 4 slots per node, seed 1. Those programs keep time as a floating-point number; gantry's whole
/// nanoseconds are rounded at every step, hence the tolerance of one in a million.
@Suite("build farm against other implementations")
struct FarmReferenceTests {
  struct Reference: Sendable, CustomTestStringConvertible {
    let variant: FarmVariant
    let nodes: Int
    let makespan: Double
    let meanResponse: Double

    var testDescription: String { "\(variant), \(nodes) nodes" }
  }

  static let references = [
    Reference(variant: .det, nodes: 2, makespan: 55_091.628293490, meanResponse: 92.779730295),
    Reference(variant: .det, nodes: 20, makespan: 5_596.505259041, meanResponse: 95.586538529),
    Reference(variant: .det, nodes: 200, makespan: 659.298985292, meanResponse: 100.745162032),
    Reference(variant: .exp, nodes: 2, makespan: 53_935.404129593, meanResponse: 180.683599618),
    Reference(variant: .exp, nodes: 20, makespan: 5_920.605926985, meanResponse: 120.656694714),
    Reference(variant: .exp, nodes: 200, makespan: 1_193.838960898, meanResponse: 121.302591568),
  ]

  @Test("makespan and mean response", arguments: references)
  func reference(_ reference: Reference) {
    var parameters = FarmParameters()
    parameters.runs = 2000
    parameters.nodes = reference.nodes
    parameters.variant = reference.variant
    var farm = Farm(parameters)
    farm.run()
    #expect(farm.events == 17 * 2000)
    #expect(abs(farm.makespan / reference.makespan - 1) < 1e-9)
    #expect(abs(farm.responses.mean / reference.meanResponse - 1) < 1e-6)
  }

  @Test("a farm that was reset plays the same, and another seed another")
  func reset() {
    var parameters = FarmParameters()
    parameters.runs = 200
    var farm = Farm(parameters)
    farm.run()
    let first = farm.completionSeconds
    farm.reset(seed: 2)
    farm.run()
    #expect(farm.completionSeconds != first)
    farm.reset(seed: 1)
    farm.run()
    #expect(farm.completionSeconds == first)
  }

  @Test("the mean makespan of many small farms")
  func replications() {
    var parameters = FarmParameters()
    parameters.runs = 6
    parameters.nodes = 2
    parameters.slotsPerNode = 2
    var farm = Farm(parameters)
    var sum = 0.0
    for seed in 1...2000 {
      farm.reset(seed: UInt64(seed))
      farm.run()
      sum += farm.makespan
    }
    // The mean over 100 000 seeds is 384.941037961 s. One farm's makespan has a standard
    // deviation of 93 s (over 400 seeds), so the mean of 2000 lies within 3 · 93 ÷ √2000 = 6.3 s.
    #expect(abs(sum / 2000 - 384.941037961) < 6.3)
  }

  @Test("unusable parameters are named")
  func problems() {
    var parameters = FarmParameters()
    #expect(parameters.problem == nil)
    parameters.nodes = 3
    #expect(parameters.problem == "the number of nodes must be even and above 0")
    parameters.nodes = 2
    parameters.slotsPerNode = 65
    #expect(parameters.problem == "a node has 1 to 64 slots")
    parameters.slotsPerNode = 1
    parameters.runs = 0
    #expect(parameters.problem != nil)
  }

  @Test("farms played at the same time by several tasks are the ones played alone")
  func parallel() async {
    @Sendable func play(_ seed: UInt64) -> [Double] {
      var parameters = FarmParameters()
      parameters.runs = 100
      parameters.seed = seed
      var farm = Farm(parameters)
      farm.run()
      return farm.completionSeconds
    }
    let together = await withTaskGroup(of: (UInt64, [Double]).self) { group in
      for seed in 1...8 as ClosedRange<UInt64> { group.addTask { (seed, play(seed)) } }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for seed in 1...8 as ClosedRange<UInt64> { #expect(together[seed] == play(seed)) }
  }
}
