import GantryCompiler
public import GantryModel

/// The range of a figure: the one that its text states, else the one of what it rests on.
public struct FactorRanges: Sendable {
  /// The assumptions behind ranges that nobody stated, with the scenario's values.
  public let assumptions: [Assumption]

  /// Takes the scenario's values of the assumptions.
  public init(_ scenario: ScenarioFile) {
    assumptions = RangeFigure.all.map { figure in
      guard let own = scenario.assumptions.last(where: { $0.id.value == figure.id }) else {
        return figure
      }
      var figure = figure
      figure.value = own.value
      figure.source = "set in the scenario"
      return figure
    }
  }

  /// Ends of the default range as factors of the value.
  public func factors(_ basis: Factor.Basis) -> (low: Double, high: Double) {
    let figure =
      switch basis {
      case .measured: RangeFigure.measured
      case .published: RangeFigure.published
      case .estimate: RangeFigure.estimate
      case .guess: RangeFigure.guess
      }
    let value = assumptions.first { $0.id == figure.id }?.value ?? figure.value
    if basis == .guess {
      // A factor below 1 means the same as its inverse.
      let factor = value > 0 ? max(value, 1 / value) : 1
      return (1 / factor, factor)
    }
    return (max(0, 1 - value), 1 + value)
  }

  /// An assumption as a factor, its shares still 0.
  func factor(_ assumption: Assumption) -> Factor {
    let basis: Factor.Basis =
      switch assumption.confidence {
      case .measured: .measured
      case .estimate: .estimate
      case .guess: .guess
      }
    var factor = factor(
      assumption.id, assumption.text, assumption.value, assumption.unit, basis, assumption.source)
    if let stated = RangeFigure.stated(assumption) {
      factor.low = stated.lowerBound
      factor.high = stated.upperBound
      factor.isRangeStated = true
    }
    return factor
  }

  /// A figure with the range of its basis, its shares still 0.
  func factor(
    _ id: String, _ text: String, _ value: Double, _ unit: String, _ basis: Factor.Basis,
    _ source: String
  ) -> Factor {
    let ends = factors(basis)
    return Factor(
      id: id, text: text, value: value, unit: unit, basis: basis, source: source,
      low: value * ends.low, high: value * ends.high, isRangeStated: false, pathShare: 0,
      billShare: 0)
  }
}
