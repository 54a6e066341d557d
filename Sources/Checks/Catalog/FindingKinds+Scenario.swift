import GantryModel

extension FindingKinds {
  /// Kinds of findings of reading a scenario file and `--set`.
  static let scenario: [FindingKind] = [
    FindingKind(
      "E0060", "a text that its field cannot hold",
      """
      The field expects a text of a certain form, such as a duration, a taint or the name of a \
      result; this one is none.
      """,
      remedy: "write the form that the message names"),
    FindingKind(
      "E0061", "a number below the least allowed",
      """
      Counts, sizes and rates below that make no sense, and would divide by zero or run nothing.
      """,
      remedy: "write a number from the least one that the message names"),
    FindingKind(
      "E0062", "a --set that cannot be read",
      """
      The option changes a field of the scenario by its path, so that it needs a path, an equals \
      sign and a value.
      """,
      remedy: "write path=value, such as nodes.arm64.type=m6g.2xlarge"),
    FindingKind(
      "E0063", "a --set names no field",
      """
      The path leads to nothing in a scenario, so that the change that was meant would not happen.
      """,
      remedy: "write a path that 'gantry scenario show' prints"),
    FindingKind(
      "E0064", "several documents in a scenario file",
      "One file is one question; it could not be told which of the documents was meant.",
      remedy: "give each scenario a folder of its own"),
    FindingKind(
      "E0065", "a workload entry with several ways to arrive",
      """
      Runs of one entry come in a fixed interval, at random, at given times or from a file; \
      several at once contradict each other.
      """,
      remedy: """
        keep one of every, ratePerHour, times and csv, and make another entry for the rest
        """),
    FindingKind(
      "E0066", "throughput mode and bought throughput disagree",
      "EFS takes a bought throughput in the provisioned mode only, and that mode needs one.",
      remedy: "write both 'throughputMode: provisioned' and provisionedMiBps, or neither"),
    FindingKind(
      "E0069", "a folder of sources does not exist",
      "What a Git URL stands for is read from a folder, whose path is relative to the scenario's file.",
      remedy: "name an existing checkout under 'sources:', or leave the entry out"),
    FindingKind(
      "E0067", "a distribution that cannot be drawn from",
      """
      A figure is one number, or one of lognormal, triangular and empirical with the parameters of \
      that form, in order and within what a machine can do.
      """,
      remedy: """
        write {lognormal: {median: 60, sigma: 0.2}}, {triangular: {min: 1, mode: 2, max: 5}} or \
        {empirical: [1, 2, 3]}
        """),
    FindingKind(
      "E0068", "a file of profiles without profiles",
      "Nothing would change, which is not why a file is named.",
      remedy: "name a file that gantry calibrate wrote, or put profiles into it"),
  ]
}

extension FindingKinds {
  /// Kinds of findings of the axes of a sweep.
  static let sweep: [FindingKind] = [
    FindingKind(
      "E0090", "an axis that cannot be read",
      "An axis needs a path and values; a range needs two numbers in order and a step above 0.",
      remedy: "write path=a,b,c or path=1..9:2"),
    FindingKind(
      "E0091", "an axis or value given twice",
      "It could not be told which was meant, or a point would be simulated for nothing.",
      remedy: "leave one of them out"),
    FindingKind(
      "E0092", "a sweep without points",
      "There is no axis, an axis has no value, or all points are left out.",
      remedy: "give an axis with --vary or axes:, or exclude less"),
    FindingKind(
      "E0093", "a field that cannot be an axis",
      "Points with other seeds or numbers of replications could not be compared fairly.",
      remedy: "use --replications, --precision or --seed for all points"),
    FindingKind(
      "E0094", "axes that cannot be paired",
      "Axes that are walked together need equally many values, and each can be in one pairing.",
      remedy: "name two axes or more with equally many values"),
    FindingKind(
      "E0095", "a point that does not exist",
      "--exclude or --baseline names an axis, a value or a number that no point has.",
      remedy: "write path=value with an axis and one of its values"),
    FindingKind(
      "E0096", "a sweep of more than a million points",
      "Axes multiply quickly; so many points take long and much memory.",
      remedy: "pair axes with --zip, leave points out, or confirm with --yes"),
    FindingKind(
      "E0097", "a point that cannot be compiled",
      "A combination of values leads to something that cannot be read or priced.",
      remedy: "leave the point out with --exclude"),
    FindingKind(
      "E0098", "a limit that cannot be read",
      "--slo and --budget take upper limits of what a plan has to keep, each measure once.",
      remedy: "write p95 < 12m, wait < 5% or month < 900"),
    FindingKind(
      "E0099", "an axis of a breakeven that cannot be read",
      "`gantry breakeven --over` takes a field and two numbers, the lower one first; only the rate of "
        + "the workload is per hour, day, week or month, and only it varies for stored results.",
      remedy: "write path=low..high, such as workload.rate=1..200/day"),
  ]
}
