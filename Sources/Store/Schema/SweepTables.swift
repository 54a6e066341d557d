/// The tables of sweeps.
///
/// A design is what one sample depends on besides its replication; sweeps share designs, so that no
/// sample is made twice. `GantryStore.docc/Schema.md` says what every column means.
enum SweepTables {
  static let version1 = designs + sweeps

  /// What makes the points that are missing.
  static let commands = """
    ALTER TABLE sweep ADD COLUMN command TEXT;
    ALTER TABLE sweep ADD COLUMN shards INTEGER;

    """

  private static let designs = """
    CREATE TABLE sweep_design (
      id INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      region TEXT NOT NULL
    ) STRICT;

    CREATE TABLE sweep_design_pool (
      design_id INTEGER NOT NULL REFERENCES sweep_design(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      pool TEXT NOT NULL,
      instance_type TEXT NOT NULL,
      nodes INTEGER NOT NULL,
      PRIMARY KEY (design_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sweep_design_load (
      design_id INTEGER NOT NULL REFERENCES sweep_design(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      resource TEXT NOT NULL,
      offered_share REAL NOT NULL,
      PRIMARY KEY (design_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sweep_sample (
      design_id INTEGER NOT NULL REFERENCES sweep_design(id) ON DELETE CASCADE,
      replication INTEGER NOT NULL,
      batch INTEGER NOT NULL,
      runs INTEGER NOT NULL,
      failed_runs INTEGER NOT NULL,
      open_runs INTEGER NOT NULL,
      warm_up_runs INTEGER NOT NULL,
      is_settled INTEGER NOT NULL CHECK (is_settled IN (0, 1)),
      makespan_s REAL NOT NULL,
      mean_run_s REAL,
      p50_run_s REAL,
      p95_run_s REAL,
      p99_run_s REAL,
      early_run_s REAL,
      late_run_s REAL,
      run_times BLOB,
      wait_share REAL NOT NULL,
      run_usd REAL NOT NULL,
      month_usd REAL NOT NULL,
      PRIMARY KEY (design_id, replication, batch)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sweep_pool_sample (
      design_id INTEGER NOT NULL,
      replication INTEGER NOT NULL,
      batch INTEGER NOT NULL,
      position INTEGER NOT NULL,
      pool TEXT NOT NULL,
      cpu_utilisation REAL NOT NULL,
      PRIMARY KEY (design_id, replication, batch, position),
      FOREIGN KEY (design_id, replication, batch)
        REFERENCES sweep_sample(design_id, replication, batch) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    """

  private static let sweeps = """
    CREATE TABLE sweep (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      hash TEXT NOT NULL UNIQUE,
      scenario TEXT NOT NULL,
      label TEXT,
      created_at TEXT NOT NULL,
      program_version TEXT NOT NULL,
      catalog_version TEXT NOT NULL,
      seed INTEGER NOT NULL,
      measure TEXT NOT NULL CHECK (measure IN ('p95', 'mean')),
      replications INTEGER NOT NULL,
      target_precision REAL,
      most_replications INTEGER NOT NULL,
      warm_up TEXT NOT NULL,
      baseline INTEGER NOT NULL,
      point_count INTEGER NOT NULL,
      is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1))
    ) STRICT;
    CREATE INDEX sweep_label ON sweep(label);
    CREATE INDEX sweep_scenario ON sweep(scenario);

    CREATE TABLE sweep_axis (
      sweep_id INTEGER NOT NULL REFERENCES sweep(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      path TEXT NOT NULL,
      PRIMARY KEY (sweep_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sweep_point (
      sweep_id INTEGER NOT NULL REFERENCES sweep(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      design_id INTEGER NOT NULL REFERENCES sweep_design(id),
      replications INTEGER,
      standing TEXT,
      caveats TEXT,
      PRIMARY KEY (sweep_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sweep_point_design ON sweep_point(design_id);

    CREATE TABLE sweep_value (
      sweep_id INTEGER NOT NULL,
      point INTEGER NOT NULL,
      axis INTEGER NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (sweep_id, point, axis),
      FOREIGN KEY (sweep_id, point) REFERENCES sweep_point(sweep_id, position) ON DELETE CASCADE,
      FOREIGN KEY (sweep_id, axis) REFERENCES sweep_axis(sweep_id, position) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sweep_estimate (
      sweep_id INTEGER NOT NULL,
      point INTEGER NOT NULL,
      measure TEXT NOT NULL,
      value REAL NOT NULL,
      half_width REAL,
      change REAL,
      change_half_width REAL,
      adjusted_p REAL,
      PRIMARY KEY (sweep_id, point, measure),
      FOREIGN KEY (sweep_id, point) REFERENCES sweep_point(sweep_id, position) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    """
}
