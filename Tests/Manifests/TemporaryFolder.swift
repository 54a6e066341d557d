import Foundation

/// A folder for one test, removed at its end.
final class TemporaryFolder {
  /// The folder's path.
  let path: String

  /// Makes a folder with files given as path and text.
  init(_ files: [(String, String)] = []) throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("gantry-\(UUID().uuidString)").resolvingSymlinksInPath().path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, making its folders.
  func write(_ name: String, _ text: String) throws {
    try write(name, Array(text.utf8))
  }

  /// Writes a file's bytes, making its folders.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// Makes a symbolic link.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  /// A path inside, as findings show it, without the folder's own path.
  func relative(_ path: String) -> String {
    path.hasPrefix(self.path + "/") ? String(path.dropFirst(self.path.count + 1)) : path
  }
}

/// A small object of a kind and name.
func object(_ kind: String, _ name: String, version: String = "v1") -> String {
  "apiVersion: \(version)\nkind: \(kind)\nmetadata: {name: \(name)}\n"
}
