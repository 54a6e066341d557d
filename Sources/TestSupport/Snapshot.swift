internal import Foundation

/// Texts kept beside the tests that produce them.
///
/// `GANTRY_UPDATE_SNAPSHOTS=1` rewrites them; otherwise a difference is shown line by line.
public struct Snapshot: Sendable {
  private let folder: String
  private let ending: String

  /// The snapshots in `Snapshots` beside a test file (`#filePath`).
  public init(besideTest file: String = #filePath) {
    self.init(folder: (file as NSString).deletingLastPathComponent + "/Snapshots", ending: "txt")
  }

  /// Texts kept elsewhere, such as pages of the documentation.
  public init(folder: String, ending: String) {
    self.folder = folder
    self.ending = ending
  }

  /// Why a text is not what was kept under a name (`name.txt` beside a test); nil when it is.
  public func difference(_ name: String, _ text: String) -> String? {
    let path = "\(folder)/\(name).\(ending)"
    if ProcessInfo.processInfo.environment["GANTRY_UPDATE_SNAPSHOTS"] == "1" {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return nil
      } catch {
        return "cannot write \(path): \(error)"
      }
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      return "no snapshot \(name).\(ending); GANTRY_UPDATE_SNAPSHOTS=1 makes it"
    }
    let kept = String(decoding: data, as: UTF8.self)
    return kept == text ? nil : name + "\n" + Self.unified(kept, text)
  }

  /// The lines that differ (`-` kept, `+` now) with two lines around them.
  static func unified(_ old: String, _ new: String) -> String {
    let before = old.components(separatedBy: "\n")
    let after = new.components(separatedBy: "\n")
    let changes = after.difference(from: before)
    var removed: [Int: String] = [:]
    var inserted: [Int: String] = [:]
    for change in changes {
      switch change {
      case .remove(let offset, let line, _): removed[offset] = line
      case .insert(let offset, let line, _): inserted[offset] = line
      }
    }
    var lines: [(mark: String, text: String)] = []
    var (i, j) = (0, 0)
    while i < before.count || j < after.count {
      if let line = removed[i] {
        lines.append(("-", line))
        i += 1
      } else if let line = inserted[j] {
        lines.append(("+", line))
        j += 1
      } else {
        lines.append((" ", before[i]))
        i += 1
        j += 1
      }
    }
    let near = 2
    let shown = lines.indices.filter { index in
      lines[max(0, index - near)...min(lines.count - 1, index + near)].contains { $0.mark != " " }
    }
    return shown.map { lines[$0].mark + lines[$0].text }.joined(separator: "\n")
  }
}
