import Foundation

/// The folder with reference data beside the package, which not every machine has.
enum SharedFolder {
  /// The path of something inside it; nil, after saying so, where it does not exist.
  static func path(_ relative: String, file: String = #filePath) -> String? {
    let environment = ProcessInfo.processInfo.environment["GANTRY_SHARED"]
    var root = URL(fileURLWithPath: file)
    while root.path != "/", root.lastPathComponent != "Tests" { root.deleteLastPathComponent() }
    let package = root.deletingLastPathComponent()
    let folder =
      environment ?? package.deletingLastPathComponent().appendingPathComponent("shared").path
    let path = "\(folder)/\(relative)"
    guard FileManager.default.fileExists(atPath: path) else {
      print("left out: there is no shared folder with \(relative)")
      return nil
    }
    return path
  }
}
