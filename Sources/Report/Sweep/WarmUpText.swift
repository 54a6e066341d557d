internal import GantryModel

/// Why a warm-up leaves no runs to count, and which one would.
struct WarmUpText {
  let warmUp: SweepPlan.WarmUp
  /// Over replications, when the last run of one was created; nil where that is not known.
  let creations: ClosedRange<Double>?

  /// When the last runs of several points were created; nil unless that is known of one.
  static func creations(of points: [SweepPoint]) -> ClosedRange<Double>? {
    let known = points.compactMap(\.lastCreations)
    guard let low = known.map(\.lowerBound).min(), let high = known.map(\.upperBound).max() else {
      return nil
    }
    return low...high
  }

  /// In a sentence that begins with a small letter.
  var explanation: String {
    "all runs end, but none counts: they were created during the warm-up\(span). \(remedy)"
  }

  private var span: String {
    guard case .seconds(let seconds) = warmUp else { return "" }
    let all = " of \(Figures.spoken(seconds))"
    guard let creations else { return all }
    let (first, last) = (Self.floor(creations.lowerBound), Self.floor(creations.upperBound))
    if last == "0s" { return "\(all), all at the start" }
    return first == last
      ? "\(all), the last one after \(last)"
      : "\(all), the last one of a replication after \(first) to \(last)"
  }

  private var remedy: String {
    guard let creations else { return "A shorter --warm-up, or runs that keep coming, leave some." }
    let most = Self.floor(creations.lowerBound)
    return most == "0s"
      ? "No --warm-up leaves any of them: leave it out, or let runs keep coming (ratePerHour, every)."
      : "A --warm-up of at most \(most) leaves some in every replication."
  }

  /// A time that is not rounded up: as a warm-up it has to leave the run that was created then.
  private static func floor(_ seconds: Double) -> String {
    seconds < 10
      ? Figures.duration((seconds * 10).rounded(.down) / 10)
      : Figures.wholeSeconds(seconds.rounded(.down))
  }
}
