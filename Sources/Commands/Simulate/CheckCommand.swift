import ArgumentParser
import GantryCompiler
import GantryManifests
import GantryModel
import GantryReport

/// `gantry check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reads, resolves and diagnoses manifests or a scenario, without simulating.")

  @Argument(help: ArgumentHelp("Scenarios or manifests; default: this folder.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func run() async throws {
    let console = Console()
    let catalog = try Catalogs.open()
    var failed = false
    for group in InputLoader.groups(of: paths) {
      var loaded: LoadedInput
      do {
        loaded = try InputLoader(options: input, catalog: catalog).load(group)
      } catch let error as InputReadError {
        for failure in error.failures { console.note("error: \(failure.path): \(failure.reason)") }
        throw ExitCode.ioError
      }
      loaded.compiler.needsRuns = false
      let compilation = InputChecks(input: loaded).compile()
      console.show(loaded.sink.diagnostics, texts: loaded.texts, colour: output.color)
      console.print(summary(of: loaded, isValid: compilation != nil))
      if let compilation {
        let runs = compilation.plan.templates.map {
          $0.isGenerated ? "\($0.name)…" : $0.name
        }
        console.print("  runs: \(runs.isEmpty ? "none" : runs.joined(separator: ", "))")
        console.print("  cluster: \(compilation.clusterOrigin)")
      }
      if compilation == nil { failed = true }
    }
    if failed { throw ExitCode.badInput }
  }

  private func summary(of loaded: LoadedInput, isValid: Bool) -> String {
    var set = loaded.compiler.manifests
    let cluster = loaded.compiler.cluster
    if cluster.files != set.files {
      set.machineSets += cluster.machineSets
      set.nodes += cluster.nodes
      set.storageClasses += cluster.storageClasses
      set.skipped += cluster.skipped
      set.skippedFiles += cluster.skippedFiles
    }
    let counts: [(Int, String)] = [
      (set.tasks.count, "task"), (set.pipelines.count, "pipeline"),
      (set.pipelineRuns.count, "PipelineRun"), (set.taskRuns.count, "TaskRun"),
      (set.machineSets.count, "MachineSet"), (set.nodes.count, "node"),
      (set.storageClasses.count, "StorageClass"), (set.skipped.count, "skipped object"),
    ]
    let found = counts.filter { $0.0 > 0 }.map { count, noun in
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    let verdict = isValid ? "valid" : "not valid"
    let contents = found.isEmpty ? "nothing found" : found.joined(separator: ", ")
    var lines = ["\(verdict): \(loaded.compiler.name): \(contents)"]
    for object in set.skipped {
      lines.append("  skipped: \(object.kind) '\(object.name)' (\(object.location.file))")
    }
    for file in set.skippedFiles { lines.append("  skipped: \(file.path): \(file.reason)") }
    return lines.joined(separator: "\n")
  }
}
