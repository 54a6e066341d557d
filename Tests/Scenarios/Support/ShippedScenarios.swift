import Foundation

/// The scenarios of this package, and the program that simulates them.
enum ShippedScenarios {
  /// The package's folder: scenarios are named relative to it, as a user in a checkout does.
  static let root: URL = {
    var folder = URL(fileURLWithPath: #filePath)
    while folder.path != "/", folder.lastPathComponent != "Tests" {
      folder.deleteLastPathComponent()
    }
    return folder.deletingLastPathComponent()
  }()

  /// All folders with a scenario file, such as `scenarios/article/htop`.
  static let all: [String] = {
    let found = FileManager.default.enumerator(atPath: root.path + "/scenarios")
    let files = (found?.compactMap { $0 as? String } ?? []).filter {
      ($0 as NSString).lastPathComponent == "scenario.yaml"
    }
    return files.map { "scenarios/" + ($0 as NSString).deletingLastPathComponent }.sorted()
  }()

  /// The exit code of its simulation: 0, or what the file `expected-exit` in the folder says.
  static func expectedExit(_ path: String) -> Int32 {
    let file = root.appendingPathComponent("\(path)/expected-exit")
    let text = try? String(contentsOf: file, encoding: .utf8)
    return text.flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? 0
  }

  /// The README of a folder.
  static func readme(_ folder: String) -> URL {
    root.appendingPathComponent("scenarios/\(folder)/README.md")
  }

  /// The folder of the built products, where `gantry` lies beside the tests.
  static var products: URL? {
    let candidates =
      [
        Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0]),
      ] + Bundle.allBundles.map(\.bundleURL)
    for candidate in candidates {
      var folder = candidate
      for _ in 0..<5 {
        let program = folder.appendingPathComponent("gantry").path
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: program, isDirectory: &isFolder),
          !isFolder.boolValue, FileManager.default.isExecutableFile(atPath: program)
        {
          return folder
        }
        folder.deleteLastPathComponent()
      }
    }
    return nil
  }
}
