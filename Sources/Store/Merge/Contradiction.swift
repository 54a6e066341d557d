internal import GantryModel

/// Results of the same inputs that differ: one of two stores is wrong.
public struct Contradiction: Sendable, Hashable {
  /// What the results are of, as stores know it.
  public enum Subject: Sendable, Hashable {
    /// A sample: its design, replication and batch.
    case sample(design: String, replication: Int, batch: Int)
    /// A result of `simulate`, by the hash of its inputs.
    case simulation(inputHash: String)
    /// A point of a sweep, which stands for different designs.
    case point(sweep: String, position: Int)
  }

  public var subject: Subject
  /// What the results are of, for people.
  public var place: String
  /// The first figure that differs, as the store's tables call it.
  public var figure: String
  /// Its value in the store that takes in.
  public var own: String
  /// Its value in the other store.
  public var theirs: String
}

extension Contradiction {
  /// The first difference of two results of `simulate` that have the same inputs; nil without one.
  init?(_ record: SimulationRecord, against own: SimulationRecord) {
    let pairs = zip(Self.figures(record), Self.figures(own))
    guard let pair = pairs.first(where: { $0 != $1 }) else { return nil }
    let name = record.label ?? record.scenario
    self.init(
      subject: .simulation(inputHash: record.inputHash),
      place: "result '\(name)' of inputs \(record.inputHash.prefix(12))", figure: pair.0.name,
      own: pair.1.value, theirs: pair.0.value)
  }

  /// What a simulation came to, figure by figure.
  private static func figures(_ record: SimulationRecord) -> [(name: String, value: String)] {
    [
      ("makespan_s", "\(record.makespanSeconds)"), ("total_usd", "\(record.cost.totalUSD)"),
      ("number of runs", "\(record.runs.count)"),
      ("number of replications", "\(record.replications.count)"),
    ]
      + record.replications.flatMap { one in
        [
          ("makespan_s of replication \(one.replication)", "\(one.makespanSeconds)"),
          ("mean_run_s of replication \(one.replication)", "\(one.meanRunSeconds)"),
          ("p95_run_s of replication \(one.replication)", "\(one.p95RunSeconds)"),
          ("total_usd of replication \(one.replication)", "\(one.totalUSD)"),
        ]
      }
      + record.runs.flatMap { run in
        [
          ("status of \(run.name)", run.status.rawValue),
          ("completion_s of \(run.name)", run.completionSeconds.map { "\($0)" } ?? "none"),
        ]
      }
  }
}
