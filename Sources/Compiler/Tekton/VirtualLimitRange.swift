internal import GantryModel
internal import GantryUnits

/// All LimitRanges of a namespace as one: the smallest defaults and maxima, the largest minima.
///
/// Source: Tekton Pipelines docs/compute-resources.md, read 2026-11-23.
struct VirtualLimitRange {
  var defaultRequest: ResourceList = [:]
  var min: ResourceList = [:]

  /// Joins the ranges of a namespace; nil when there is none.
  init?(_ ranges: [LimitRange], namespace: String) {
    let own = ranges.filter { ($0.namespace ?? namespace) == namespace }
    guard !own.isEmpty else { return nil }
    for range in own {
      defaultRequest.merge(range.defaultRequest) { Swift.min($0, $1) }
      min.merge(range.min) { Swift.max($0, $1) }
    }
  }

  /// What a step without a request of its own gets when `steps` steps share the default.
  func stepRequests(steps: Int) -> ResourceList {
    var result: ResourceList = [:]
    for name in ["cpu", "memory", "ephemeral-storage"] {
      let share = defaultRequest[name].map { $0.divided(by: steps, named: name) }
      let value = [share, min[name]].compactMap { $0 }.max()
      if let value, value.milli > 0 { result[name] = value }
    }
    return result
  }
}

extension Quantity {
  /// An equal share, rounded down: cpu in thousandths, everything else in whole units.
  func divided(by count: Int, named name: String) -> Quantity {
    let count = Int64(Swift.max(1, count))
    return name == "cpu" ? Quantity(milli: milli / count) : Quantity(value / count)
  }
}
