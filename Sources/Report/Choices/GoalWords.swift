internal import GantryModel

/// Limits and what they limit in words.
struct GoalWords {
  let page: Page

  /// `p95 < 12m00s`.
  func goal(_ goal: ServiceGoal) -> String {
    "\(goal.measure.rawValue)\u{A0}<\u{A0}\(amount(goal.limit, goal))"
  }

  /// Several limits: `p95 < 12m00s, wait < 5 %`.
  func goals(_ goals: [ServiceGoal]) -> String { goals.map(goal).joined(separator: ", ") }

  /// A value in the unit of a limit.
  func amount(_ value: Double, _ goal: ServiceGoal) -> String {
    switch goal.measure.unit {
    case .seconds: Figures.spoken(value)
    case .share: Figures.percent(value)
    case .usd where goal.measure == .monthUSD: Figures.wholeUSD(value)
    case .usd: Figures.usd(value)
    }
  }

  /// An estimate of what a limit is of.
  func estimate(_ estimate: Estimate?, _ goal: ServiceGoal) -> String {
    let text = EstimateText(page: page)
    switch goal.measure {
    case .waitShare, .failed: return text.percent(estimate)
    case .monthUSD: return "USD\u{A0}" + text.wholeUSD(estimate)
    case .runUSD: return "USD\u{A0}" + text.usd(estimate)
    default: return text.time(estimate)
    }
  }
}
