import ArgumentParser
import GantryModel
import GantryReport
import GantryStore

/// `gantry runs`: the stored results.
struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "The results in the store: list, show, delete, export; the sweeps.",
    subcommands: [List.self, Show.self, Delete.self, Export.self, Sweeps.self],
    defaultSubcommand: List.self)
}

/// Opens the store for a command; its failures end the program.
private func openStore(
  _ options: StoreOptions, access: Store.Access
) throws -> (store: Store, simulator: StoreAccess) {
  let simulator = StoreAccess()
  return (try simulator.attempt { try Store(path: options.path, access: access) }, simulator)
}

/// Turns failures of the store into messages and exit codes.
struct StoreAccess {
  /// Runs a store operation; a reference that fits nothing is bad input, all else an I/O error, with
  /// what helps, where something does.
  func attempt<Value>(
    help: (StoreError) -> String? = { _ in nil }, _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      Console().note("error: \(error)" + (help(error).map { "\nhelp: \($0)" } ?? ""))
      throw error.isReferenceError ? ExitCode.badInput : ExitCode.ioError
    }
  }
}

extension Store {
  /// What to tell whoever takes a sweep for a result; nil where the reference is none.
  fileprivate func sweepHint(_ error: StoreError, _ help: String) -> String? {
    let isSweep = error.code == .notFound && (try? sweepPosition(of: error.detail)) != nil
    return isSweep ? "it is a sweep; \(help)" : nil
  }
}

extension RunsCommand {
  /// `gantry runs list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists stored results, the newest first.")

    @OptionGroup(title: "Store") var storeOptions: StoreOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @Option(help: "Only results of this scenario.") var scenario: String?
    @Option(help: "Only results with this label.") var label: String?
    @Option(help: "Only results of this region.") var region: String?
    @Option(help: "At most this many, the newest.") var limit: Int?
    @Option(help: "Form of the output: text or json.") var format: OutputFormat = .text

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("The limit is at least 1.") }
    }

    func run() async throws {
      let (store, access) = try openStore(storeOptions, access: .readOnly)
      let filter = StoreFilter(scenario: scenario, label: label, region: region, limit: limit)
      let list = try access.attempt { try store.list(filter) }
      let console = Console()
      let report = RunListReport(output.report(console))
      console.print(format == .json ? report.renderJSON(list) : report.render(list))
      guard format == .text else { return }
      let count = try access.attempt { try store.sweeps() }.count
      if count > 0 {
        console.note(
          "note: \(count) \(count == 1 ? "sweep is" : "sweeps are") stored too; `gantry runs sweeps` "
            + "lists them")
      }
    }
  }

  /// `gantry runs show`.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Shows one stored result in full.")

    @Argument(help: "A label, a number of the list, a scenario's name or the start of a hash.")
    var run: String
    @OptionGroup(title: "Store") var storeOptions: StoreOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @Option(help: "Form of the output: text or json.") var format: OutputFormat = .text

    func run() async throws {
      let (store, access) = try openStore(storeOptions, access: .readOnly)
      let record = try access.attempt(
        help: { store.sweepHint($0, "`gantry compare '\(run)#*'` shows its points") },
        { try store.load(run) })
      let console = Console()
      console.print(
        format == .json
          ? JSONReport(includesCreationTime: true, includesInputs: true).render(record)
          : TerminalReport(output.report(console)).render(record))
    }
  }

  /// `gantry runs delete`.
  struct Delete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Deletes stored results with everything that belongs to them.")

    @Argument(help: "Labels, numbers of the list, scenarios' names or starts of hashes.")
    var runs: [String]
    @Flag(help: "Deletes sweeps of these names or numbers, with samples that no other sweep has.")
    var sweeps = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    func run() async throws {
      let (store, access) = try openStore(storeOptions, access: .readWrite)
      if sweeps {
        let ids = try runs.map { run in try access.attempt { try store.sweepPosition(of: run) } }
        for id in ids { try access.attempt { try store.deleteSweep(id) } }
        Console().print("deleted \(ids.count) \(ids.count == 1 ? "sweep" : "sweeps")")
        return
      }
      let ids = try runs.map { run in
        try access.attempt(
          help: { store.sweepHint($0, "--sweeps deletes sweeps") },
          { try store.position(of: run) })
      }
      let count = try access.attempt { try store.delete(ids) }
      Console().print("deleted \(count) \(count == 1 ? "result" : "results")")
    }
  }

  /// `gantry runs export`.
  struct Export: AsyncParsableCommand {
    /// The form of an export.
    enum Format: String, ExpressibleByArgument, CaseIterable {
      case csv, json
    }

    static let configuration = CommandConfiguration(
      abstract: "Writes stored results as CSV (a row per TaskRun) or JSON to standard output.")

    @Argument(help: "Labels, numbers, scenarios' names or starts of hashes; default: all.")
    var runs: [String] = []
    @OptionGroup(title: "Store") var storeOptions: StoreOptions
    @Option(help: "Form of the output: csv or json.") var format: Format = .csv

    func run() async throws {
      let (store, access) = try openStore(storeOptions, access: .readOnly)
      let records = try access.attempt {
        if runs.isEmpty { return try store.list().reversed().map { try store.load(id: $0.id) } }
        return try runs.map { try store.load($0) }
      }
      for record in records where format == .csv && record.tally != nil {
        Console().note(
          "note: '\(record.label ?? record.scenario)' has no rows: its runs were summed up; "
            + "--format json has the sums, `gantry simulate --keep everything` the runs")
      }
      switch format {
      case .csv: Console().print(CSVReport().renderTasks(records))
      case .json: Console().print(JSONReport(includesCreationTime: true).render(records))
      }
    }
  }

  /// `gantry runs sweeps`.
  struct Sweeps: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists stored sweeps, the newest first.")

    @OptionGroup(title: "Store") var storeOptions: StoreOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @Option(help: "Form of the output: text or json.") var format: OutputFormat = .text

    func run() async throws {
      let (store, access) = try openStore(storeOptions, access: .readOnly)
      let sweeps = try access.attempt { try store.sweeps() }
      let console = Console()
      let report = SweepListReport(output.report(console))
      console.print(format == .json ? report.renderJSON(sweeps) : report.render(sweeps))
    }
  }
}
