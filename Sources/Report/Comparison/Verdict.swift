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
    /// They run nothing in common.
    case incomparable

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  let base: Candidate
  let new: Candidate

  /// The part of build time that is saved; negative when it takes longer; nil when unknown.
  var timeSaved: Double? {
    if let means = replicatedMeans {
      return means.base > 0 ? (means.base - means.new) / means.base : nil
    }
    guard let was = base.meanSeconds, let now = new.meanSeconds, was > 0 else { return nil }
    return (was - now) / was
  }

  /// Half the 95 % interval of `timeSaved`; nil without replications of both.
  var timeHalfWidth: Double? {
    guard let means = replicatedMeans, means.base > 0 else { return nil }
    return ReplicationChange(base, new)?.halfWidth(of: \.meanRunSeconds).map { $0 / means.base }
  }

  /// Means over replications, when both have several and ran the same pipelines only.
  private var replicatedMeans: (base: Double, new: Double)? {
    let (a, b) = (base.replicationMeans, new.replicationMeans)
    guard base.hasReplications, new.hasReplications, let was = Statistics.mean(a),
      let now = Statistics.mean(b)
    else { return nil }
    return (was, now)
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
    case .fails: return "\(new.name) is no choice: " + failures(new) + " (\(failures(base)))"
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

  private var percent: String {
    let share = Figures.fixed((timeSaved ?? 0).magnitude * 100, 0)
    guard let half = timeHalfWidth else { return "\(share)\u{A0}%" }
    let width = Figures.fixed(half * 100, half < 0.0095 ? 1 : 0)
    return "\(share)\u{A0}%\u{A0}(±\u{A0}\(width))"
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
