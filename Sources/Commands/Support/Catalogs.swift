import ArgumentParser
import Foundation
import GantryCloud

/// Opens the catalogue with what the user imported.
enum Catalogs {
  static func open() throws -> Catalog {
    do {
      let override = ProcessInfo.processInfo.environment["GANTRY_CATALOG"]
      return try Catalog(
        folder: try CatalogFolder.builtIn(override: override),
        imported: CatalogFolder(path: Locations.importedCatalog))
    } catch {
      Console().note("error: \(error)")
      throw ExitCode.ioError
    }
  }
}
