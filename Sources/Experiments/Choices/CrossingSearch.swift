import Foundation
public import GantryModel

/// Finds where the difference of two choices changes its sign along an axis.
///
/// A coarse grid first, so that several crossings are seen; then halving, both for the crossing and for
/// the ends of the stretch in which chance alone may tell the choices apart.
public struct CrossingSearch: Sendable {
  /// Points of the coarse grid.
  public static let gridCount = 9
  /// Halving stops when an interval is this share of its upper end.
  public static let tolerance = 0.005
  /// A range that grows by at least this factor is walked in equal ratios instead of equal steps.
  private static let geometricFrom = 8.0

  /// The difference, second choice minus first, at some values of the axis, in their order.
  public typealias Evaluation = (_ values: [Double]) async throws -> [Estimate?]

  private let axis: BreakevenAxis

  /// Takes the axis, whose range is not empty.
  public init(_ axis: BreakevenAxis) { self.axis = axis }

  /// The values of the coarse grid, both ends among them.
  public var grid: [Double] {
    let steps = Self.gridCount - 1
    var values: [Double] = []
    for step in 0...steps {
      var value = axis.high
      if step < steps {
        value = between(axis.low, axis.high, share: Double(step) / Double(steps))
      }
      if axis.isWhole { value = value.rounded() }
      if values.last.map({ $0 < value }) ?? true { values.append(value) }
    }
    return values
  }

  /// The crossings in rising order; every value is evaluated once.
  public func crossings(_ evaluate: @escaping Evaluation) async throws -> [BreakevenCrossing] {
    var walk = Walk(search: self, evaluate: evaluate)
    try await walk.look(grid)
    let signed = grid.filter { walk.sign($0) != 0 }
    var found: [BreakevenCrossing] = []
    for (left, right) in zip(signed, signed.dropFirst()) where walk.sign(left) != walk.sign(right) {
      let before = walk.sign(left)
      let pair = try await walk.halve(left, right) { Walk.sign($0) == before }
      found.append(
        BreakevenCrossing(
          value: place(pair, walk.known(pair.0), walk.known(pair.1)), low: nil, high: nil,
          isSecondBetterAbove: before > 0))
    }
    for index in found.indices {
      let before = index > 0 ? found[index - 1].value : axis.low
      let after = index + 1 < found.count ? found[index + 1].value : axis.high
      found[index].low = try await walk.lowerEnd(of: found[index], above: before)
      found[index].high = try await walk.upperEnd(of: found[index], below: after)
    }
    return found
  }

  /// What was evaluated so far, and where to look next.
  private struct Walk {
    let search: CrossingSearch
    let evaluate: Evaluation
    private var found: [Double: Estimate?] = [:]

    init(search: CrossingSearch, evaluate: @escaping Evaluation) {
      self.search = search
      self.evaluate = evaluate
    }

    func known(_ value: Double) -> Estimate? { found[value] ?? nil }

    static func sign(_ estimate: Estimate?) -> Int {
      guard let estimate, estimate.value != 0 else { return 0 }
      return estimate.value < 0 ? -1 : 1
    }

    func sign(_ value: Double) -> Int { Self.sign(known(value)) }

    private static func isTold(_ estimate: Estimate?) -> Bool { estimate?.excludesZero ?? false }

    private var values: [Double] { found.keys.sorted() }

    mutating func look(_ values: [Double]) async throws {
      let new = values.filter { found[$0] == nil }
      guard !new.isEmpty else { return }
      for (value, estimate) in zip(new, try await evaluate(new)) { found[value] = .some(estimate) }
    }

    /// The narrowest stretch between two values in which what holds at the lower one is lost.
    mutating func halve(
      _ from: Double, _ to: Double, while isBelow: (Estimate?) -> Bool
    ) async throws -> (Double, Double) {
      var (low, high) = (from, to)
      while let middle = search.middle(low, high) {
        try await look([middle])
        if isBelow(known(middle)) { low = middle } else { high = middle }
      }
      return (low, high)
    }

    /// The last value below a crossing at which the choices are told apart; nil when there is none.
    mutating func lowerEnd(
      of crossing: BreakevenCrossing, above least: Double
    ) async throws -> Double? {
      let sign = crossing.isSecondBetterAbove ? 1 : -1
      func isTold(_ estimate: Estimate?) -> Bool {
        Self.isTold(estimate) && Self.sign(estimate) == sign
      }
      let near = values.filter { $0 >= least && $0 <= crossing.value }
      guard let told = near.last(where: { isTold(known($0)) }) else { return nil }
      guard let open = near.first(where: { $0 > told }) else { return told }
      return try await halve(told, open, while: isTold).0
    }

    /// The first value above a crossing at which the choices are told apart; nil when there is none.
    mutating func upperEnd(
      of crossing: BreakevenCrossing, below most: Double
    ) async throws -> Double? {
      let sign = crossing.isSecondBetterAbove ? -1 : 1
      func isTold(_ estimate: Estimate?) -> Bool {
        Self.isTold(estimate) && Self.sign(estimate) == sign
      }
      let near = values.filter { $0 >= crossing.value && $0 <= most }
      guard let told = near.first(where: { isTold(known($0)) }) else { return nil }
      guard let open = near.last(where: { $0 < told }) else { return told }
      return try await halve(open, told) { !isTold($0) }.1
    }
  }

  /// The value to look at next; nil when two values are as near as need be.
  fileprivate func middle(_ low: Double, _ high: Double) -> Double? {
    if axis.isWhole {
      let middle = ((low + high) / 2).rounded(.down)
      return middle > low && middle < high ? middle : nil
    }
    let width = max(high.magnitude, (axis.high - axis.low) / 100)
    guard high - low > Self.tolerance * width else { return nil }
    let middle = between(low, high, share: 0.5)
    return middle > low && middle < high ? middle : nil
  }

  /// Where a straight line between two ends is 0; for whole numbers the first one beyond.
  private func place(
    _ pair: (Double, Double), _ low: Estimate?, _ high: Estimate?
  ) -> Double {
    guard !axis.isWhole, let low = low?.value, let high = high?.value, low != high else {
      return pair.1
    }
    let share = min(1, max(0, low / (low - high)))
    return pair.0 + (pair.1 - pair.0) * share
  }

  /// A value between two others: in ratios on wide ranges of positive numbers, else in steps.
  private func between(_ low: Double, _ high: Double, share: Double) -> Double {
    guard axis.low > 0, axis.high / axis.low >= Self.geometricFrom else {
      return low + (high - low) * share
    }
    return low * pow(high / low, share)
  }
}
