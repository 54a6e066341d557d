import GantryKernel
import GantryModel
public import GantryUnits

/// The moments at which a stream creates its runs, in order.
///
/// Poisson gaps are drawn per (stream, index), so that other streams and points do not shift them.
func arrivalTimes(
  of stream: ArrivalStream, index: Int, seed: UInt64, replication: Int, horizon: Instant?
) -> [Instant] {
  var times: [Double] = []
  switch stream.process {
  case .burst(let count):
    times = Array(repeating: 0, count: count)
  case .every(let interval, let count):
    times = (0..<count).map { Double($0) * interval }
  case .times(let list):
    times = list.sorted()
  case .poisson(let rate, let count):
    let draws = RandomStream(seed: seed, replication: UInt64(replication))
      .stream(entity: UInt64(index), purpose: Purpose.arrival.rawValue)
    var clock = 0.0
    for draw in 0..<count {
      clock += draws.exponential(UInt64(draw), mean: 3600 / rate)
      times.append(clock)
    }
  }
  let hours = stream.businessHours
  let moments = times.map { time in
    Instant.seconds(hours.map { openTime(time + stream.start, in: $0) } ?? time + stream.start)
  }
  return horizon.map { end in moments.filter { $0 < end } } ?? moments
}

extension PreparedPlan {
  /// When the last run of a replication is created; nil where none is.
  public func lastCreation(replication: Int) -> Instant? {
    plan.workload.enumerated().compactMap { index, stream in
      arrivalTimes(
        of: stream, index: index, seed: plan.seed, replication: replication, horizon: plan.horizon
      ).max()
    }.max()
  }
}

/// Maps a time counted in open hours to the clock: outside the hours nothing arrives.
private func openTime(_ open: Double, in hours: ArrivalStream.BusinessHours) -> Double {
  let day = 86_400.0
  let length = hours.to - hours.from
  let openDays = Int(open / length)
  let inDay = open - Double(openDays) * length
  let calendarDays = hours.weekdaysOnly ? openDays / 5 * 7 + openDays % 5 : openDays
  return Double(calendarDays) * day + hours.from + inDay
}

/// What a random draw decides.
enum Purpose: UInt32 {
  case arrival = 1
  /// The wait for the ready annotation.
  case ready
  /// The hand-over between steps.
  case handOver
  /// Ties between nodes.
  case tieBreak
  /// The amounts of steps.
  case figure
  /// The parts of a pod's start.
  case startWork
  case sandbox
  case initContainer
  case containerStart
}
