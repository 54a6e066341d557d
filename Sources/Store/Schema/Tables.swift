/// The tables.
///
/// `GantryStore.docc/Schema.md` says what every column means.
enum Tables {
  static let version1 = simulationTables + runTables + costTables + findingTables

  private static let simulationTables = """
    CREATE TABLE input (
      id INTEGER PRIMARY KEY,
      digest INTEGER NOT NULL,
      content TEXT NOT NULL
    ) STRICT;
    CREATE INDEX input_digest ON input(digest);

    CREATE TABLE simulation (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      input_id INTEGER NOT NULL REFERENCES input(id),
      scenario TEXT NOT NULL,
      label TEXT,
      created_at TEXT NOT NULL,
      program_version TEXT NOT NULL,
      catalog_version TEXT NOT NULL,
      region TEXT NOT NULL,
      seed INTEGER NOT NULL,
      replication_count INTEGER NOT NULL,
      input_hash TEXT NOT NULL,
      cluster_origin TEXT NOT NULL,
      makespan_s REAL NOT NULL
    ) STRICT;
    CREATE INDEX simulation_input ON simulation(input_id);
    CREATE INDEX simulation_hash ON simulation(input_hash);
    CREATE INDEX simulation_label ON simulation(label);

    CREATE TABLE node (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      pool TEXT NOT NULL,
      instance_type TEXT NOT NULL,
      architecture TEXT NOT NULL CHECK (architecture IN ('amd64', 'arm64')),
      zone TEXT NOT NULL,
      is_control_plane INTEGER NOT NULL CHECK (is_control_plane IN (0, 1)),
      vcpu INTEGER NOT NULL,
      memory_gib REAL NOT NULL,
      cpu_utilisation REAL NOT NULL,
      peak_pods INTEGER NOT NULL,
      bytes_in REAL NOT NULL,
      bytes_out REAL NOT NULL,
      image_bytes REAL NOT NULL,
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE replication (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      replication INTEGER NOT NULL,
      makespan_s REAL NOT NULL,
      mean_run_s REAL NOT NULL,
      p95_run_s REAL NOT NULL,
      failed_runs INTEGER NOT NULL,
      total_usd REAL NOT NULL,
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    """

  private static let runTables = """
    CREATE TABLE pipeline_run (
      id INTEGER PRIMARY KEY,
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      pipeline TEXT NOT NULL,
      status TEXT NOT NULL,
      reason TEXT NOT NULL,
      message TEXT NOT NULL,
      created_s REAL NOT NULL,
      completion_s REAL,
      used_usd REAL NOT NULL,
      idle_share_usd REAL NOT NULL,
      UNIQUE (simulation_id, position)
    ) STRICT;

    CREATE TABLE task_run (
      id INTEGER PRIMARY KEY,
      pipeline_run_id INTEGER NOT NULL REFERENCES pipeline_run(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      pipeline_task TEXT NOT NULL,
      status TEXT NOT NULL,
      reason TEXT NOT NULL,
      message TEXT NOT NULL,
      node TEXT,
      instance_type TEXT,
      architecture TEXT CHECK (architecture IN ('amd64', 'arm64')),
      ready_s REAL NOT NULL,
      start_s REAL,
      completion_s REAL,
      wait_s REAL NOT NULL,
      attempts INTEGER NOT NULL,
      queue_s REAL,
      volume_s REAL,
      image_s REAL,
      cpu_s REAL,
      read_s REAL,
      write_s REAL,
      overhead_s REAL,
      UNIQUE (pipeline_run_id, position)
    ) STRICT;

    CREATE TABLE skipped_task (
      pipeline_run_id INTEGER NOT NULL REFERENCES pipeline_run(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (pipeline_run_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE step (
      task_run_id INTEGER NOT NULL REFERENCES task_run(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      start_s REAL NOT NULL,
      end_s REAL NOT NULL,
      failed INTEGER NOT NULL CHECK (failed IN (0, 1)),
      PRIMARY KEY (task_run_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE segment (
      task_run_id INTEGER NOT NULL REFERENCES task_run(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL,
      start_s REAL NOT NULL,
      end_s REAL NOT NULL,
      label TEXT NOT NULL,
      PRIMARY KEY (task_run_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE critical_path (
      pipeline_run_id INTEGER NOT NULL REFERENCES pipeline_run(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      pipeline_task TEXT,
      kind TEXT NOT NULL,
      start_s REAL NOT NULL,
      end_s REAL NOT NULL,
      label TEXT NOT NULL,
      PRIMARY KEY (pipeline_run_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE critical_path_assumption (
      pipeline_run_id INTEGER NOT NULL,
      path_position INTEGER NOT NULL,
      position INTEGER NOT NULL,
      assumption_id TEXT NOT NULL,
      PRIMARY KEY (pipeline_run_id, path_position, position),
      FOREIGN KEY (pipeline_run_id, path_position)
        REFERENCES critical_path(pipeline_run_id, position) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    """

  private static let costTables = """
    CREATE TABLE cost_line (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      service TEXT NOT NULL,
      item TEXT NOT NULL,
      quantity REAL NOT NULL,
      unit TEXT NOT NULL,
      rate_usd REAL NOT NULL,
      amount_usd REAL NOT NULL,
      source TEXT NOT NULL,
      is_fixed INTEGER NOT NULL CHECK (is_fixed IN (0, 1)),
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE cost_month_line (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      service TEXT NOT NULL,
      item TEXT NOT NULL,
      quantity REAL NOT NULL,
      unit TEXT NOT NULL,
      rate_usd REAL NOT NULL,
      amount_usd REAL NOT NULL,
      source TEXT NOT NULL,
      is_fixed INTEGER NOT NULL CHECK (is_fixed IN (0, 1)),
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE run_cost (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      used_usd REAL NOT NULL,
      idle_share_usd REAL NOT NULL,
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    """

  private static let findingTables = """
    CREATE TABLE assumption_use (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      assumption_id TEXT NOT NULL,
      text TEXT NOT NULL,
      value REAL NOT NULL,
      unit TEXT NOT NULL,
      confidence TEXT NOT NULL,
      source TEXT NOT NULL,
      critical_path_s REAL NOT NULL,
      critical_path_share REAL NOT NULL,
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE diagnostic (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      severity TEXT NOT NULL,
      code TEXT NOT NULL,
      message TEXT NOT NULL,
      file TEXT,
      line INTEGER,
      "column" INTEGER,
      suggestion TEXT,
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE diagnostic_note (
      simulation_id INTEGER NOT NULL,
      diagnostic_position INTEGER NOT NULL,
      position INTEGER NOT NULL,
      message TEXT NOT NULL,
      file TEXT,
      line INTEGER,
      "column" INTEGER,
      PRIMARY KEY (simulation_id, diagnostic_position, position),
      FOREIGN KEY (simulation_id, diagnostic_position)
        REFERENCES diagnostic(simulation_id, position) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    """
}
