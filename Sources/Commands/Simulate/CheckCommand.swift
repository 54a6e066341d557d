import ArgumentParser
import GantryChecks
import GantryCompiler
import GantryManifests
import GantryModel
import GantryReport

/// `gantry check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reads, resolves and diagnoses manifests or a scenario.",
    discussion: """
      Besides mistakes that keep the input from being read, it reports what would go wrong or slowly on \
      this cluster: races, pods that fit no node, volumes that cannot be shared, timeouts, limits. \
      Nothing is stored. Leaves with 65 when something is as grave as --fail-on says.
      """)

  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif
  }

  /// From which severity on the command fails.
  enum Threshold: String, ExpressibleByArgument, CaseIterable {
    case error, warning, note, never

    /// Whether a finding is grave enough.
    func isReached(by severity: Diagnostic.Severity) -> Bool {
      switch self {
      case .error: severity == .error
      case .warning: severity != .note
      case .note: true
      case .never: false
      }
    }
  }

  @Argument(help: ArgumentHelp("Scenarios or manifests; default: this folder.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(help: "Form of the output: text, json, or sarif for code hosts and editors.")
  var format: Format = .text

  @Option(
    help: "The severity from which the exit code is 65: error, warning, note or never.")
  var failOn: Threshold = .error

  @Option(
    help: ArgumentHelp("Explains a code and leaves; 'all' lists every one.", valueName: "code"))
  var explain: String?

  mutating func run() async throws {
    let console = Console()
    if let explain {
      return try CodeList(console: console, options: output.report(console)).show(explain)
    }
    let catalog = try Catalogs.open()
    var checked: [CheckedInput] = []
    for group in InputLoader.groups(of: paths) {
      do {
        let loaded = try InputLoader(options: input, catalog: catalog).load(group)
        checked.append(CheckedInput(loaded))
      } catch let error as InputReadError {
        for failure in error.failures { console.note("error: \(failure.path): \(failure.reason)") }
        throw ExitCode.ioError
      }
    }
    show(checked, console)
    let findings = checked.flatMap(\.findings)
    let isUnusable = checked.contains { !$0.isValid }
    let isGrave = findings.contains { failOn.isReached(by: $0.severity) }
    if isUnusable && failOn != .never || isGrave { throw ExitCode.badInput }
  }

  private func show(_ checked: [CheckedInput], _ console: Console) {
    switch format {
    case .text:
      for each in checked {
        console.show(each.findings, texts: each.input.allTexts, colour: output.color)
        console.print(each.summary)
        if let stub = each.stub { console.print(stub) }
      }
      if checked.contains(where: { $0.findings.contains { $0.severity != .note } }) {
        console.note("gantry check --explain CODE says more")
      }
    case .json:
      let report = JSONReport()
      console.print(
        report.render(
          checked.map {
            .init(name: $0.input.compiler.name, isValid: $0.isValid, findings: $0.findings)
          }, kinds: FindingKinds.all))
    case .sarif:
      let report = SARIFReport(programVersion: programVersion, kinds: FindingKinds.all)
      console.print(report.render(checked.flatMap(\.findings)))
    }
  }
}

/// `gantry check --explain`: what codes stand for.
private struct CodeList {
  let console: Console
  let options: ReportOptions

  /// Prints one code, or a line for each.
  func show(_ code: String) throws {
    if code == "all" {
      return console.print(FindingKindReport(options).render(FindingKinds.all))
    }
    guard let kind = FindingKinds.all.first(where: { $0.code == code.uppercased() }) else {
      let near = nearestName(to: code, in: FindingKinds.all.map(\.code))
      console.note(
        "error: no finding has the code '\(code)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
      throw ExitCode.badInput
    }
    console.print(FindingKindReport(options).render(kind))
  }
}

/// One input after all checks.
private struct CheckedInput {
  let input: LoadedInput
  private let compilation: Compilation?

  /// Compiles the input and, when that went well, applies the rules.
  init(_ loaded: LoadedInput) {
    var loaded = loaded
    loaded.compiler.needsRuns = false
    input = loaded
    Self.checkContents(of: loaded)
    compilation = InputChecks(input: loaded).compile()
    guard let compilation else { return }
    let subject = CheckSubject(
      compilation: compilation, manifests: loaded.compiler.manifests,
      cluster: loaded.compiler.cluster, catalog: loaded.compiler.catalog)
    for finding in CheckRules.findings(in: subject) { loaded.sink.add(finding) }
  }

  /// Reports an input in which nothing is, which can be neither right nor wrong.
  private static func checkContents(of loaded: LoadedInput) {
    let (manifests, cluster) = (loaded.compiler.manifests, loaded.compiler.cluster)
    guard manifests.isEmpty, cluster.isEmpty, !loaded.sink.hasErrors else { return }
    let files = manifests.files.isEmpty ? "" : " in \(manifests.files.joined(separator: ", "))"
    loaded.sink.error(
      "E0338", "there is no object of Tekton, Kubernetes or OpenShift\(files)",
      at: manifests.files.first.map { SourceLocation(file: $0, line: 1, column: 1) },
      suggestion: "expected are Tasks, Pipelines and PipelineRuns, or files of a cluster")
  }

  /// Whether it can be simulated.
  var isValid: Bool { compilation != nil }

  var findings: [Diagnostic] { input.sink.diagnostics }

  /// Profiles to fill in for what gantry had to guess; nil when there is nothing.
  var stub: String? { compilation.flatMap { ProfileStub($0).text } }

  /// What was found, for people.
  var summary: String {
    var lines = [contents]
    if let compilation {
      let runs = compilation.plan.templates.map { $0.isGenerated ? "\($0.name)…" : $0.name }
      lines.append("  runs: \(runs.isEmpty ? "none" : runs.joined(separator: ", "))")
      lines.append("  cluster: \(compilation.clusterOrigin)")
    }
    return lines.joined(separator: "\n")
  }

  private var contents: String {
    var set = input.compiler.manifests
    let cluster = input.compiler.cluster
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
    let hasErrors = findings.contains { $0.severity == .error }
    let verdict = isValid ? (hasErrors ? "valid, with errors" : "valid") : "not valid"
    let all = found.isEmpty ? "nothing found" : found.joined(separator: ", ")
    var lines = ["\(verdict): \(input.compiler.name): \(all)"]
    for object in set.skipped {
      lines.append("  skipped: \(object.kind) '\(object.name)' (\(object.location.file))")
    }
    for file in set.skippedFiles { lines.append("  skipped: \(file.path): \(file.reason)") }
    return lines.joined(separator: "\n")
  }
}
