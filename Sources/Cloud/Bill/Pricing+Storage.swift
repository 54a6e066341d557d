import GantryModel
import GantryUnits

extension Pricing {
  /// Block volumes of claims: from creation until their PipelineRun object is deleted.
  func claimCharges(_ outcome: Outcome, _ period: BillingPeriod) -> [Charge] {
    plan.templates.enumerated().flatMap { template, run in
      run.claims.enumerated().flatMap { position, claim -> [Charge] in
        guard case .block(let volume, _) = claim.backing, let rates = volumeRates[volume.kind]
        else { return [] }
        var seconds = tallied(template, position, outcome, period).seconds
        var weights = [Double](repeating: 0, count: outcome.runs.count)
        for usage in outcome.claims where usage.claim == position {
          guard weights.indices.contains(usage.run), outcome.runs[usage.run].template == template
          else { continue }
          let life = max(life(of: usage, outcome, period), ClaimUsage.leastBilledSeconds)
          weights[usage.run] += life
          seconds += life
        }
        return rates.charges(
          volume, months: seconds / BillingPeriod.secondsPerMonth, what: "claims of runs",
          isFixed: false, share: .runs(weights))
      }
    }
  }

  /// How long claims of runs that were summed up exist in a period, in all, and that times their bytes.
  ///
  /// The least time billed counts for those that are kept together, not for each.
  private func tallied(
    _ template: Int, _ position: Int, _ outcome: Outcome, _ period: BillingPeriod
  ) -> (seconds: Double, byteSeconds: Double) {
    var seconds = 0.0
    var byteSeconds = 0.0
    let kinds = (outcome.tally?.claims ?? [:]).filter {
      $0.key.template == template && $0.key.claim == position
    }
    // In an order of their own: sums of doubles depend on it.
    for (_, claims) in kinds.sorted(by: { ($0.key.zone ?? "") < ($1.key.zone ?? "") }) {
      seconds += claims.deletedSeconds
      byteSeconds += claims.deletedByteSeconds
      let count = Double(claims.kept)
      if period.repetitions != nil {
        seconds += count * keptWhenRepeated
        byteSeconds += claims.keptBytes * keptWhenRepeated
      } else {
        let end = outcome.makespan.seconds + (period.isMonth ? keptAfterEnd(outcome) : 0)
        seconds += max(count * end - claims.keptCreated, count * ClaimUsage.leastBilledSeconds)
        byteSeconds += max(claims.keptBytes * end - claims.keptByteCreated, 0)
      }
    }
    return (seconds, byteSeconds)
  }

  /// The volumes of registries in the cluster, which are there whatever runs.
  func registryCharges(_ period: BillingPeriod) -> [Charge] {
    let months = period.billedSeconds / BillingPeriod.secondsPerMonth
    return plan.services.compactMap(\.volume).flatMap { volume in
      volumeRates[volume.kind]?.charges(
        volume, months: months, what: "internal registry", isFixed: true, share: .common) ?? []
    }
  }

  /// Requests to S3, and what it stores: as long as claims are kept.
  func objectCharges(_ outcome: Outcome, _ period: BillingPeriod) -> [Charge] {
    guard plan.services.contains(where: \.isObjectStore) else { return [] }
    let usage = outcome.objects
    let byteSeconds =
      period.repetitions != nil
      ? usage.bytes * keptWhenRepeated
      : usage.byteSeconds + (period.isMonth ? usage.bytes * keptAfterEnd(outcome) : 0)
    return [
      Charge(
        service: "S3", item: "Standard storage, objects of runs",
        quantity: byteSeconds / 1_073_741_824 / BillingPeriod.secondsPerMonth,
        unit: "GiB-month", rate: rates.s3Storage, isFixed: false,
        share: .runs(outcome.runs.map(\.use.objectBytes))),
      Charge(
        service: "S3", item: "requests that write (PUT, POST, LIST)",
        quantity: usage.writes / 1000, unit: "1000", rate: rates.s3Writes, isFixed: false,
        share: .runs(outcome.runs.map(\.use.objectWrites))),
      Charge(
        service: "S3", item: "requests that read (GET, HEAD)", quantity: usage.reads / 1000,
        unit: "1000", rate: rates.s3Reads, isFixed: false,
        share: .runs(outcome.runs.map(\.use.objectReads))),
    ]
  }

  func fileSystemCharges(_ outcome: Outcome, _ period: BillingPeriod) -> [Charge] {
    plan.fileSystems.enumerated().flatMap { index, spec -> [Charge] in
      let usage = index < outcome.fileSystems.count ? outcome.fileSystems[index] : FileSystemUsage()
      return storageCharges(index, spec, usage, outcome, period)
        + throughputCharges(spec, usage, outcome, period)
    }
  }

