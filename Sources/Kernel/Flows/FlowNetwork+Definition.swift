/// What makes two classes of flows the same class.
struct FlowClassKey: Hashable {
  let path: [PathStep]
  let weight: Double
  let cap: Double?
}

extension FlowNetwork {
  /// The most resources that one class can cross.
  public static var longestPath: Int { 8 }

  /// Adds a resource with a fixed capacity in units per second.
  ///
  /// - Precondition: `capacity` is finite and not negative.
  public mutating func addResource(capacity: Double) -> ResourceID {
    precondition(capacity >= 0 && capacity.isFinite, "capacity \(capacity) is no capacity")
    return append(ResourceState(capacity: capacity, bucket: nil))
  }

  /// Adds a resource whose capacity is a token bucket.
  public mutating func addBucket(_ limits: TokenBucketLimits) -> ResourceID {
    let bucket = TokenBucket(limits)
    buckets.append(bucket)
    return append(
      ResourceState(capacity: bucket.capacity, bucket: UInt32(buckets.count - 1)))
  }

  private mutating func append(_ resource: ResourceState) -> ResourceID {
    var resource = resource
    resource.since = clock
    resources.append(resource)
    let index = UInt32(resources.count - 1)
    due.makeRoom(forMember: dueMember(ofResource: index))
    return ResourceID(index: index)
  }

  /// The class of flows with this path, weight and cap; asking twice gives the same class.
  ///
  /// A resource named twice on the path counts with the sum of its coefficients.
  ///
  /// - Parameters:
  ///   - path: The resources crossed, at most ``longestPath``; empty only if there is a cap.
  ///   - weight: The share relative to others, above 0.
  ///   - cap: The most that one flow can have, in units per second; nil for no limit.
  /// - Returns: The class, to start flows in.
  /// - Complexity: O(length of the path), with a hash lookup: keep the result if it is needed
  ///   often.
  public mutating func flowClass(
    path: [PathStep], weight: Double = 1, cap: Double? = nil
  ) -> FlowClassID {
    checkClass(path: path, weight: weight, cap: cap)
    let key = FlowClassKey(path: merged(path), weight: weight, cap: cap)
    if let known = interned[key] { return FlowClassID(index: known) }
    let index = UInt32(classes.count)
    let firstLink = links.count
    for step in key.path {
      links.append(
        PathLink(
          coefficient: step.coefficient, resource: step.resource.index, flowClass: index))
    }
    classes.append(
      ClassState(weight: weight, cap: cap, firstLink: firstLink, linkCount: key.path.count))
    due.makeRoom(forMember: dueMember(ofClass: index))
    interned[key] = index
    return FlowClassID(index: index)
  }

  private func checkClass(path: [PathStep], weight: Double, cap: Double?) {
    precondition(weight > 0 && weight.isFinite, "weight \(weight) is not above 0")
    precondition(path.count <= Self.longestPath, "a path of \(path.count) resources is too long")
    precondition(!path.isEmpty || cap != nil, "a flow without resource needs a cap")
    if let cap { precondition(cap >= 0 && cap.isFinite, "cap \(cap) is no rate") }
    for step in path {
      precondition(step.resource.index < resources.count, "unknown resource \(step.resource)")
      precondition(
        step.coefficient > 0 && step.coefficient.isFinite,
        "coefficient \(step.coefficient) is not above 0")
    }
  }

  private func merged(_ path: [PathStep]) -> [PathStep] {
    var result: [PathStep] = []
    for step in path.sorted(by: { $0.resource.index < $1.resource.index }) {
      if let last = result.indices.last, result[last].resource == step.resource {
        result[last].coefficient += step.coefficient
      } else {
        result.append(step)
      }
    }
    return result
  }

  func dueMember(ofClass index: UInt32) -> UInt32 { index &* 2 }
  func dueMember(ofResource index: UInt32) -> UInt32 { index &* 2 &+ 1 }
}
