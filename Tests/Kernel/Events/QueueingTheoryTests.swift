import GantryKernel
import GantryUnits
import Testing

/// A station with one queue and several servers, played on the event queue.
struct Station {
  private enum Kind: UInt32 { case arrival, departure }

  let servers: Int
  let meanGap: Double
  let meanService: Double
  let random: RandomStream
  var waits = RunningStatistics()
  var stays = RunningStatistics()
  var inSystem = TimeWeightedAverage()
  var end = Instant.zero

  init(servers: Int, meanGap: Double, meanService: Double, random: RandomStream) {
    self.servers = servers
    self.meanGap = meanGap
    self.meanService = meanService
    self.random = random
  }

  /// Serves so many customers; the first tenth is not counted among the waits.
  mutating func play(customers: Int) {
    var queue = EventQueue()
    let gaps = random.stream(entity: 0, purpose: 1)
    let services = random.stream(entity: 0, purpose: 2)
    var arrivals: [Instant] = []
    var next = 0
    var free = servers
    func gap(_ number: Int) -> Span { .seconds(gaps.exponential(UInt64(number), mean: meanGap)) }
    queue.push(at: .zero + gap(0), phase: .arrival, kind: 0, payload: 0)
    while let event = queue.popMin() {
      let now = event.instant
      end = now
      if event.kind == Kind.arrival.rawValue {
        arrivals.append(now)
        inSystem.add(1, at: now)
        if arrivals.count < customers {
          queue.push(
            at: now + gap(arrivals.count), phase: .arrival, kind: 0,
            payload: UInt32(arrivals.count))
        }
      } else {
        free += 1
        inSystem.add(-1, at: now)
        stays.add((now - arrivals[Int(event.payload)]).seconds)
      }
      while free > 0, next < arrivals.count {
        free -= 1
        if next >= customers / 10 { waits.add((now - arrivals[next]).seconds) }
        let service = Span.seconds(services.exponential(UInt64(next), mean: meanService))
        queue.push(at: now + service, phase: .completion, kind: 1, payload: UInt32(next))
        next += 1
      }
    }
  }
}

@Suite("closed forms of queueing theory")
struct QueueingTheoryTests {
  /// The mean wait in an M/M/c station by Erlang's formula C.
  static func erlangWait(servers: Int, meanGap: Double, meanService: Double) -> Double {
    let load = meanService / meanGap
    var term = 1.0
    var sum = 0.0
    for number in 0..<servers {
      sum += term
      term *= load / Double(number + 1)
    }
    let queued = term / (1 - load / Double(servers))
    return queued / (sum + queued) * meanService / (Double(servers) - load)
  }

  @Test("Erlang's formula for one server is ρ/(1 − ρ) service times")
  func oneServer() {
    // ρ = 0.8: 0.8 ÷ 0.2 · 4 s = 16 s.
    #expect(abs(Self.erlangWait(servers: 1, meanGap: 5, meanService: 4) - 16) < 1e-12)
  }

  @Test("the mean wait lies in the confidence interval", arguments: [1, 2, 5])
  func waits(servers: Int) throws {
    // 80 % busy: one customer in 5 s, and a service of 4 s per server.
    let meanService = 4.0 * Double(servers)
    var means = RunningStatistics()
    for replication in 0..<20 as Range<UInt64> {
      var station = Station(
        servers: servers, meanGap: 5, meanService: meanService,
        random: RandomStream(seed: 11, replication: replication))
      station.play(customers: 10_000)
      means.add(try #require(station.waits.mean))
    }
    let exact = Self.erlangWait(servers: servers, meanGap: 5, meanService: meanService)
    // Student's t for 19 degrees of freedom: 3.88 covers 99.9 %.
    let halfWidth = 3.88 * (try #require(means.standardError))
    #expect(abs(try #require(means.mean) - exact) < halfWidth)
    #expect(halfWidth < 0.2 * exact)
  }

  @Test("Little's law: the mean number is rate times mean stay, exactly")
  func little() throws {
    var station = Station(servers: 3, meanGap: 2, meanService: 5, random: RandomStream(seed: 3))
    station.play(customers: 5000)
    // Over a time that begins and ends empty this is an identity, not a limit.
    let number = try #require(station.inSystem.average(until: station.end))
    let rate = 5000 / station.end.seconds
    #expect(abs(number - rate * (try #require(station.stays.mean))) < 1e-9 * number)
  }
}
