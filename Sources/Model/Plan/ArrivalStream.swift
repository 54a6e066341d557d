/// When runs of a template are created.
public struct ArrivalStream: Sendable, Hashable {
  /// The shape of the arrivals.
  public enum Process: Sendable, Hashable {
    /// `count` at the same moment.
    case burst(count: Int)
    /// One every `interval` seconds, `count` in all.
    case every(interval: Double, count: Int)
    /// Poisson arrivals with a mean `rate` per hour, `count` in all.
    case poisson(ratePerHour: Double, count: Int)
    /// At these seconds after the start of the simulation.
    case times([Double])
  }

  /// How many runs it creates, if no horizon comes before.
  public var count: Int {
    switch process {
    case .burst(let count), .every(_, let count), .poisson(_, let count): count
    case .times(let moments): moments.count
    }
  }

  /// The template's position in the plan.
  public var template: Int
  public var process: Process
  /// Seconds from the start of the simulation to the start of the stream.
  public var start: Double = 0
  /// Daily opening hours (seconds since midnight, simulation starts at midnight); nil is always.
  public var businessHours: BusinessHours?

  /// Working hours in which runs arrive.
  public struct BusinessHours: Sendable, Hashable {
    /// Seconds after midnight.
    public var from: Double
    public var to: Double
    /// Whether Saturday and Sunday are closed; the simulation starts on a Monday.
    public var weekdaysOnly: Bool

    /// Makes working hours.
    public init(from: Double, to: Double, weekdaysOnly: Bool) {
      self.from = from
      self.to = to
      self.weekdaysOnly = weekdaysOnly
    }
  }

  /// Makes a stream.
  public init(template: Int, process: Process) {
    self.template = template
    self.process = process
  }
}
