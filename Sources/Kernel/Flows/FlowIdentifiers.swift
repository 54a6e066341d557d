/// A resource of a flow network.
@frozen
public struct ResourceID: BitwiseCopyable, Hashable, Sendable {
  /// The resource's place in the order of definition.
  public let index: UInt32

  @inlinable init(index: UInt32) { self.index = index }
}

/// A class of flows of a flow network: same path, same weight, same cap, so always the same rate.
@frozen
public struct FlowClassID: BitwiseCopyable, Hashable, Sendable {
  /// The class's place in the order of definition.
  public let index: UInt32

  @inlinable init(index: UInt32) { self.index = index }
}

/// A flow of a flow network; never reused, so that an old one is recognised.
@frozen
public struct FlowID: BitwiseCopyable, Hashable, Sendable {
  /// The flow's place in the network's memory, which later flows use again.
  @usableFromInline let index: UInt32
  /// Tells the flows that used the place one after the other apart.
  @usableFromInline let generation: UInt32

  @inlinable init(index: UInt32, generation: UInt32) {
    self.index = index
    self.generation = generation
  }
}

/// A resource that flows of a class cross, and how heavily.
@frozen
public struct PathStep: BitwiseCopyable, Hashable, Sendable {
  /// The resource.
  public var resource: ResourceID
  /// The units of the resource that one unit of a flow's volume takes; above 0.
  public var coefficient: Double

  /// Makes a step of a path.
  @inlinable public init(_ resource: ResourceID, coefficient: Double = 1) {
    self.resource = resource
    self.coefficient = coefficient
  }
}

/// A flow that has transferred its volume.
@frozen
public struct FlowCompletion: BitwiseCopyable, Hashable, Sendable {
  /// The flow, which no longer exists.
  public let flow: FlowID
  /// The value that the caller gave at the start.
  public let payload: UInt32

  @inlinable init(flow: FlowID, payload: UInt32) {
    self.flow = flow
    self.payload = payload
  }
}
