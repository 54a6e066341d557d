/// Ready-made questions about sweeps.
///
/// Points count from 1 here, as people do. `GantryStore.docc/Schema.md` says what every column means.
enum SweepViews {
  static let version1 =
    samplesViews(of: "1") + """
      CREATE VIEW v_sweep_points AS
        SELECT w.id AS sweep_id, w.scenario, w.label, p.position + 1 AS point,
          (SELECT group_concat(path || '=' || value, ', ') FROM
            (SELECT a.path, v.value FROM sweep_value v
              JOIN sweep_axis a ON a.sweep_id = v.sweep_id AND a.position = v.axis
              WHERE v.sweep_id = p.sweep_id AND v.point = p.position ORDER BY v.axis)) AS settings,
          p.replications, max(e.value) FILTER (WHERE e.measure = 'mean_run_s') AS mean_run_s,
          max(e.value) FILTER (WHERE e.measure = 'p50_run_s') AS p50_run_s,
          max(e.value) FILTER (WHERE e.measure = 'p95_run_s') AS p95_run_s,
          max(e.half_width) FILTER (WHERE e.measure = 'p95_run_s') AS p95_half_width_s,
          max(e.value) FILTER (WHERE e.measure = 'p99_run_s') AS p99_run_s,
          max(e.value) FILTER (WHERE e.measure = 'wait_share') AS wait_share,
          max(e.value) FILTER (WHERE e.measure = 'run_usd') AS run_usd,
          max(e.value) FILTER (WHERE e.measure = 'month_usd') AS month_usd, p.standing, p.caveats
        FROM sweep w JOIN sweep_point p ON p.sweep_id = w.id
          LEFT JOIN sweep_estimate e ON e.sweep_id = p.sweep_id AND e.point = p.position
        GROUP BY p.sweep_id, p.position ORDER BY p.sweep_id, p.position;

      CREATE VIEW v_sweep_pareto AS
        SELECT sweep_id, scenario, label, point, settings, mean_run_s, p95_run_s, run_usd, month_usd
        FROM v_sweep_points WHERE standing = 'pareto' ORDER BY sweep_id, month_usd, point;

      CREATE VIEW v_sweep_differences AS
        SELECT e.sweep_id, w.scenario, w.label, e.point + 1 AS point, w.baseline + 1 AS baseline,
          e.measure, e.change, e.change_half_width, e.adjusted_p,
          e.adjusted_p <= 0.05 AND e.change <> 0 AS is_told
        FROM sweep_estimate e JOIN sweep w ON w.id = e.sweep_id
        WHERE e.change IS NOT NULL ORDER BY e.sweep_id, e.point, e.measure;

      """

  /// A design may have more samples than a sweep asked for: those of other sweeps, and of plans.
  ///
  /// A point's own are numbered from 0; until it is done, their number is the one asked for.
  static let ownSamples =
    "DROP VIEW v_sweeps;\nDROP VIEW v_sweep_samples;\n"
    + samplesViews(of: "s.replication < coalesce(p.replications, w.replications)")

  /// The views that show samples, of which those count that meet a condition.
  private static func samplesViews(of condition: String) -> String {
    """
    CREATE VIEW v_sweeps AS
      SELECT w.id AS sweep_id, w.scenario, w.label, w.created_at, w.measure, w.is_complete,
        (SELECT group_concat(path, ', ') FROM
          (SELECT path FROM sweep_axis a WHERE a.sweep_id = w.id ORDER BY a.position)) AS axes,
        (SELECT count(*) FROM sweep_point p WHERE p.sweep_id = w.id) AS points,
        (SELECT count(*) FROM sweep_point p JOIN sweep_sample s ON s.design_id = p.design_id
          WHERE p.sweep_id = w.id AND s.batch = 0 AND \(condition)) AS samples
      FROM sweep w ORDER BY w.id;

    CREATE VIEW v_sweep_samples AS
      SELECT p.sweep_id, p.position + 1 AS point, s.replication, s.batch, s.runs, s.failed_runs,
        s.open_runs, s.makespan_s, s.mean_run_s, s.p50_run_s, s.p95_run_s, s.p99_run_s,
        s.wait_share, s.run_usd, s.month_usd
      FROM sweep_point p JOIN sweep w ON w.id = p.sweep_id
        JOIN sweep_sample s ON s.design_id = p.design_id AND \(condition)
      ORDER BY p.sweep_id, p.position, s.replication, s.batch;

    """
  }
}
