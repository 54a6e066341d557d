public import GantryUnits

/// The limits of a token bucket: a burst rate while credits last, a baseline without them.
///
/// EC2 network credits, gp2 and EFS burst credits and T-family CPU credits are all this one thing.
/// Rates are in units per second, credits in the same units; the units are the caller's.
@frozen
public struct TokenBucketLimits: BitwiseCopyable, Hashable, Sendable {
  /// The rate while there are credits, in units per second.
  public var burst: Double
  /// The rate without credits, which is also the rate at which credits are earned.
  public var baseline: Double
  /// The most credits the bucket holds, in units.
  public var maximumCredits: Double
  /// The credits at the start, in units.
  public var initialCredits: Double
  /// The credits that must be back before a bucket that ran dry bursts again, in units; with 0,
  /// any credit will do.
  public var resumeCredits: Double

  /// Makes limits.
  ///
  /// - Precondition: Rates and credits are finite and not negative, `burst` is at least
  ///   `baseline`, and neither `initialCredits` nor `resumeCredits` exceeds `maximumCredits`.
  public init(
    burst: Double, baseline: Double, maximumCredits: Double, initialCredits: Double,
    resumeCredits: Double = 0
  ) {
    precondition(
      baseline >= 0 && burst >= baseline && burst.isFinite,
      "a bucket needs 0 <= baseline <= burst, got \(baseline) and \(burst)")
    precondition(
      maximumCredits.isFinite && 0 <= initialCredits && initialCredits <= maximumCredits
        && 0 <= resumeCredits && resumeCredits <= maximumCredits,
      "credits \(initialCredits), \(resumeCredits) must lie within 0...\(maximumCredits)")
    self.burst = burst
    self.baseline = baseline
    self.maximumCredits = maximumCredits
    self.initialCredits = initialCredits
    self.resumeCredits = resumeCredits
  }
}

/// The state of a token bucket under a throughput that is constant between two calls.
///
/// Credits change by `baseline − throughput` per second and stay within 0 and the maximum. The
/// bucket throttles when they reach zero and bursts again when they exceed zero and have reached
/// `resumeCredits`. Both moments are computed, never polled: ask `transition(throughput:)`.
@frozen
public struct TokenBucket: BitwiseCopyable, Sendable {
  /// The limits.
  public let limits: TokenBucketLimits
  /// The credits, in units.
  public private(set) var credits: Double
  /// Whether the bucket ran dry, so that only the baseline is offered.
  public private(set) var isThrottled: Bool

  /// Makes a bucket with its initial credits.
  public init(_ limits: TokenBucketLimits) {
    self.limits = limits
    credits = limits.initialCredits
    isThrottled = limits.initialCredits == 0
  }

  /// The rate offered now, in units per second.
  public var capacity: Double { isThrottled ? limits.baseline : limits.burst }

  /// Lets time pass at a constant throughput in units per second.
  public mutating func advance(by span: Span, throughput: Double) {
    guard span.nanoseconds > 0 else { return }
    let change = (limits.baseline - throughput) * (Double(span.nanoseconds) / 1e9)
    credits = min(max(credits + change, 0), limits.maximumCredits)
    if credits == 0 {
      isThrottled = true
    } else if credits >= limits.resumeCredits {
      isThrottled = false
    }
  }

  /// The time until the offered rate changes if the throughput stays as it is, rounded up to a
  /// whole nanosecond; nil when it never does.
  ///
  /// A throttled bucket without `resumeCredits` has no upward transition: it offers the burst rate
  /// as soon as any credit is there, and while credits grow the baseline binds nobody.
  public func transition(throughput: Double) -> Span? {
    let gain = limits.baseline - throughput
    let wait: Double
    if isThrottled {
      guard gain > 0, limits.resumeCredits > 0 else { return nil }
      wait = max(limits.resumeCredits - credits, 0) * 1e9 / gain
    } else {
      guard gain < 0 else { return nil }
      wait = credits * 1e9 / -gain
    }
    guard let nanoseconds = ceilingNanoseconds(wait) else { return nil }
    return Span(nanoseconds: nanoseconds)
  }

  /// Makes the change that `transition(throughput:)` announced, at its instant.
  ///
  /// The instant was rounded up, so the state is set exactly instead of being read off a rounded
  /// product.
  public mutating func reachTransition(throughput: Double) {
    if throughput > limits.baseline {
      credits = 0
      isThrottled = true
    } else {
      credits = max(credits, limits.resumeCredits)
      isThrottled = false
    }
  }
}
