import Foundation

/// Finds the folder with the catalogue's files and reads them.
public struct CatalogFolder: Hashable, Sendable {
  /// The folder's path.
  public let path: String

  /// Names a folder without looking whether it exists.
  public init(path: String) { self.path = path }

  /// Finds the built-in catalogue, wherever the program was moved to.
  ///
  /// Looked at in this order: the given folder; the resource folder that the package manager lays
  /// beside the executable; `share/gantry/Catalog` beside the executable's folder; the sources the
  /// program was built from.
  /// - Parameter override: A folder that wins, such as the value of `GANTRY_CATALOG`.
  /// - Returns: The first of those folders that holds a catalogue.
  /// - Throws: `CatalogError.folderNotFound` with the places that were looked at.
  public static func builtIn(override: String? = nil) throws(CatalogError) -> CatalogFolder {
    let candidates = override.map { [$0] } ?? defaultPlaces
    for candidate in candidates
    where FileManager.default.fileExists(atPath: candidate + "/" + versionFile) {
      return CatalogFolder(path: candidate)
    }
    throw .folderNotFound(searched: candidates)
  }

  static let versionFile = "version.txt"

  private static var defaultPlaces: [String] {
    var places: [String] = []
    if let executable = Bundle.main.executableURL?.resolvingSymlinksInPath() {
      let beside = executable.deletingLastPathComponent()
      places = [
        "gantry_GantryCloud.resources/Catalog", "gantry_GantryCloud.bundle/Catalog",
        "../share/gantry/Catalog",
      ].map { beside.appendingPathComponent($0).standardizedFileURL.path }
    }
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Catalog")
    return places + [source.path]
  }

  /// The bytes of a file; nil when there is none of that name.
  func contents(of name: String) throws(CatalogError) -> [UInt8]? {
    let file = path + "/" + name
    guard FileManager.default.fileExists(atPath: file) else { return nil }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    } catch {
      throw .unreadable(file: file, reason: error.localizedDescription)
    }
  }

  /// A table that must exist.
  func table(_ name: String) throws(CatalogError) -> CSVTable {
    guard let table = try optionalTable(name) else {
      throw .unreadable(file: path + "/" + name, reason: "no such file")
    }
    return table
  }

  /// A table that may be missing.
  func optionalTable(_ name: String) throws(CatalogError) -> CSVTable? {
    guard let bytes = try contents(of: name) else { return nil }
    return try CSVTable(name: path + "/" + name, bytes: bytes)
  }
}
