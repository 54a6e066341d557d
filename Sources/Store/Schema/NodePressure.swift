/// What nodes took of memory and disk, and what they did when either ran short.
enum NodePressure {
  static let version2 = """
    ALTER TABLE node ADD COLUMN peak_memory_bytes REAL;
    ALTER TABLE node ADD COLUMN peak_disk_bytes REAL;
    ALTER TABLE node ADD COLUMN disk_bytes REAL;

    CREATE TABLE node_event (
      simulation_id INTEGER NOT NULL REFERENCES simulation(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL,
      resource TEXT NOT NULL CHECK (resource IN ('memory', 'ephemeral-storage')),
      node TEXT NOT NULL,
      at_s REAL NOT NULL,
      pipeline_run TEXT,
      task_run TEXT,
      used_bytes REAL NOT NULL,
      limit_bytes REAL NOT NULL,
      message TEXT NOT NULL,
      PRIMARY KEY (simulation_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW v_node_pressure AS
      SELECT s.id AS simulation_id, s.scenario, s.label, n.name AS node, n.instance_type,
        n.peak_memory_bytes / (n.memory_gib * 1073741824.0) AS peak_memory_share,
        n.peak_disk_bytes / n.disk_bytes AS peak_disk_share,
        count(e.position) FILTER (WHERE e.kind = 'Evicted') AS evicted,
        count(e.position) FILTER (WHERE e.kind = 'Refused') AS refused,
        count(e.position) FILTER (WHERE e.kind = 'OOMKilled') AS oom_killed,
        count(e.position) FILTER (WHERE e.kind = 'DiskFull') AS disk_full,
        count(e.position) FILTER (WHERE e.kind = 'ImagesRemoved') AS image_collections,
        min(e.at_s) AS first_s
      FROM node n JOIN simulation s ON s.id = n.simulation_id
        LEFT JOIN node_event e ON e.simulation_id = n.simulation_id AND e.node = n.name
      GROUP BY n.simulation_id, n.position ORDER BY n.simulation_id, n.position;

    """
}
