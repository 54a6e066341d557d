/// A slow, plain solution of the max-min problem of ``FlowNetwork``, flow by flow.
///
/// It exists to be obviously right: tests compare the fast solver with it.
public enum MaxMinReference {
  /// One flow of the problem.
  public struct Flow: Sendable {
    /// The resources crossed, by place in the list of capacities, with coefficients.
    public var path: [(resource: Int, coefficient: Double)]
    /// The share relative to others.
    public var weight: Double
    /// The most that the flow can have; nil for no limit.
    public var cap: Double?

    /// Makes a flow.
    public init(
      path: [(resource: Int, coefficient: Double)], weight: Double = 1, cap: Double? = nil
    ) {
      self.path = path
      self.weight = weight
      self.cap = cap
    }
  }

  /// The rates of all flows, by raising the level of all and stopping whoever can rise no more.
  ///
  /// - Complexity: O(flows · (resources + flows) · length of the paths).
  public static func rates(capacities: [Double], flows: [Flow]) -> [Double] {
    var rates = [Double?](repeating: nil, count: flows.count)
    while rates.contains(where: { $0 == nil }) {
      var lowest: (level: Double, stopped: [Int])?
      for (resource, capacity) in capacities.enumerated() {
        let crossing = flows.indices.filter { flows[$0].crosses(resource) }
        let open = crossing.filter { rates[$0] == nil }
        if open.isEmpty { continue }
        let used = crossing.reduce(0) { $0 + (rates[$1] ?? 0) * flows[$1].coefficient(resource) }
        let load = open.reduce(0) { $0 + flows[$1].weight * flows[$1].coefficient(resource) }
        let level = max(capacity - used, 0) / load
        if level < lowest?.level ?? .infinity { lowest = (level, open) }
      }
      for flow in flows.indices where rates[flow] == nil {
        guard let cap = flows[flow].cap else { continue }
        let level = cap / flows[flow].weight
        if level < lowest?.level ?? .infinity { lowest = (level, [flow]) }
      }
      guard let lowest else { preconditionFailure("a flow has neither resource nor cap") }
      for flow in lowest.stopped { rates[flow] = lowest.level * flows[flow].weight }
    }
    return rates.compactMap { $0 }
  }
}

extension MaxMinReference.Flow {
  fileprivate func crosses(_ resource: Int) -> Bool { path.contains { $0.resource == resource } }

  fileprivate func coefficient(_ resource: Int) -> Double {
    path.reduce(0) { $1.resource == resource ? $0 + $1.coefficient : $0 }
  }
}
