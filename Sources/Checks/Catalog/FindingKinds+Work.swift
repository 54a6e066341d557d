import GantryModel

extension FindingKinds {
  /// Kinds of findings of reading what steps do.
  static let work: [FindingKind] = [
    FindingKind(
      "E0614", "a figure of a profile is no amount",
      "Seconds, MiB and operations are finite numbers from 0; others cannot be simulated.",
      remedy: "write a number from 0"),
    FindingKind(
      "E0630", "a profile for a task or pipeline that no run has",
      "The work it gives would be used nowhere, and the step that was meant keeps a guess.",
      remedy: "write the name of a pipeline, and of a task or pipeline task in it"),
    FindingKind(
      "E0631", "a profile for a step that its task does not have",
      "The work it gives would be used nowhere, and the step that was meant keeps a guess.",
      remedy: "write the name of a step, or leave it out to mean all steps of the task"),
    FindingKind(
      "E0632", "a file of profiles for other pipelines",
      """
      Profiles of pipelines that a scenario does not run are left out, but a file of which none \
      fits is the wrong file.
      """,
      remedy: "name the file that was calibrated with this scenario's pipelines"),
    FindingKind(
      "E0633", "a profile that scales without a duration",
      "Only a duration can be taken as processor work; cpuSeconds scale anyway.",
      remedy: "write a duration, or leave 'scales' out"),
    FindingKind(
      "W0634", "profiles that are not to be trusted",
      """
      They predicted runs that were held out of the fit badly, or rest on too few; gantry \
      calibrate wrote them because it was forced to.
      """,
      remedy: "calibrate again with more runs"),
    FindingKind(
      "N0604", "an unknown command",
      """
      gantry does not know what the command does; a guess stands for its processor time, listed \
      among the assumptions.
      """,
      remedy: "give the step a profile, or set the assumption"),
    FindingKind(
      "N0607", "an unknown subcommand of buildah",
      "It is taken to need no time. Most that are not known only change metadata.",
      remedy: "give the step a profile if the subcommand matters"),
    FindingKind(
      "N0610", "a sleep of unknown length",
      "Its argument is known only when the step runs; a guess (sleep.unknown) stands for it.",
      remedy: "write the time as a number, set the assumption, or give the step a profile"),
    FindingKind(
      "N0611", "the files of a repository are not visible",
      """
      Size and number of the files that git clones are guessed, and with them the time of \
      everything that reads them.
      """,
      remedy: "name a checkout of the repository under 'sources' of the scenario"),
    FindingKind(
      "N0612", "nothing in a step is recognised",
      """
      No command of the step is known, so that a fixed guess (step.default) stands for all of it.
      """,
      remedy: "give the step a profile, or its task a duration with --assume"),
    FindingKind(
      "N0616", "commands run under emulation",
      """
      Programs of another architecture than the node's run under QEMU, several times more slowly, \
      and only where nodes have qemu-user registered with binfmt_misc.
      """,
      remedy: "build on a node of that architecture, or see that the nodes have the emulator"),
    FindingKind(
      "N0735", "a loop of unknown length",
      """
      Something that is known only when the step runs decides how often a loop goes round, as when \
      it waits for a server; an assumption (loop.<command>.rounds) stands for the number.
      """,
      remedy: "set the assumption, or give the step a profile"),
    FindingKind(
      "N0737", "emulation of an architecture that was not measured",
      """
      What emulation costs was measured for arm64 on amd64 processors. Others, such as s390x or \
      ppc64le, are given the same factors for each kind of work, and the image sizes of amd64 or arm64.
      """,
      remedy: "set the assumptions emulation.* if you have measured them"),
    FindingKind(
      "N0738", "a sourced file that is not visible",
      "What the file does is left out; most of them only set variables.",
      remedy: "give the step a profile if the file does work"),
    FindingKind(
      "W0432", "a step that never ends",
      """
      It sleeps for ever, follows a file, or goes round a loop that nothing leaves. A sidecar may do \
      so; a step stays until a timeout of step, task or run fails it. One round of an endless loop's \
      work is simulated.
      """,
      remedy: "end the command or loop, put it into the background, or make it a sidecar"),
    FindingKind(
      "W0434", "COPY or ADD of a file that is not in the context",
      """
      The build's context is a checkout whose files are visible, and none has the name or fits the \
      pattern, or an ignore file leaves it out. buildah ends with exit status 125, and the step fails.
      """,
      remedy: "correct the name, make the file before the build, or mend the ignore file"),
    FindingKind(
      "W0435", "a Containerfile that is no text",
      "It holds bytes that no text has, so that buildah refuses it and the step fails.",
      remedy: "name the right file, or save it as UTF-8"),
    FindingKind(
      "W0601", "a script that cannot be read",
      """
      The shell would stop at the same place, or uses syntax that gantry does not know; the work \
      of the script is missing from the simulation.
      """,
      remedy: "mend the script, or give the step a profile"),
    FindingKind(
      "W0602", "scripts or functions nested too deeply",
      """
      They call each other deeper than gantry follows, as an endless recursion does; the rest of \
      the work is left out.
      """,
      remedy: "end the recursion, or give the step a profile"),
    FindingKind(
      "W0603", "a script runs more commands than gantry follows",
      """
      A limit keeps an endless loop from hanging the program; the rest of the script's work is \
      left out.
      """,
      remedy: "shorten the loop, or give the step a profile"),
    FindingKind(
      "W0605", "a Containerfile that is not visible",
      "Base image and instructions of the build are guessed, and with them most of its time.",
      remedy: "name a checkout of the repository under 'sources' of the scenario"),
    FindingKind(
      "W0606", "an image that nothing has made",
      """
      No earlier command or task that gantry knows has put the image there. On a cluster the \
      command would fail, unless something else made it; here a guess stands for the image.
      """,
      remedy: "build or pull it first, in the same storage, or correct the name"),
    FindingKind(
      "W0608", "a platform that no image has",
      """
      The build is asked for an architecture that images cannot be for; it is left out.
      """,
      remedy: "correct the platform, such as linux/arm64"),
    FindingKind(
      "W0609", "a Containerfile with a mistake",
      """
      A line is no complete instruction, or there is no FROM; buildah would refuse the file, and its work \
      is missing from the simulation.
      """,
      remedy: "mend the Containerfile"),
    FindingKind(
      "W0615", "further findings of a step are left out",
      "A step has so many findings that the rest would only repeat them.",
      remedy: "mend those that are shown, and check again"),
  ]
}
