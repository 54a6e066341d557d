import GantryExperiments
import GantryModel
import GantryStore

/// Finishes a sweep whose points were made in several places.
struct SweepCompletion {
  let store: Store

  /// The sweep with its estimates, which are stored; every point has to be there.
  func complete(_ id: Int64) throws -> SweepRecord {
    let access = StoreAccess()
    var sweep = try access.attempt { try store.loadSweep(id: id) }
    sweep.isComplete = true
    let filled = SweepAnalysis.filled(sweep)
    try access.attempt { try store.finishSweep(filled, id: id) }
    return filled
  }
}
