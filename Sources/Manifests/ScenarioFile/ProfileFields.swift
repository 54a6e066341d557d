import GantryModel

extension ScenarioFields {
  static let profile = FieldTable<ScenarioFile.StepProfile>(
    name: "profile",
    description: "The work of one step, given instead of read. A figure is a number or a "
      + "distribution, from which each step that runs draws its own.",
    fields: [
      .requiredText("task", \.task, .init("A task's or pipeline task's name.")),
      .text(
        "step", \.step, .init("A step's name.", default: "every step of the task")),
      .text("pipeline", \.pipeline, .init("A pipeline's name.", default: "every pipeline")),
      .text(
        "architecture", \.architecture,
        .init("The architecture of the node.", default: "both"),
        shape: .choice(["amd64", "arm64"])),
      .text(
        "instance", \.instance,
        .init(
          "The instance type that cpuSeconds, and a duration that scales, were measured on.",
          default: "m5a.2xlarge, the reference")),
      .distribution(
        "duration", \.duration,
        .init("A time that passes whatever the machine, unless it scales; a duration."),
        ofDurations: true),
      .flag(
        "scales", \.scales,
        .init(
          "Whether the duration is processor work of that many threads, so that it depends on the "
            + "machine.", default: "false")),
      .distribution(
        "cpuSeconds", \.cpuSeconds, .init("Processor seconds on one thread of the instance.")),
      .number("threads", \.threads, .init("Threads that the step uses.", default: "1")),
      .distribution("readMiB", \.readMiB, .init("MiB read from the workspace.")),
      .distribution("writeMiB", \.writeMiB, .init("MiB written to the workspace.")),
      .distribution("downloadMiB", \.downloadMiB, .init("MiB from the network.")),
      .distribution("uploadMiB", \.uploadMiB, .init("MiB to the network.")),
      .text(
        "workspace", \.workspace,
        .init("The workspace read and written.", default: "the first one on a claim")),
      .distribution("operations", \.operations, .init("File operations on that workspace.")),
      .number(
        "memoryMiB", \.memoryMiB,
        .init("MiB of memory that the step takes.", default: "read from its commands")),
      .number(
        "diskMiB", \.diskMiB,
        .init("MiB that the step leaves on its node's disk.", default: "read from its commands")),
      .plainText("note", \.note, .init("What the figures rest on.")),
    ])

  static let profileFile = FieldTable<ProfileFile>(
    name: "profiles", description: "Work of steps and other figures, measured on real runs.",
    fields: [
      .text(
        "warning", \.warning, .init("Why the figures should not be trusted; shown when used.")),
      .plainText("note", \.note, .init("What the figures rest on.")),
      .objects(
        "profiles", \.profiles, profile,
        .init("The work of steps, instead of what gantry reads in their scripts.")
      ) { .init(task: Located("", at: $0), location: $0) },
      .overrides(
        "assumptions", \.assumptions,
        .init("Values of assumptions by their id, where the scenario has none of its own."),
        minimum: 0),
    ])
}
