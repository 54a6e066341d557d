/// The run times of each replication of a simulation, as `sweep_sample` has them.
enum ReplicationTimes {
  static let version1 = """
    ALTER TABLE replication ADD COLUMN ended_runs INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE replication ADD COLUMN p50_run_s REAL;
    ALTER TABLE replication ADD COLUMN p99_run_s REAL;
    ALTER TABLE replication ADD COLUMN early_run_s REAL;
    ALTER TABLE replication ADD COLUMN late_run_s REAL;
    ALTER TABLE replication ADD COLUMN run_times BLOB;

    """
}
