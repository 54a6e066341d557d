internal import GantryModel

/// What a candidate is worth against the base, in a sentence.
struct Verdict {
  /// From best to worst.
  enum Rank: Int, Comparable {
    /// Reaches its goal where the base does not, or better in time or cost and worse in neither.
    case better
    /// Better in one, worse in the other.
    case tradeOff
    case same
    case worse
    /// More runs fail than with the base.
    case fails
    /// Other pipelines ran, or another number of runs: what differs is not what the choice is worth.
    case otherLoad
    /// They run nothing in common.
    case incomparable

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  let base: Candidate
  let new: Candidate

  /// The part of build time that is saved; negative when it takes longer; nil when unknown.
  var timeSaved: Double? {
    guard let was = base.meanSeconds, let now = new.meanSeconds, was > 0 else { return nil }
    return (was - now) / was
  }

  /// Half the 95 % interval of `timeSaved`; nil without replications of both.
  var timeHalfWidth: Double? {
    guard let was = base.meanSeconds, was > 0 else { return nil }
    return ReplicationChange(base, new)?.change(of: .mean)?.halfWidth.map { $0 / was }
  }

  var monthSaved: Double? {
    guard let was = base.monthlyUSD, let now = new.monthlyUSD else { return nil }
    return was - now
  }

  // 1: better, -1: worse, 0: no difference that can be told.
  private var time: Int {
    guard let timeSaved, timeSaved.magnitude >= max(Driver.smallest, timeHalfWidth ?? 0) else {
      return 0
    }
    return timeSaved > 0 ? 1 : -1
  }

  private var money: Int {
    guard let monthSaved, monthSaved.magnitude >= 0.5 else { return 0 }
    return monthSaved > 0 ? 1 : -1
  }

  var rank: Rank {
    if base.runCount == 0 || new.runCount == 0 { return .incomparable }
    if failureShare(new) > failureShare(base) { return .fails }
    if load != nil { return .otherLoad }
    if failureShare(new) < failureShare(base) { return .better }
    if time == 0 && money == 0 { return .same }
    if time >= 0 && money >= 0 { return .better }
    return time <= 0 && money <= 0 ? .worse : .tradeOff
  }

  private func failureShare(_ candidate: Candidate) -> Double {
    Double(candidate.failedCount) / Double(max(1, candidate.runCount))
  }

  /// The sentence, without a full stop.
  var text: String {
    switch rank {
    case .incomparable:
      return "\(new.name) and \(base.name) have no pipeline in common; \(clusterCosts)"
    case .fails:
      let failing = "\(new.name) is no choice: " + failures(new) + " (\(failures(base)))"
      return load.map { "\($0.text). \(failing)" } ?? failing
    case .otherLoad: return "\(load?.text ?? ""), so nothing here is a saving: \(differences)"
    case .better where new.failedCount == 0 && base.failedCount > 0:
      return "\(new.name) succeeds where \(base.name) does not: \(failures(base))"
    default: return timesAndCosts
    }
  }

  private func failures(_ candidate: Candidate) -> String {
    let all = Figures.count(candidate.runCount, "run")
    let failures = Figures.grouped(Int64(candidate.failedCount))
    return "\(failures) of \(all) did not succeed with \(candidate.name)"
  }

  /// How what both ran differs; nil where it is the same.
  private var load: LoadDifference? { LoadDifference(base: base, new: new) }

  /// What differs between unlike loads, without judging it.
  private var differences: String {
    let times =
      switch time {
      case 1: "a run takes \(percent) less time with \(new.name)"
      case -1: "a run takes \(percent) longer with \(new.name)"
      default: "a run takes as long with \(new.name)"
      }
    let failing = base.failedCount + new.failedCount > 0 ? "; \(failures(base))" : ""
    return "\(times), \(clusterCosts)\(failing)"
  }

  /// The change of time, with the ends of its interval: `13 % (95 %: 11 to 15 %)`.
  private var percent: String {
    let size = (timeSaved ?? 0).magnitude * 100
    let half = (timeHalfWidth ?? 0) * 100
    // Less than the last digit shown is no interval that could be told.
    guard half >= 0.05 else { return "\(Figures.fixed(size, 0))\u{A0}%" }
    let decimals = half < 0.95 ? 1 : 0
    func shown(_ value: Double) -> String { Figures.fixed(value, decimals) }
    return "\(shown(size))\u{A0}%\u{A0}(95\u{A0}%: \(shown(size - half)) to "
      + "\(shown(size + half))\u{A0}%)"
  }

  private var dollars: String { Figures.wholeUSD((monthSaved ?? 0).magnitude) }

  private var clusterCosts: String {
    switch money {
    case 1: "its cluster costs \(dollars) a month less"
    case -1: "its cluster costs \(dollars) a month more"
    default: "their clusters cost the same"
    }
  }

  private var timesAndCosts: String {
    switch (time, money) {
    case (1, 1):
      "\(new.name) saves \(percent) of build time and \(dollars) a month against \(base.name)"
    case (1, 0): "\(new.name) saves \(percent) of build time against \(base.name) at the same cost"
    case (1, _):
      "\(new.name) saves \(percent) of build time for \(dollars) a month more than \(base.name)"
    case (0, 1): "\(new.name) saves \(dollars) a month against \(base.name); builds take as long"
    case (0, 0): "\(new.name) and \(base.name) do not differ in build time or cost"
    case (0, _): "\(new.name) costs \(dollars) a month more than \(base.name); builds take as long"
    case (_, 1):
      "\(new.name) saves \(dollars) a month against \(base.name), but builds take \(percent) longer"
    case (_, 0):
      "with \(new.name) builds take \(percent) longer than with \(base.name), at the same cost"
    default:
      "\(new.name) costs \(dollars) a month more than \(base.name), and builds take \(percent) longer"
    }
  }
}
