import GantryKernel
import GantryModel
import GantryUnits

// Claims: made with their run, deleted with it; access points of a file system are few.

extension Simulation {
  /// Makes the claims of a run; pods wait for those that are not bound at once.
  mutating func makeClaims(of run: Int, template: PlannedRun) {
    for (position, claim) in template.claims.enumerated() {
      var state = ClaimState(
        ready: now, usage: ClaimUsage(run: run, claim: position, created: now))
      switch claim.backing {
      case .fileSystem(let system):
        if claim.isPerRun {
          state.ready = takeAccessPoint(of: system)
          state.waitsForAccessPoint = state.ready == nil
        }
      case .block(let spec, let waits):
        state.volume = makeVolume(claim, spec, namespace: template.namespace)
        if claim.isPerRun { state.ready = waits ? nil : now + .seconds(plan.control.volumeCreate) }
      case .unprovisionable:
        if claim.isPerRun { state.ready = nil }
      }
      runs[run].claims.append(state)
      if state.waitsForAccessPoint, case .fileSystem(let system) = claim.backing {
        accessPoints[system].waiting.append((run, position))
      }
    }
    announceClaims(of: run)
  }

  /// Queues the moment at which the last of a run's claims is bound.
  private mutating func announceClaims(of run: Int) {
    guard let last = runs[run].claims.compactMap(\.ready).max(), last > now else { return }
    queue.push(
      at: last, phase: .request, kind: EventKind.claimReady.rawValue, payload: UInt32(run))
  }

  /// When a new access point is there; nil when the file system has no more.
  private mutating func takeAccessPoint(of system: Int) -> Instant? {
    if let limit = plan.fileSystems[system].accessPointLimit, accessPoints[system].used >= limit {
      return nil
    }
    accessPoints[system].used += 1
    outcome.fileSystems[system].accessPointsPeak = max(
      outcome.fileSystems[system].accessPointsPeak, accessPoints[system].used)
    return now + .seconds(plan.control.accessPoint)
  }

  /// Queues the deletion of a finished run's claims, where they are not kept to the end.
  mutating func scheduleDeletion(of run: Int) {
    let planned = plan.templates[runs[run].template].claims
    let keeps = planned.compactMap { claim -> Double? in
      guard claim.isPerRun, case .fileSystem(let system) = claim.backing else { return nil }
      return plan.fileSystems[system].keepClaims
    }
    guard let keep = keeps.max() else { return }
    runs[run].awaitsDeletion = true
    queue.push(
      at: now + .seconds(keep), phase: .request, kind: EventKind.claimsDeleted.rawValue,
      payload: UInt32(run))
  }

  /// A run's object is deleted, and its claims with it: their access points serve others.
  mutating func deleteClaims(run: Int) {
    let planned = plan.templates[runs[run].template].claims
    for (position, claim) in planned.enumerated() where claim.isPerRun {
      runs[run].claims[position].usage.deleted = now
      let state = runs[run].claims[position]
      guard case .fileSystem(let system) = claim.backing else { continue }
      if state.waitsForAccessPoint {
        accessPoints[system].waiting.removeAll { $0 == (run, position) }
        continue
      }
      let bytes = state.usage.bytes
      accessPoints[system].used -= 1
      accessPoints[system].deletedBytes += bytes
      fileSystemMoments[system] -= bytes * now.seconds
      serveNextClaim(of: system)
    }
    runs[run].awaitsDeletion = false
    letGoOfEndedRuns()
  }

  private mutating func serveNextClaim(of system: Int) {
    // Runs that ended while they waited need it no more.
    while let first = accessPoints[system].waiting.first, !runs.indices.contains(first.run) {
      accessPoints[system].waiting.removeFirst()
    }
    guard let (run, position) = accessPoints[system].waiting.first,
      let ready = takeAccessPoint(of: system)
    else { return }
    accessPoints[system].waiting.removeFirst()
    runs[run].claims[position].ready = ready
    runs[run].claims[position].waitsForAccessPoint = false
    announceClaims(of: run)
  }

  /// Why a claim is not bound.
  func pendingReason(of claim: Int, run: Int) -> String? {
    let planned = plan.templates[runs[run].template].claims[claim]
    switch planned.backing {
    case .unprovisionable(let why): return "the claim '\(planned.name)' cannot be bound: \(why)"
    case .fileSystem(let system) where runs[run].claims[claim].waitsForAccessPoint:
      let spec = plan.fileSystems[system]
      return "the claim '\(planned.name)' is Pending: the file system '\(spec.name)' has no access "
        + "point left of \(spec.accessPointLimit ?? 0), which earlier runs' claims keep"
    default: return nil
    }
  }
}

/// The access points of a file system during a replication.
struct AccessPoints {
  var used = 0
  /// Claims that wait for one, in order, by run and position.
  var waiting: [(run: Int, claim: Int)] = []
  /// Bytes of claims deleted so far.
  var deletedBytes = 0.0
}
