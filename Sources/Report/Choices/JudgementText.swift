internal import GantryModel

/// What choices are judged by, in words and digits.
struct JudgementText {
  let judgement: Judgement
  let page: Page
  /// Leaves out intervals, for columns that have no room for them.
  var isBrief = false

  /// Pages below this width have no room for intervals in tables.
  static let narrow = 56

  init(judgement: Judgement, page: Page) {
    self.judgement = judgement
    self.page = page
  }

  /// What the measure is called in a sentence.
  var name: String {
    switch judgement.measure {
    case .value: "a month's bill and the time waited in it"
    case .month: "the bill of a month"
    case .run: "the bill of a run"
    case .mean: "the mean run time"
    case .p95: "the p95 of run times"
    }
  }

  /// What the measure is called above a column.
  var title: String {
    switch judgement.measure {
    case .value: "USD a month with waiting"
    case .month: "USD a month"
    case .run: "USD a run"
    case .mean: "mean"
    case .p95: "p95"
    }
  }

  /// How the measure is counted, where that needs words; nil where it does not.
  var explanation: String? {
    let builds = judgement.monthlyRuns.map {
      "\(Figures.plain(($0 / Judgement.daysPerMonth * 100).rounded() / 100)) builds a day"
    }
    switch judgement.measure {
    case .value:
      return "Judged by \(name): \(builds ?? "no builds"), a minute of waiting for one worth "
        + Figures.usd(judgement.minuteWorth)
    case .month: return builds.map { "Judged by \(name), with \($0)" } ?? "Judged by \(name)"
    default: return "Judged by \(name)"
    }
  }

  /// A value of the measure, with the currency where it is money.
  func sentence(_ estimate: Estimate?) -> String {
    judgement.measure.isTime ? text(estimate) : "USD\u{A0}" + text(estimate)
  }

  /// A value or change of the measure.
  func text(_ estimate: Estimate?, signed: Bool = false) -> String {
    let text = EstimateText(page: page)
    let whole =
      switch judgement.measure {
      case .value, .month: text.wholeUSD(estimate, signed: signed)
      case .run: text.usd(estimate, signed: signed)
      case .mean, .p95: text.time(estimate, signed: signed)
      }
    return isBrief ? whole.withoutInterval(page) : whole
  }
}

extension String {
  /// An estimate without its half width.
  func withoutInterval(_ page: Page) -> String {
    firstRange(of: "\u{A0}\(page.plusMinus)").map { String(self[..<$0.lowerBound]) } ?? self
  }
}