  private func storageCharges(
    _ index: Int, _ spec: FileSystemSpec, _ usage: FileSystemUsage, _ outcome: Outcome,
    _ period: BillingPeriod
  ) -> [Charge] {
    let rate = spec.isOneZone ? rates.efsOneZone : rates.efsStandard
    let kind = spec.isOneZone ? "One Zone" : "Standard"
    let weights = storageWeights(index, outcome, period)
    let byteSeconds =
      period.repetitions != nil
      ? lives(index, outcome, period).reduce(0, +) + talliedBytes(index, outcome, period)
      : period.isMonth
        ? usage.byteSeconds + usage.storedAtEnd * keptAfterEnd(outcome) : usage.byteSeconds
    return [
      Charge(
        service: "EFS", item: "\(kind) storage, stored besides the runs",
        quantity: spec.stored.gib * period.months, unit: "GiB-month", rate: rate, isFixed: true,
        share: .common),
      Charge(
        service: "EFS", item: "\(kind) storage, claims of runs",
        quantity: byteSeconds / 1_073_741_824 / BillingPeriod.secondsPerMonth,
        unit: "GiB-month", rate: rate, isFixed: false,
        share: .runs(weights)),
    ]
  }

  private func throughputCharges(
    _ spec: FileSystemSpec, _ usage: FileSystemUsage, _ outcome: Outcome, _ period: BillingPeriod
  ) -> [Charge] {
    switch spec.mode {
    case .bursting: return []
    case .provisioned:
      // Only what exceeds the throughput that comes with the stored size is charged.
      let included = rates.efsBaselinePerGiB.value / 1024 * spec.stored.gib
      let billed = max(spec.provisioned.value / 1_048_576 - included, 0)
      return [
        Charge(
          service: "EFS", item: "provisioned throughput", quantity: billed * period.months,
          unit: "(MiB/s)-month", rate: rates.efsProvisioned, isFixed: true, share: .common)
      ]
    case .elastic:
      return [
        Charge(
          service: "EFS", item: "Elastic throughput, read", quantity: usage.meteredRead / 1e9,
          unit: "GB", rate: rates.efsRead, isFixed: false,
          share: .runs(outcome.runs.map(\.use.fileSystemMeteredRead))),
        Charge(
          service: "EFS", item: "Elastic throughput, written", quantity: usage.meteredWritten / 1e9,
          unit: "GB", rate: rates.efsWrite, isFixed: false,
          share: .runs(outcome.runs.map(\.use.fileSystemMeteredWritten))),
      ]
    }
  }

  /// The byte-seconds of each run's claims on a file system; bytes written where none are known.
  private func storageWeights(
    _ fileSystem: Int, _ outcome: Outcome, _ period: BillingPeriod
  ) -> [Double] {
    let weights = lives(fileSystem, outcome, period)
    return weights.contains { $0 > 0 } ? weights : outcome.runs.map(\.use.fileSystemWritten)
  }

  /// The byte-seconds of each run's claims on a file system.
  private func lives(
    _ fileSystem: Int, _ outcome: Outcome, _ period: BillingPeriod
  ) -> [Double] {
    var lives = [Double](repeating: 0, count: outcome.runs.count)
    for usage in outcome.claims where lives.indices.contains(usage.run) {
      guard plannedClaim(usage, outcome)?.backing == .fileSystem(fileSystem) else { continue }
      lives[usage.run] += usage.bytes * life(of: usage, outcome, period)
    }
    return lives
  }

  /// The same of runs that were summed up, together.
  private func talliedBytes(
    _ fileSystem: Int, _ outcome: Outcome, _ period: BillingPeriod
  ) -> Double {
    guard outcome.tally != nil else { return 0 }
    var sum = 0.0
    for (template, run) in plan.templates.enumerated() {
      for (position, claim) in run.claims.enumerated()
      where claim.backing == .fileSystem(fileSystem) {
        sum += tallied(template, position, outcome, period).byteSeconds
      }
    }
    return sum
  }

  private func plannedClaim(_ usage: ClaimUsage, _ outcome: Outcome) -> PlannedClaim? {
    guard outcome.runs.indices.contains(usage.run) else { return nil }
    let template = outcome.runs[usage.run].template
    guard plan.templates.indices.contains(template) else { return nil }
    let claims = plan.templates[template].claims
    return claims.indices.contains(usage.claim) ? claims[usage.claim] : nil
  }

  /// Seconds a claim exists in a period: to the end of the simulation, or for as long as runs are kept.
  private func life(of usage: ClaimUsage, _ outcome: Outcome, _ period: BillingPeriod) -> Double {
    if period.repetitions != nil, usage.deleted == nil { return keptWhenRepeated }
    let simulated = max(((usage.deleted ?? outcome.makespan) - usage.created).seconds, 0)
    let isKept = period.isMonth && usage.deleted == nil
    return isKept ? simulated + keptAfterEnd(outcome) : simulated
  }

  /// Seconds that claims stay in the month after the simulation.
  private func keptAfterEnd(_ outcome: Outcome) -> Double {
    let rest = max(BillingPeriod.secondsPerMonth - outcome.makespan.seconds, 0)
    return min(services.claimRetention ?? rest, rest)
  }

  /// Seconds that a claim of a month full of runs is there: what is never deleted is there for half
  /// of the month on average, since runs are spread evenly over it.
  private var keptWhenRepeated: Double {
    min(services.claimRetention ?? .infinity, BillingPeriod.secondsPerMonth / 2)
  }
}
