/// What stretches of time went into, each kept once for a simulation, and the views that put it beside
/// the times again.
///
/// Rows of `segment_time` and `critical_path_time` go with their runs, those of `activity` with the
/// simulation: a reference from one to the other would only cost time.
enum ActivityTables {
  static let version1 = tables + takeOver + views

  private static let tables = """
    CREATE TABLE activity (
      id INTEGER PRIMARY KEY,
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      pipeline_task TEXT,
      kind TEXT NOT NULL,
      label TEXT NOT NULL
    ) STRICT;
    CREATE INDEX activity_simulation ON activity(simulation_id, label);

    CREATE TABLE activity_assumption (
      activity_id INTEGER NOT NULL REFERENCES activity(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      assumption_id TEXT NOT NULL,
      PRIMARY KEY (activity_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE segment_time (
      task_run_id INTEGER NOT NULL REFERENCES task_run(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      activity_id INTEGER NOT NULL,
      start_s REAL NOT NULL,
      end_s REAL NOT NULL,
      PRIMARY KEY (task_run_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE critical_path_time (
      pipeline_run_id INTEGER NOT NULL REFERENCES pipeline_run(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      activity_id INTEGER NOT NULL,
      start_s REAL NOT NULL,
      end_s REAL NOT NULL,
      PRIMARY KEY (pipeline_run_id, position)
    ) STRICT, WITHOUT ROWID;

    """

  /// Takes over what earlier versions kept with every row.
  ///
  /// The table of activities is empty when it starts, so that those of paths can be numbered as they
  /// are found.
  private static let takeOver = """
    CREATE TEMP TABLE old_path AS
      SELECT c.pipeline_run_id, c.position, p.simulation_id, c.pipeline_task, c.kind, c.label,
        (SELECT group_concat(assumption_id, char(31)) FROM
          (SELECT assumption_id FROM critical_path_assumption a
            WHERE a.pipeline_run_id = c.pipeline_run_id AND a.path_position = c.position
            ORDER BY a.position)) AS assumptions
      FROM pipeline_run p JOIN critical_path c ON c.pipeline_run_id = p.id;
    CREATE TEMP TABLE old_activity AS
      SELECT simulation_id, pipeline_task, kind, label, assumptions, pipeline_run_id, position,
        min(rowid)
      FROM old_path GROUP BY simulation_id, pipeline_task, kind, label, assumptions;
    CREATE INDEX temp.old_activity_label ON old_activity(simulation_id, label);

    INSERT INTO activity
      SELECT rowid, simulation_id, pipeline_task, kind, label FROM old_activity ORDER BY rowid;
    INSERT INTO activity_assumption
      SELECT o.rowid, a.position, a.assumption_id FROM old_activity o
        JOIN critical_path_assumption a
          ON a.pipeline_run_id = o.pipeline_run_id AND a.path_position = o.position;
    INSERT INTO critical_path_time
      SELECT c.pipeline_run_id, c.position, o.rowid, c.start_s, c.end_s
      FROM critical_path c
        JOIN old_path p ON p.pipeline_run_id = c.pipeline_run_id AND p.position = c.position
        JOIN old_activity o ON o.simulation_id = p.simulation_id AND o.label = p.label
          AND o.kind = p.kind AND o.pipeline_task IS p.pipeline_task
          AND o.assumptions IS p.assumptions;

    CREATE TEMP TABLE old_segment AS
      SELECT DISTINCT p.simulation_id, s.kind, s.label
      FROM pipeline_run p JOIN task_run t ON t.pipeline_run_id = p.id
        JOIN segment s ON s.task_run_id = t.id;
    CREATE INDEX temp.old_segment_label ON old_segment(simulation_id, label);
    CREATE TEMP TABLE path_activities AS SELECT coalesce(max(id), 0) AS n FROM activity;
    INSERT INTO activity
      SELECT o.rowid + n, simulation_id, NULL, kind, label FROM old_segment o, path_activities
      ORDER BY o.rowid;
    INSERT INTO segment_time
      SELECT s.task_run_id, s.position, o.rowid + n, s.start_s, s.end_s
      FROM path_activities, pipeline_run p JOIN task_run t ON t.pipeline_run_id = p.id
        JOIN segment s ON s.task_run_id = t.id
        JOIN old_segment o ON o.simulation_id = p.simulation_id AND o.label = s.label
          AND o.kind = s.kind;

    DROP TABLE temp.old_path;
    DROP TABLE temp.old_activity;
    DROP TABLE temp.old_segment;
    DROP TABLE temp.path_activities;
    DROP TABLE critical_path_assumption;
    DROP TABLE critical_path;
    DROP TABLE segment;

    """

  private static let views = """
    CREATE VIEW segment AS
      SELECT s.task_run_id, s.position, a.kind, s.start_s, s.end_s, a.label
      FROM segment_time s JOIN activity a ON a.id = s.activity_id;

    CREATE VIEW critical_path AS
      SELECT c.pipeline_run_id, c.position, a.pipeline_task, a.kind, c.start_s, c.end_s, a.label
      FROM critical_path_time c JOIN activity a ON a.id = c.activity_id;

    CREATE VIEW critical_path_assumption AS
      SELECT c.pipeline_run_id, c.position AS path_position, a.position, a.assumption_id
      FROM critical_path_time c JOIN activity_assumption a ON a.activity_id = c.activity_id;

    """
}
