/// Results whose runs were summed up instead of kept, and the views that count them in.
enum TallyTables {
  static let version1 = """
    CREATE TABLE run_tally (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      pipeline TEXT NOT NULL,
      runs INTEGER NOT NULL,
      failed_runs INTEGER NOT NULL,
      ended_runs INTEGER NOT NULL,
      mean_run_s REAL,
      p50_run_s REAL,
      p95_run_s REAL,
      p99_run_s REAL,
      shortest_run_s REAL,
      longest_run_s REAL,
      wait_s REAL NOT NULL,
      lifetime_s REAL NOT NULL,
      queue_s REAL NOT NULL,
      volume_s REAL NOT NULL,
      image_s REAL NOT NULL,
      cpu_s REAL NOT NULL,
      read_s REAL NOT NULL,
      write_s REAL NOT NULL,
      overhead_s REAL NOT NULL,
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tally_path (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      pipeline TEXT NOT NULL,
      pipeline_task TEXT,
      kind TEXT NOT NULL,
      label TEXT NOT NULL,
      seconds REAL NOT NULL,
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tally_failure (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      run TEXT NOT NULL,
      pipeline TEXT NOT NULL,
      status TEXT NOT NULL,
      duration_s REAL,
      cause TEXT NOT NULL,
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE simulation ADD COLUMN further_node_events INTEGER NOT NULL DEFAULT 0;

    DROP VIEW v_simulations;
    CREATE VIEW v_simulations AS
      WITH costs AS (
        SELECT s.id,
          (SELECT coalesce(sum(amount_usd), 0.0) FROM cost_line c WHERE c.simulation_id = s.id)
            AS total_usd,
          (SELECT coalesce(sum(amount_usd), 0.0) FROM cost_month_line c
            WHERE c.simulation_id = s.id) AS monthly_usd
        FROM simulation s)
      SELECT s.id AS simulation_id, s.scenario, s.label, s.created_at, s.region, s.makespan_s,
        coalesce(t.runs, count(p.id)) AS runs,
        coalesce(t.failed_runs, sum(p.status NOT IN ('Succeeded', 'Completed')), 0)
          AS failed_runs,
        coalesce(t.mean_run_s, avg(p.completion_s - p.created_s)) AS mean_run_s,
        coalesce(avg(p.used_usd + p.idle_share_usd), c.total_usd / nullif(t.runs, 0))
          AS mean_run_usd,
        c.total_usd, c.monthly_usd
      FROM simulation s JOIN costs c ON c.id = s.id
        LEFT JOIN pipeline_run p ON p.simulation_id = s.id
        LEFT JOIN run_tally t ON t.simulation_id = s.id AND t.position = 0
      GROUP BY s.id ORDER BY s.id;

    DROP VIEW v_wait_share;
    CREATE VIEW v_wait_share AS
      WITH times AS (
        SELECT p.simulation_id, sum(t.wait_s) AS wait_s,
          sum(t.completion_s - t.ready_s) AS lifetime_s
        FROM pipeline_run p JOIN task_run t ON t.pipeline_run_id = p.id
        WHERE t.completion_s IS NOT NULL GROUP BY p.simulation_id
        UNION ALL
        SELECT simulation_id, wait_s, lifetime_s FROM run_tally WHERE position = 0)
      SELECT s.id AS simulation_id, s.scenario, s.label, t.wait_s, t.lifetime_s,
        t.wait_s / nullif(t.lifetime_s, 0) AS wait_share
      FROM simulation s JOIN times t ON t.simulation_id = s.id
      ORDER BY s.id;

    DROP VIEW v_critical_path;
    CREATE VIEW v_critical_path AS
      WITH stretches AS (
        SELECT p.simulation_id, c.kind, c.end_s - c.start_s AS seconds
        FROM pipeline_run p JOIN critical_path c ON c.pipeline_run_id = p.id
        UNION ALL
        SELECT simulation_id, kind, seconds FROM tally_path)
      SELECT s.id AS simulation_id, s.scenario, s.label, c.kind,
        sum(c.seconds) AS critical_path_s,
        sum(c.seconds) / nullif(sum(sum(c.seconds)) OVER (PARTITION BY s.id), 0) AS share
      FROM simulation s JOIN stretches c ON c.simulation_id = s.id
      GROUP BY s.id, c.kind ORDER BY s.id, critical_path_s DESC, c.kind;

    DROP VIEW v_layouts;
    CREATE VIEW v_layouts AS
      WITH ranked AS (
        SELECT simulation_id, scenario, label, pipeline, duration_s, cost_usd,
          status NOT IN ('Succeeded', 'Completed') AS failed,
          row_number() OVER (PARTITION BY simulation_id, pipeline
            ORDER BY duration_s IS NULL, duration_s) AS rank,
          count(duration_s) OVER (PARTITION BY simulation_id, pipeline) AS ended
        FROM v_runs)
      SELECT simulation_id, scenario, label, pipeline, count(*) AS runs,
        sum(failed) AS failed_runs,
        max(CASE WHEN rank = (ended + 1) / 2 THEN duration_s END) AS p50_run_s,
        max(CASE WHEN rank = (ended * 95 + 99) / 100 THEN duration_s END) AS p95_run_s,
        avg(cost_usd) AS mean_run_usd
      FROM ranked GROUP BY simulation_id, pipeline
      UNION ALL
      SELECT t.simulation_id, v.scenario, v.label, t.pipeline, t.runs, t.failed_runs,
        t.p50_run_s, t.p95_run_s, v.mean_run_usd
      FROM run_tally t JOIN v_simulations v ON v.simulation_id = t.simulation_id
      WHERE t.position > 0
      ORDER BY simulation_id, pipeline;

    """
}
