public import GantryModel

/// The points of a sweep: axes multiplied, some of them paired, some points left out.
public struct Grid: Sendable {
  public let axes: [GridAxis]
  /// Axes that are walked together, by position; each axis is in one group.
  private let groups: [[Int]]
  /// What a point must have on all of the axes named to be left out: axis and value.
  private let exclusions: [[Int: String]]

  /// Checks how axes, pairs and exclusions fit together; nil after reporting.
  ///
  /// - Parameters:
  ///   - axes: In the order in which they were written; the last one changes fastest.
  ///   - zips: Paths with commas between them that are paired.
  ///   - exclusions: Pairs `path=value` with commas between them.
  ///   - sink: Where problems go, all of them.
  public init?(
    axes: [GridAxis], zips: [Located<String>] = [], exclusions: [Located<String>] = [],
    sink: DiagnosticSink
  ) {
    self.axes = axes
    let before = sink.diagnostics.count
    var seen: [String: SourceLocation] = [:]
    for axis in axes {
      if let first = seen.updateValue(axis.path.location, forKey: axis.path.value) {
        sink.error(
          "E0091", "the axis '\(axis.path.value)' is given twice", at: axis.path.location,
          notes: [.init("the other is here", at: first)])
      }
      if axis.values.isEmpty {
        sink.error("E0092", "\(axis.path.value) has no value to try", at: axis.path.location)
      }
      Grid.checkRepeated(axis, sink)
    }
    let reader = GridOptions(axes: axes, sink: sink)
    groups = reader.groups(zips)
    self.exclusions = exclusions.compactMap(reader.exclusion)
    if sink.diagnostics.count > before { return nil }
  }

  private static func checkRepeated(_ axis: GridAxis, _ sink: DiagnosticSink) {
    var seen: Set<String> = []
    for value in axis.values where !seen.insert(value.value).inserted {
      sink.error(
        "E0091", "\(axis.path.value) has the value '\(value.value)' twice", at: value.location)
    }
  }

  /// The points before exclusions; nil beyond what can be counted.
  public var product: Int? {
    groups.reduce(Optional(1)) { product, group in
      guard let product else { return nil }
      let (result, isTooBig) = product.multipliedReportingOverflow(
        by: axes[group[0]].values.count)
      return isTooBig ? nil : result
    }
  }

  /// Every point as the positions of its values, by axis; the last group changes fastest.
  /// - Precondition: `product` can be counted.
  /// - Complexity: O(product).
  public func points() -> [[Int]] {
    guard let total = product else { preconditionFailure("a grid of more points than can be") }
    var found: [[Int]] = []
    for number in 0..<total {
      var rest = number
      var point = Array(repeating: 0, count: axes.count)
      for group in groups.reversed() {
        let (next, value) = rest.quotientAndRemainder(dividingBy: axes[group[0]].values.count)
        for axis in group { point[axis] = value }
        rest = next
      }
      if !isExcluded(point) { found.append(point) }
    }
    return found
  }

  /// The first of some points that has the values of `path=value,path=value`; nil after reporting.
  public func position(
    matching option: Located<String>, in points: [[Int]], sink: DiagnosticSink
  ) -> Int? {
    guard let wanted = GridOptions(axes: axes, sink: sink).exclusion(option) else { return nil }
    let position = points.firstIndex { has(wanted, $0) }
    if position == nil {
      sink.error("E0095", "no point has '\(option.value)'", at: option.location)
    }
    return position
  }

  private func has(_ values: [Int: String], _ point: [Int]) -> Bool {
    values.allSatisfy { axis, value in axes[axis].values[point[axis]].value == value }
  }

  private func isExcluded(_ point: [Int]) -> Bool {
    exclusions.contains { has($0, point) }
  }
}
