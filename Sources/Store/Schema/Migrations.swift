internal import GRDB

/// The steps that brought the tables to their present shape: append, never change.
enum Migrations {
  /// `GANT` in ASCII: marks an SQLite file as a gantry store (PRAGMA application_id).
  static let applicationID: Int32 = 0x4741_4E54

  /// A step by name, as kept in the table `grdb_migrations`.
  struct Step {
    var name: String
    var sql: String
  }

  /// In the order they are applied.
  static let steps: [Step] = [
    Step(name: "1 tables", sql: Tables.version1),
    Step(name: "1 views", sql: Views.version1),
    Step(name: "2 nodes under pressure", sql: NodePressure.version2),
    Step(name: "sweep tables", sql: SweepTables.version1),
    Step(name: "sweep views", sql: SweepViews.version1),
    Step(name: "runs summed up", sql: TallyTables.version1),
    Step(name: "sweep commands", sql: SweepTables.commands),
    Step(name: "activities", sql: ActivityTables.version1),
    Step(name: "run times of replications", sql: ReplicationTimes.version1),
    Step(name: "sweep samples of their own", sql: SweepViews.ownSamples),
  ]

  /// Applies the steps that a store lacks, each in a transaction of its own.
  static func migrator(upTo count: Int = steps.count) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (position, step) in steps.prefix(count).enumerated() {
      migrator.registerMigration(step.name) { db in
        try db.execute(sql: step.sql)
        try db.execute(sql: "PRAGMA user_version = \(position + 1)")
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      }
    }
    return migrator
  }
}
