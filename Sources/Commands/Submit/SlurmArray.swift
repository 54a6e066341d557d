/// A script for sbatch: an array of tasks.
///
/// Source: sbatch(1) and slurm.conf(5) of Slurm 22.05, read 2026-11.
struct SlurmArray {
  let job: SweepJob
  /// The folder that all nodes share.
  let results: String

  var files: [SweepJob.File] {
    [
      .init(
        name: "sweep.sbatch", text: script,
        use: "sbatch, from the folder that the scenario's path starts at")
    ]
  }

  private var script: String {
    let arguments = job.arguments(store: "$scratch/store.sqlite", results: "$results")
    let words = arguments.map { word in
      word.hasPrefix("$") ? "\"\(word)\"" : SweepJob.shell(word)
    }
    return """
      #!/bin/bash
      #SBATCH --job-name=\(job.name)
      #SBATCH --array=0-\(job.shards - 1)%\(job.parallel)
      #SBATCH --cpus-per-task=\(job.cpus)
      #SBATCH --mem=\(job.memoryMiB)M
      #SBATCH --requeue
      #SBATCH --open-mode=append
      #SBATCH --output=\(job.name)-%A_%a.log
      # A part that is interrupted ends with 75: RequeueExit=75 in slurm.conf starts it again by itself,
      # `scontrol requeue` by hand; it goes on. A lost node starts it elsewhere.
      # Then: gantry merge \(results)/*.sqlite --into STORE
      set -u
      export GANTRY_SHARDS=\(job.shards)
      results=\(SweepJob.shell(results))
      mkdir -p "$results"
      # On the node's own disk: SQLite and network file systems do not go together.
      scratch=$(mktemp -d "${TMPDIR:-/tmp}/\(job.name)-XXXXXX")
      trap 'rm -rf "$scratch"' EXIT
      trap 'kill -TERM "$part" 2>/dev/null' TERM INT
      gantry \(words.joined(separator: " ")) &
      part=$!
      wait "$part"
      code=$?
      # A signal ends the wait, not the part; 127 is that of a part that had ended.
      while [ "$code" -gt 128 ]; do
        wait "$part"
        again=$?
        [ "$again" -ne 127 ] || break
        code=$again
      done
      exit "$code"

      """
  }
}
