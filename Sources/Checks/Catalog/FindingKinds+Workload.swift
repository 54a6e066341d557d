import GantryModel

extension FindingKinds {
  /// Kinds of findings of the scenario's workload and settings.
  static let workload: [FindingKind] = [
    FindingKind(
      "N0740", "what a Kubernetes version changes",
      """
      Some rules of the scheduler differ from release to release. The rest of the cluster is modelled as \
      it is in every release.
      """,
      remedy: "nothing needs to be done; leave kubernetesVersion out for the rules of 1.28"),
    FindingKind(
      "E0340", "a workload entry names no pipeline",
      """
      An entry creates runs of a PipelineRun or Pipeline of the manifests; without one it would \
      create nothing.
      """,
      remedy: "write the name of a PipelineRun or Pipeline that was read"),
    FindingKind(
      "E0341", "an entry with several arrival patterns",
      """
      Runs of one entry come in a fixed interval, at random, at given times or from a file; \
      several at once contradict each other.
      """,
      remedy: "keep one pattern, and make another entry for the rest"),
    FindingKind(
      "E0342", "a count of runs out of range",
      """
      An entry creates at least one run; an upper limit keeps a slip of the pen from simulating \
      for days.
      """,
      remedy: "write a count within the range that the message names"),
    FindingKind(
      "E0343", "an arrival rate of zero or less",
      "Runs that arrive at random need a mean rate; at none an hour the first one never comes.",
      remedy: "write a ratePerHour above 0"),
    FindingKind(
      "E0344", "not a duration in the scenario",
      """
      Times of the scenario are durations with units; a bare number could be seconds or minutes.
      """,
      remedy: "write something like 90s, 10m or 1h30m"),
    FindingKind(
      "E0345", "business hours that cannot be read",
      """
      Runs are created within these hours only; hours that are not understood would create them at \
      other times.
      """,
      remedy: "write 08:00-18:00 or '08:00-18:00 weekdays'"),
    FindingKind(
      "E0346", "an arrivals file that cannot be read",
      "The times at which runs are created come from this file; without it the load is unknown.",
      remedy: """
        correct the path, which is relative to the scenario file, and save the file as UTF-8
        """),
    FindingKind(
      "E0347", "a line of an arrivals file is no time",
      """
      The first column of every line says when a run is created; a line left out would change the \
      load.
      """,
      remedy: "write seconds from 0, or a date and time such as 2026-01-31T08:00:00Z"),
    FindingKind(
      "E0348", "an arrivals file without times",
      "No line of the first column is a time, so that the entry would create no run.",
      remedy: "write a time into the first column of each line"),
    FindingKind(
      "E0349", "a duration of more than 100 years",
      """
      The clock counts nanoseconds in 64 bits; a duration like that is most likely a slip of the \
      pen.
      """,
      remedy: "write a shorter duration"),
    FindingKind(
      "E0350", "an assumption out of range",
      "A delay, size or share below 0 or above its limit would make the simulation meaningless.",
      remedy: "write a number within the range that the message names"),
    FindingKind(
      "E0351", "no such assumption",
      """
      The figure that was to be replaced keeps its value, so that the result does not show what \
      was asked.
      """,
      remedy: "write an id that the report lists under assumptions"),
    FindingKind(
      "E0352", "not a Kubernetes version",
      "The scheduler's rules depend on the minor version, which has to be read from it.",
      remedy: "write something like 1.28"),
    FindingKind(
      "E0353", "a negative seed",
      "The seed starts all random numbers and is a whole number from 0.",
      remedy: "write 0 or more"),
    FindingKind(
      "E0354", "a number of replications out of range",
      """
      A scenario is simulated at least once; an upper limit keeps a slip of the pen from \
      simulating for days.
      """,
      remedy: "write a number from 1 to 1000000"),
    FindingKind(
      "E0355", "nothing to run",
      """
      Without a PipelineRun, a TaskRun or a Pipeline there is nothing to simulate; Tasks alone do \
      not run.
      """,
      remedy: "name manifests that hold one"),
    FindingKind(
      "E0356", "--assume names no task",
      "The duration was meant for a task that no run has, so that it would have no effect.",
      remedy: "write the name of a pipeline task"),
    FindingKind(
      "E0360", "a negative number of network parts",
      """
      NAT gateways, load balancers and addresses are billed by their number, which is at least 0.
      """,
      remedy: "write 0 or more"),
    FindingKind(
      "E0370", "a Tekton version that is not simulated",
      """
      What Tekton accepts and how it runs tasks differ between versions; gantry knows those that \
      the message names.
      """,
      remedy: "write one of them"),
    FindingKind(
      "E0371", "Tekton versions that contradict each other",
      """
      The scenario names Tekton's version in more than one way, and they stand for different \
      rules; a cluster has one Tekton.
      """,
      remedy: "keep one of tektonVersion, openshiftPipelinesVersion and tekton.version"),
  ]
}
