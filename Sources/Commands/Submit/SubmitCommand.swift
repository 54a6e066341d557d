import ArgumentParser
import Foundation

/// `gantry submit`.
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Writes what runs a sweep in parts on a cluster; submits nothing.",
    discussion: """
      Behind -- come the arguments of `gantry sweep`, which are checked here. Each part runs \
      `gantry sweep … --shard auto` on a store of its own and leaves a copy of it in the folder for \
      results; `gantry merge` joins them. Engines start parts more than once: that changes nothing.

      k8s gives an Indexed Job that OpenShift's restricted-v2 admits, and a Containerfile for its image; \
      slurm a script for sbatch; aws-batch the inputs of register-job-definition and submit-job.
      """)

  /// The batch systems there are templates for.
  enum Engine: String, ExpressibleByArgument, CaseIterable {
    case k8s, slurm
    case awsBatch = "aws-batch"
  }

  @Option(help: "What runs the parts: k8s, slurm or aws-batch.")
  var engine: Engine

  @Option(help: "How many parts; one should take minutes.")
  var shards: Int

  @Option(help: "How many parts may run at the same time; default: all.")
  var parallel: Int?

  @Option(help: "The name of the job.")
  var name = "gantry-sweep"

  @Option(help: "The image with gantry and the scenario (k8s, aws-batch).")
  var image: String?

  @Option(help: "Processors of a part.")
  var cpus = 1

  @Option(help: ArgumentHelp("Memory of a part.", valueName: "MiB"))
  var memory = 1024

  @Option(help: "The claim for results (k8s), which all nodes can mount (ReadWriteMany).")
  var claim = "gantry-results"

  @Option(
    help: ArgumentHelp(
      "The cluster's version (k8s), from 1.26 on: OpenShift 4.15 has 1.28, 4.16 has 1.29. Default: 1.29 or "
        + "later.", valueName: "version"), transform: KubernetesVersion.read)
  var kubernetes: KubernetesVersion?

  @Option(help: "The folder for results that all machines share (slurm).")
  var results = "results"

  @Option(help: "The EFS file system for results (aws-batch).")
  var fileSystem: String?

  @Option(help: "The job queue (aws-batch).")
  var queue: String?

  @Option(
    help: ArgumentHelp(
      "A folder that the files are written to; without it they are printed.", valueName: "folder"))
  var out: String?

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("Arguments of gantry sweep.", valueName: "sweep"))
  var sweepArguments: [String] = []

  /// The most parts that an engine takes.
  ///
  /// Source: Kubernetes documentation, Jobs (10^5 completions); slurm.conf(5), MaxArraySize (1001 unless it
  /// is raised, so not checked); AWS Batch user guide, array jobs (2 to 10,000); read 2026-11.
  private var allowed: ClosedRange<Int> {
    switch engine {
    case .k8s: 1...100_000
    case .slurm: 1...4_000_000
    case .awsBatch: 2...10_000
    }
  }

  mutating func validate() throws {
    guard allowed.contains(shards) else {
      throw ValidationError(
        "\(engine.rawValue) takes \(allowed.lowerBound) to \(allowed.upperBound) shards.")
    }
    if let parallel, parallel < 1 { throw ValidationError("At least one part must run.") }
    guard cpus >= 1, memory >= 64 else {
      throw ValidationError("A part needs a processor and 64 MiB of memory.")
    }
    guard name.wholeMatch(of: /[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?/) != nil else {
      throw ValidationError(
        "The name must be up to 52 lower-case letters, digits and hyphens, as Kubernetes has it.")
    }
    let missing: [(Bool, String)] = [
      (engine != .slurm && image == nil, "--image"),
      (engine == .awsBatch && fileSystem == nil, "--file-system"),
      (engine == .awsBatch && queue == nil, "--queue"),
    ]
    if let image, image.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._:\/@-]*/) == nil {
      throw ValidationError(
        "'\(image)' is no image; expected a name such as registry.example.com/gantry:1.")
    }
    let needed = missing.filter(\.0).map(\.1)
    guard needed.isEmpty else {
      throw ValidationError("\(engine.rawValue) needs \(needed.joined(separator: ", ")).")
    }
    for own in ["--shard", "--store", "--no-store", "--publish", "--format"]
    where sweepArguments.contains(where: { $0 == own || $0.hasPrefix(own + "=") }) {
      throw ValidationError("\(own) is set by the template.")
    }
  }

  mutating func run() async throws {
    let console = Console()
    let sweep = try sweep()
    let points = try points(of: sweep)
    guard points >= shards else {
      console.note("error: \(points) points cannot be dealt out to \(shards) shards")
      throw ExitCode.badInput
    }
    let job = SweepJob(
      name: name, shards: shards, parallel: min(parallel ?? shards, shards), image: image ?? "",
      cpus: cpus, memoryMiB: memory, sweep: sweepArguments, inputs: SweepInputs(sweep))
    if engine != .slurm { noteInputs(job.inputs, console) }
    let files =
      switch engine {
      case .k8s: KubernetesJob(job: job, claim: claim, version: kubernetes ?? .newest).files
      case .slurm: SlurmArray(job: job, results: results).files
      case .awsBatch:
        BatchArray(job: job, fileSystem: fileSystem ?? "", queue: queue ?? "").files
      }
    guard let out else {
      for (number, file) in files.enumerated() {
        if files.count > 1 { console.print((number > 0 ? "\n" : "") + "# \(file.name)\n") }
        console.print(file.text)
      }
      return
    }
    try write(files, to: out, console)
  }

  private func write(_ files: [SweepJob.File], to folder: String, _ console: Console) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for file in files {
        try file.text.write(toFile: "\(folder)/\(file.name)", atomically: true, encoding: .utf8)
        console.print("\(folder)/\(file.name): \(file.use)")
      }
    } catch {
      console.note("error: \(folder): \(error.localizedDescription)")
      throw ExitCode.ioError
    }
  }

  /// What the image must have beside gantry.
  private func noteInputs(_ inputs: SweepInputs, _ console: Console) {
    if !inputs.outside.isEmpty {
      console.note(
        "warning: no folder of the build has \(inputs.outside.joined(separator: ", ")): the image must "
          + "have it at this very place")
    }
    if engine == .awsBatch, !inputs.folders.isEmpty {
      console.note(
        "note: the image must have \(inputs.folders.joined(separator: ", ")) in its working folder")
    }
  }

  /// The sweep that is asked for.
  private func sweep() throws -> SweepCommand {
    do {
      return try SweepCommand.parse(sweepArguments)
    } catch {
      Console().note("error: arguments of the sweep: \(SweepCommand.message(for: error))")
      throw ExitCode.usage
    }
  }

  /// How many points the sweep has; leaves with its mistakes where there are any.
  private func points(of sweep: SweepCommand) throws -> Int {
    let setUp = try SweepSetUp(
      loader: InputLoader(
        options: sweep.seed.added(to: sweep.input), catalog: try Catalogs.open()),
      arguments: sweep.grid,
      baseline: sweep.baseline, colour: sweep.output.color
    ).read(sweep.paths) { sweep.replication.plan(written: $0) }
    return setUp.points.count
  }
}
