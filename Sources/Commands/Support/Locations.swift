import Foundation

/// Where gantry keeps its own files.
enum Locations {
  private static var dataFolder: String {
    let environment = ProcessInfo.processInfo.environment
    #if os(macOS)
      let home = environment["HOME"] ?? NSHomeDirectory()
      return home + "/Library/Application Support/gantry"
    #else
      if let data = environment["XDG_DATA_HOME"], !data.isEmpty { return data + "/gantry" }
      return (environment["HOME"] ?? NSHomeDirectory()) + "/.local/share/gantry"
    #endif
  }

  /// The store: the option, `GANTRY_STORE`, or the platform's data folder.
  static func store(_ option: String?) -> String {
    option ?? ProcessInfo.processInfo.environment["GANTRY_STORE"] ?? dataFolder + "/gantry.sqlite"
  }

  /// Where imported prices go: `GANTRY_PRICES`, or the platform's data folder.
  static var importedCatalog: String {
    ProcessInfo.processInfo.environment["GANTRY_PRICES"] ?? dataFolder + "/catalog"
  }
}
