import ArgumentParser
import GantryCloud
import GantryModel
import GantryReport
import GantryUnits

/// `gantry catalog`: what is known of AWS.
struct CatalogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Instance types, prices and limits: what gantry believes, with source and date.",
    subcommands: [Show.self, List.self, Import.self])

  /// Ends the program with what the catalogue says.
  static func fail(_ error: CatalogError) -> ExitCode {
    Console().note("error: \(error)")
    switch error {
    case .folderNotFound, .unreadable, .malformed: return .ioError
    default: return .badInput
    }
  }
}

extension CatalogCommand {
  /// `gantry catalog show`.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows an instance type with the source and date of each figure.")

    @Argument(help: "An instance type, such as m6g.2xlarge.") var type: String
    @Option(help: "The region of prices and zones.") var region = "eu-west-3"
    @Option(help: "Form of the output: text or json.") var format: OutputFormat = .text
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let catalog = try Catalogs.open()
      do {
        let page = try InstancePage(catalog: catalog, type: type, region: region)
        Console().print(format == .json ? page.json : page.text(width: output.width))
      } catch {
        throw CatalogCommand.fail(error)
      }
    }
  }

  /// `gantry catalog list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists instance types with speed and price.")

    @Option(help: "Only this architecture: amd64 or arm64.") var arch: String?
    @Option(name: .customLong("min-vcpu"), help: "At least this many vCPU.") var minVCPU: Int?
    @Option(help: "At most this many vCPU.") var maxVcpu: Int?
    @Option(help: "At least this much memory in GiB.") var minMemory: Double?
    @Option(help: "Only this family, such as m6g.") var family: String?
    @Option(help: "The region of the prices.") var region = "eu-west-3"
    @Flag(help: "Only types of the current generation.") var current = false
    @Flag(help: "Bare-metal types too.") var metal = false
    @Option(help: "Order: price, price-per-work, vcpu, memory or name.") var sort = "name"
    @Option(help: "At most this many.") var limit: Int?
    @Option(help: "Form of the output: text or json.") var format: OutputFormat = .text

    func run() async throws {
      guard let order = InstanceOrder(rawValue: sort) else {
        throw ValidationError(
          "'\(sort)' is no order; expected "
            + InstanceOrder.allCases.map(\.rawValue).joined(separator: ", ") + ".")
      }
      var filter = InstanceFilter()
      if let arch {
        guard let architecture = Architecture(spelling: arch) else {
          throw ValidationError("'\(arch)' is no architecture; expected amd64 or arm64.")
        }
        filter.architecture = architecture
      }
      filter.minVCPU = minVCPU
      filter.minMemory = minMemory.map { .gib($0) }
      filter.family = family
      filter.region = region
      filter.currentGenerationOnly = current
      filter.includesBareMetal = metal
      do {
        var found = try Catalogs.open().list(filter, sortedBy: order)
        if let maxVcpu { found = found.filter { $0.type.vcpu <= maxVcpu } }
        let list = InstanceList(
          offerings: Array(found.prefix(limit ?? found.count)), region: region)
        Console().print(format == .json ? list.json : list.text)
      } catch let error as CatalogError {
        throw CatalogCommand.fail(error)
      }
    }
  }

  /// `gantry catalog import`.
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes today's prices from AWS's own price list (bulk offer file, JSON or CSV).",
      discussion: """
        The offer file of Amazon EC2 is published under pricing.us-east-1.amazonaws.com, for all \
        regions or for one. Imported prices win over the built-in ones; prices in a scenario win over \
        both.
        """)

    @Argument(help: "The price list.") var file: String

    func run() async throws {
      let console = Console()
      do {
        let summary = try PriceListImporter(catalog: try Catalogs.open()).importPriceList(
          from: file, into: CatalogFolder(path: Locations.importedCatalog))
        console.print(
          "imported \(summary.instancePrices) instance prices and \(summary.volumePrices) volume "
            + "prices of \(summary.publicationDate ?? summary.version) for "
            + summary.regions.joined(separator: ", "))
        if !summary.unknownTypes.isEmpty {
          console.print("not known, left out: \(summary.unknownTypes.joined(separator: ", "))")
        }
        if !summary.unknownRegions.isEmpty {
          console.print(
            "regions not known, left out: \(summary.unknownRegions.joined(separator: ", "))")
        }
        for conflict in summary.conflicts { console.print("given twice: \(conflict)") }
      } catch let error as CatalogError {
        throw CatalogCommand.fail(error)
      } catch let error as InputError {
        let renderer = DiagnosticRenderer(texts: SourceTexts())
        console.note(renderer.render(error.diagnostics))
        throw ExitCode.badInput
      }
    }
  }
}
