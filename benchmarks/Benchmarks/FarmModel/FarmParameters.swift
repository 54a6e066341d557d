/// Where the inputs of the build-farm model come from.
public enum FarmVariant: String, CaseIterable, Sendable {
  /// Exponential gaps and CPU times, uniform volumes.
  case exp
  /// Equal gaps; volumes and CPU times vary by up to a tenth.
  case det
  /// As `det`, but all runs arrive at once.
  case burst
}

/// The size of a build farm and of its work.
public struct FarmParameters: Sendable {
  /// The number of pipeline runs.
  public var runs = 1000
  /// The number of nodes, even: the lower half amd64, the upper half arm64.
  public var nodes = 20
  /// The build slots of each node.
  public var slotsPerNode = 4
  /// Where the inputs come from.
  public var variant = FarmVariant.exp
  /// The seed of the inputs.
  public var seed: UInt64 = 1

  /// What the network card of a node carries, in MB per second.
  public let nodeCapacity = 150.0
  /// What the shared storage carries, in MB per second.
  public var hubCapacity: Double { 100 * Double(nodes) }
  /// The mean time between two arrivals, in seconds.
  public var meanGap: Double { 55 / Double(nodes) }
  /// The start-up of every task, in seconds.
  public let overhead = 2.0

  /// Makes the default farm.
  public init() {}

  /// What makes the parameters unusable, nil when nothing does.
  public var problem: String? {
    if nodes < 2 || nodes % 2 != 0 { return "the number of nodes must be even and above 0" }
    if !(1...64).contains(slotsPerNode) { return "a node has 1 to 64 slots" }
    if runs < 1 || runs > 1 << 28 { return "the number of runs must be 1 to \(1 << 28)" }
    return nil
  }
}
