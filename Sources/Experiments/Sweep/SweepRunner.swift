public import GantryModel

/// Simulates the points of a sweep on several threads until each has the samples that it needs.
///
/// What comes out depends on the points and the plan only: not on the number of threads, nor on
/// which samples were known before.
public struct SweepRunner: Sendable {
  /// A point with what is known of it already.
  public struct Job: Sendable {
    public var simulator: PointSimulator
    /// In order of replication and batch.
    public var known: [PointSample]

    /// Joins a point with its known samples.
    public init(_ simulator: PointSimulator, known: [PointSample] = []) {
      self.simulator = simulator
      self.known = known
    }
  }

  /// Samples of one point that were just made.
  public struct Batch: Sendable {
    /// The position of its job.
    public var job: Int
    public var samples: [PointSample]
    /// The replications that the samples are of.
    public var replications: Range<Int>
  }

  /// How far a sweep has come.
  public struct Progress: Sendable {
    public var done: Int
    /// The replications that are wanted so far; grows where a precision is asked for.
    public var wanted: Int

    /// Joins both counts.
    public init(done: Int, wanted: Int) {
      self.done = done
      self.wanted = wanted
    }
  }

  /// More replications in a row would make others wait, fewer would cost more than they are worth.
  private static let longestPiece = 16

  private let plan: SweepPlan
  private let threads: Int

  /// Takes what is asked for and how many threads to use.
  public init(_ plan: SweepPlan, threads: Int) {
    self.plan = plan
    self.threads = max(1, threads)
  }

  /// All samples of every job, in order; nil when `keep` said to stop.
  ///
  /// `keep` gets every batch as soon as it is there, one at a time, and says whether to go on; what
  /// is under way on other threads is finished and kept first.
  public func run(
    _ jobs: [Job], keep: (Batch, Progress) throws -> Bool
  ) async throws -> [[PointSample]]? {
    let rule = ReplicationRule(plan)
    var samples = jobs.map(\.known)
    var target = jobs.map { _ in rule.start }
    var open = Array(jobs.indices)
    var progress = Progress(done: 0, wanted: 0)
    while !open.isEmpty {
      let pieces = missing(open, samples, target)
      progress.wanted += pieces.reduce(0) { $0 + $1.replications.count }
      let isFinished = try await simulate(pieces, jobs) { batch in
        samples[batch.job] += batch.samples
        progress.done += batch.replications.count
        return try keep(batch, progress)
      }
      guard isFinished else { return nil }
      for job in open {
        samples[job].sort { ($0.replication, $0.batch) < ($1.replication, $1.batch) }
      }
      open = open.filter { job in
        let enough = samples[job].filter { $0.replication < target[job] }
        guard let next = rule.next(after: enough, count: target[job]) else {
          samples[job] = enough
          return false
        }
        target[job] = next
        return true
      }
    }
    return samples
  }

  /// A stretch of replications of one job.
  private struct Piece: Sendable {
    var job: Int
    var replications: Range<Int>
  }

  /// What the jobs lack up to their targets, cut so that all threads have work until the end.
  private func missing(_ open: [Int], _ samples: [[PointSample]], _ target: [Int]) -> [Piece] {
    var gaps: [Piece] = []
    for job in open {
      let known = Set(samples[job].map(\.replication))
      var start: Int?
      for replication in 0...target[job] {
        let isMissing = replication < target[job] && !known.contains(replication)
        if isMissing, start == nil { start = replication }
        if !isMissing, let first = start {
          gaps.append(Piece(job: job, replications: first..<replication))
          start = nil
        }
      }
    }
    let total = gaps.reduce(0) { $0 + $1.replications.count }
    let length = min(Self.longestPiece, max(1, total / (threads * 4)))
    return gaps.flatMap { gap in
      stride(from: gap.replications.lowerBound, to: gap.replications.upperBound, by: length).map {
        Piece(job: gap.job, replications: $0..<min($0 + length, gap.replications.upperBound))
      }
    }
  }

  /// Plays out the pieces; false when `keep` said to stop before the last one.
  private func simulate(
    _ pieces: [Piece], _ jobs: [Job], keep: (Batch) throws -> Bool
  ) async throws -> Bool {
    try await withThrowingTaskGroup(of: Batch.self) { group in
      var next = 0
      func start() {
        let piece = pieces[next]
        next += 1
        group.addTask {
          Batch(
            job: piece.job,
            samples: jobs[piece.job].simulator.samples(of: piece.replications),
            replications: piece.replications)
        }
      }
      while next < min(threads, pieces.count) { start() }
      var goesOn = true
      while let batch = try await group.next() {
        // The next piece first, so that its thread does not wait for the store.
        if goesOn, next < pieces.count { start() }
        goesOn = try keep(batch) && goesOn
      }
      return goesOn || next == pieces.count
    }
  }
}
