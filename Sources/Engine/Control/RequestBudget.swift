import GantryUnits

/// The requests that a process of the controllers may send: a token bucket that may go into debt, so
/// that requests are served in the order in which they come.
struct RequestBudget {
  private let rate: Double
  private let burst: Double
  private var tokens: Double
  private var moment: Instant = .zero

  /// So many requests a second, after so many at once; a rate of 0 is no limit.
  init(rate: Double, burst: Double) {
    self.rate = rate
    self.burst = burst
    tokens = burst
  }

  /// Takes requests out of the budget; how long until the last of them may be sent.
  mutating func take(_ requests: Double, at now: Instant) -> Span {
    guard rate > 0, requests > 0 else { return .zero }
    tokens = min(burst, tokens + (now - moment).seconds * rate) - requests
    moment = now
    return tokens >= 0 ? .zero : .seconds(-tokens / rate)
  }
}
