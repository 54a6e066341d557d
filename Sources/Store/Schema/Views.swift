/// Ready-made questions.
///
/// `GantryStore.docc/Schema.md` says what every column means.
enum Views {
  static let version1 = listing + details + uses

  private static let listing = """
    CREATE VIEW v_runs AS
      SELECT s.id AS simulation_id, s.scenario, s.label, p.name AS run, p.pipeline, p.status,
        p.reason, p.created_s, p.completion_s, p.completion_s - p.created_s AS duration_s,
        (SELECT sum(t.wait_s) FROM task_run t WHERE t.pipeline_run_id = p.id) AS wait_s,
        p.used_usd, p.idle_share_usd, p.used_usd + p.idle_share_usd AS cost_usd
      FROM simulation s JOIN pipeline_run p ON p.simulation_id = s.id
      ORDER BY s.id, p.position;

    CREATE VIEW v_simulations AS
      SELECT s.id AS simulation_id, s.scenario, s.label, s.created_at, s.region, s.makespan_s,
        count(p.id) AS runs,
        coalesce(sum(p.status NOT IN ('Succeeded', 'Completed')), 0) AS failed_runs,
        avg(p.completion_s - p.created_s) AS mean_run_s,
        avg(p.used_usd + p.idle_share_usd) AS mean_run_usd,
        (SELECT coalesce(sum(amount_usd), 0.0) FROM cost_line c WHERE c.simulation_id = s.id)
          AS total_usd,
        (SELECT coalesce(sum(amount_usd), 0.0) FROM cost_month_line c
          WHERE c.simulation_id = s.id) AS monthly_usd
      FROM simulation s LEFT JOIN pipeline_run p ON p.simulation_id = s.id
      GROUP BY s.id ORDER BY s.id;

    CREATE VIEW v_latest AS
      SELECT * FROM v_simulations WHERE simulation_id IN
        (SELECT max(id) FROM simulation GROUP BY scenario, coalesce(label, ''));

    """

  private static let details = """
    CREATE VIEW v_tasks AS
      SELECT s.id AS simulation_id, s.scenario, s.label, p.name AS run, p.pipeline,
        t.pipeline_task AS task, t.name AS task_run, t.status, t.node, t.instance_type,
        t.architecture, t.ready_s, t.start_s, t.completion_s, t.wait_s,
        t.completion_s - t.start_s AS duration_s, t.attempts, t.queue_s, t.volume_s, t.image_s,
        t.cpu_s, t.read_s, t.write_s, t.overhead_s
      FROM simulation s JOIN pipeline_run p ON p.simulation_id = s.id
        JOIN task_run t ON t.pipeline_run_id = p.id
      ORDER BY s.id, p.position, t.position;

    CREATE VIEW v_wait_share AS
      SELECT s.id AS simulation_id, s.scenario, s.label, sum(t.wait_s) AS wait_s,
        sum(t.completion_s - t.ready_s) AS lifetime_s,
        sum(t.wait_s) / nullif(sum(t.completion_s - t.ready_s), 0) AS wait_share
      FROM simulation s JOIN pipeline_run p ON p.simulation_id = s.id
        JOIN task_run t ON t.pipeline_run_id = p.id
      WHERE t.completion_s IS NOT NULL
      GROUP BY s.id ORDER BY s.id;

    CREATE VIEW v_critical_path AS
      SELECT s.id AS simulation_id, s.scenario, s.label, c.kind,
        sum(c.end_s - c.start_s) AS critical_path_s,
        sum(c.end_s - c.start_s) / nullif(sum(sum(c.end_s - c.start_s)) OVER
          (PARTITION BY s.id), 0) AS share
      FROM simulation s JOIN pipeline_run p ON p.simulation_id = s.id
        JOIN critical_path c ON c.pipeline_run_id = p.id
      GROUP BY s.id, c.kind ORDER BY s.id, critical_path_s DESC, c.kind;

    CREATE VIEW v_cost AS
      SELECT s.id AS simulation_id, s.scenario, s.label, 'simulated' AS period, c.service, c.item,
        c.quantity, c.unit, c.rate_usd, c.amount_usd, c.is_fixed, c.source
      FROM simulation s JOIN cost_line c ON c.simulation_id = s.id
      UNION ALL
      SELECT s.id, s.scenario, s.label, 'month', c.service, c.item,
        c.quantity, c.unit, c.rate_usd, c.amount_usd, c.is_fixed, c.source
      FROM simulation s JOIN cost_month_line c ON c.simulation_id = s.id;

    CREATE VIEW v_cost_by_service AS
      SELECT simulation_id, scenario, label, period, service, sum(amount_usd) AS amount_usd
      FROM v_cost GROUP BY simulation_id, period, service
      ORDER BY simulation_id, period DESC, amount_usd DESC, service;

    CREATE VIEW v_assumptions AS
      SELECT s.id AS simulation_id, s.scenario, s.label, a.assumption_id, a.value, a.unit,
        a.confidence, a.critical_path_s, a.critical_path_share, a.text, a.source
      FROM simulation s JOIN assumption_use a ON a.simulation_id = s.id
      ORDER BY s.id, a.critical_path_share DESC, a.position;

    """

  private static let uses = """
    CREATE VIEW v_instances AS
      SELECT v.simulation_id, v.scenario, v.label,
        (SELECT group_concat(of_type, ', ') FROM
          (SELECT count(*) || ' x ' || instance_type AS of_type FROM node n
            WHERE n.simulation_id = v.simulation_id AND NOT n.is_control_plane
            GROUP BY instance_type ORDER BY instance_type)) AS workers,
        v.runs, v.failed_runs, v.mean_run_s, v.makespan_s, w.wait_share, v.mean_run_usd,
        v.monthly_usd
      FROM v_simulations v LEFT JOIN v_wait_share w ON w.simulation_id = v.simulation_id;

    CREATE VIEW v_node_counts AS
      SELECT v.simulation_id, v.scenario, v.label,
        (SELECT count(*) FROM node n WHERE n.simulation_id = v.simulation_id
          AND n.architecture = 'amd64' AND NOT n.is_control_plane) AS amd64_nodes,
        (SELECT count(*) FROM node n WHERE n.simulation_id = v.simulation_id
          AND n.architecture = 'arm64' AND NOT n.is_control_plane) AS arm64_nodes,
        v.runs, v.failed_runs, v.makespan_s, v.mean_run_s, w.wait_share,
        (SELECT avg(cpu_utilisation) FROM node n WHERE n.simulation_id = v.simulation_id
          AND NOT n.is_control_plane) AS cpu_utilisation,
        v.total_usd, v.monthly_usd
      FROM v_simulations v LEFT JOIN v_wait_share w ON w.simulation_id = v.simulation_id;

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
      FROM ranked GROUP BY simulation_id, pipeline ORDER BY simulation_id, pipeline;

    """
}
