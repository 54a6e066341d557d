public import GantryModel

/// The samples of a point in order, and the independent values that they give.
public struct SampleSeries: Sendable {
  /// By replication and batch.
  public let samples: [PointSample]

  /// Takes samples that are in order of replication and batch.
  public init(_ samples: [PointSample]) { self.samples = samples }

  /// Takes the replications of a simulation that is not part of a sweep.
  ///
  /// Stored by versions that did not keep run times, they have none and so no quantiles.
  public init(_ replications: [ReplicationSummary]) {
    samples = replications.map { one in
      var sample = PointSample(replication: one.replication)
      sample.runCount = one.endedRuns
      sample.failedRuns = one.failedRuns
      sample.makespanSeconds = one.makespanSeconds
      sample.times = one.times
      return sample
    }
  }

  /// The mean run time of each sample.
  public var means: [Double] { samples.compactMap { $0.times?.mean } }

  /// A figure of each whole replication: batches of one share it.
  public func values(_ path: KeyPath<PointSample, Double>) -> [Double] {
    samples.filter { $0.batch == 0 }.map { $0[keyPath: path] }
  }

  /// How many samples in a row have runs enough for a quantile; nil when no run ended at all.
  public func sectionSize(for quantile: Quantile) -> Int? {
    let fewest = samples.filter { $0.times != nil }.map(\.runCount).min()
    guard let fewest, fewest > 0 else { return nil }
    return (quantile.leastCount + fewest - 1) / fewest
  }

  /// The quantile of each section of `size` samples; of all runs together where they do not fill one.
  public func values(_ quantile: Quantile, sectionSize size: Int) -> [Double] {
    let known = samples.filter { $0.times != nil }
    if size == 1 { return known.compactMap { $0.times.map { Self.own(quantile, $0) } } }
    guard known.count >= size else {
      return [Self.joint(quantile, known[...])].compactMap { $0 }
    }
    return stride(from: 0, through: known.count - size, by: size).compactMap {
      Self.joint(quantile, known[$0..<($0 + size)])
    }
  }

  /// A quantile of run times over all samples with its interval; nil when no run ended.
  public func estimate(_ quantile: Quantile) -> Estimate? {
    sectionSize(for: quantile).flatMap { size in
      MeanInterval(values(quantile, sectionSize: size))?.estimate
    }
  }

  private static func own(_ quantile: Quantile, _ times: PointSample.RunTimes) -> Double {
    switch quantile {
    case .p50: times.p50
    case .p95: times.p95
    default: times.p99
    }
  }

  private static func joint(_ quantile: Quantile, _ samples: ArraySlice<PointSample>) -> Double? {
    quantile.value(ofSorted: samples.flatMap { $0.times?.all ?? [] }.sorted())
  }

  /// The independent values of a measure.
  public func values(of measure: SweepPlan.Measure) -> [Double] {
    switch measure {
    case .mean: means
    case .p95: sectionSize(for: .p95).map { values(.p95, sectionSize: $0) } ?? []
    }
  }

  /// Changes against another series with the same luck, pair by pair.
  public func changes(
    from base: SampleSeries, of measure: SweepPlan.Measure
  ) -> [Double] {
    switch measure {
    case .mean:
      let (own, other) = Self.paired(self, base)
      return zip(own.means, other.means).map { $0 - $1 }
    case .p95: return changes(from: base, at: .p95)
    }
  }

  /// Changes of a quantile, section by section: both are cut into the same ones.
  public func changes(from base: SampleSeries, at quantile: Quantile) -> [Double] {
    let (own, other) = Self.paired(self, base)
    guard let mine = own.sectionSize(for: quantile), let its = other.sectionSize(for: quantile)
    else { return [] }
    let size = max(mine, its)
    return zip(
      own.values(quantile, sectionSize: size), other.values(quantile, sectionSize: size)
    ).map { $0 - $1 }
  }

  /// Changes of a figure that whole replications have, pair by pair.
  public func changes(of path: KeyPath<PointSample, Double>, from base: SampleSeries) -> [Double] {
    var known: [Int: Double] = [:]
    for sample in base.samples where sample.batch == 0 {
      known[sample.replication] = sample[keyPath: path]
    }
    return samples.filter { $0.batch == 0 }.compactMap { sample in
      known[sample.replication].map { sample[keyPath: path] - $0 }
    }
  }

  /// The samples of the replications and batches in which runs of both ended.
  public static func paired(_ a: SampleSeries, _ b: SampleSeries) -> (SampleSeries, SampleSeries) {
    struct Key: Hashable {
      var replication: Int
      var batch: Int
    }
    func key(_ sample: PointSample) -> Key {
      Key(replication: sample.replication, batch: sample.batch)
    }
    let inA = Set(a.samples.filter { $0.times != nil }.map(key))
    let common = inA.intersection(b.samples.filter { $0.times != nil }.map(key))
    return (
      SampleSeries(a.samples.filter { common.contains(key($0)) }),
      SampleSeries(b.samples.filter { common.contains(key($0)) })
    )
  }
}
