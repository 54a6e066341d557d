internal import GRDB
internal import GantryModel

/// Gives activities of a simulation their rows, each on first sight.
struct ActivityWriter {
  private struct Entry {
    var activity: Activity
    /// The position of its row.
    var id: Int64
    /// The entry that came after it the last time; itself at first.
    var follower: Int
  }

  private let db: Database
  private let simulation: Int64
  private let insertActivity: Insertion
  private let insertAssumption: Insertion
  private var entries: [Entry] = []
  private var known: [Activity: Int] = [:]
  private var latest = 0

  init(_ db: Database, simulation: Int64) {
    self.db = db
    self.simulation = simulation
    insertActivity = Insertion(into: "activity", columns: 4, numbersItself: true, db)
    insertAssumption = Insertion(into: "activity_assumption", columns: 3, db)
  }

  /// The position of an activity's row.
  mutating func position(of activity: Activity) throws -> Int64 {
    if let expected = entries.indices.contains(latest) ? entries[latest].follower : nil,
      entries[expected].activity == activity
    {
      // Runs are much alike: to compare is quicker than to look up.
      latest = expected
      return entries[expected].id
    }
    let index = try known[activity] ?? add(activity)
    entries[latest].follower = index
    latest = index
    return entries[index].id
  }

  private mutating func add(_ activity: Activity) throws -> Int {
    try insertActivity.insert(
      simulation, activity.pipelineTask, activity.kind.name, activity.label)
    let id = db.lastInsertedRowID
    try insertAssumption.insert(activity.assumptions) { position, assumption in
      (id, position, assumption)
    }
    let index = entries.count
    entries.append(Entry(activity: activity, id: id, follower: index))
    known[activity] = index
    return index
  }
}
