public import Foundation

/// What the real Tekton decided on given inputs: a folder that not every machine has, else the part
/// of it that is carried with the tests.
///
/// `GANTRY_GOLDEN_TEKTON` names another folder of the same format, with groups of any names.
public struct TektonGolden: Sendable {
  /// The folder, or that of the carried files.
  public let root: URL
  /// Whether only the carried part is here.
  public let isCarried: Bool

  /// Whether it is the usual folder or the carried part of it, whose cases are known by name.
  public var isUsual: Bool {
    isCarried || ProcessInfo.processInfo.environment["GANTRY_GOLDEN_TEKTON"] == nil
  }

  /// What the data are not.
  public enum Problem: Error, CustomStringConvertible {
    case missing(String)

    public var description: String {
      switch self {
      case .missing(let what): "\(what) is not there"
      }
    }
  }

  /// The data: the folder named by the environment, the one beside the package, or what is carried.
  public static func find(file: String = #filePath) throws -> TektonGolden {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["GANTRY_GOLDEN_TEKTON"] {
      let root = URL(fileURLWithPath: path)
      guard exists(root.appendingPathComponent("expected")) else {
        throw Problem.missing("\(path)/expected (GANTRY_GOLDEN_TEKTON)")
      }
      return TektonGolden(root: root, isCarried: false)
    }
    let package = self.package(of: file)
    let shared =
      environment["GANTRY_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? package.deletingLastPathComponent().appendingPathComponent("shared")
    let root = shared.appendingPathComponent("golden/tekton")
    if exists(root) { return TektonGolden(root: root, isCarried: false) }
    print("tekton: catalog and seed cases left out, the reference data are not here")
    return carried(file: file)
  }

  /// The part that is carried with the tests.
  public static func carried(file: String = #filePath) -> TektonGolden {
    TektonGolden(
      root: package(of: file).appendingPathComponent("Tests/Fixtures/tekton"), isCarried: true)
  }

  /// The releases that there are cases of, such as `v1.15.0`.
  public func releases() throws -> [String] {
    if isCarried { return TektonFixtures.releases(in: root) }
    return try Self.names(in: root.appendingPathComponent("expected"))
  }

  /// All cases of a release, by group and name.
  public func cases(_ release: String) throws -> [GoldenCase] {
    if isCarried { return try TektonFixtures.cases(release, in: root) }
    let folder = root.appendingPathComponent("expected/\(release)")
    var cases: [GoldenCase] = []
    for group in try Self.names(in: folder) {
      let names = try Self.names(in: folder.appendingPathComponent(group))
      for name in names where name.hasSuffix(".json") {
        let file = folder.appendingPathComponent("\(group)/\(name)")
        cases.append(read(file, release: release, group: group, name: String(name.dropLast(5))))
      }
    }
    return cases
  }

  /// What a kind of comparison is called in outputs.
  public func kind(_ name: String, _ release: String, _ level: String? = nil) -> String {
    [name, release, level].compactMap { $0 }.joined(separator: " ")
      + (isCarried ? ", carried" : "")
  }

  private func read(_ file: URL, release: String, group: String, name: String) -> GoldenCase {
    var golden = GoldenCase(release: release, group: group, name: name)
    do {
      golden.json = try JSONDecoder().decode(GoldenValue.self, from: Data(contentsOf: file))
      let paths =
        golden.json["inputs"].isNull
        ? ["inputs/\(group)/\(name).yaml"] : golden.json["inputs"].items.compactMap(\.text)
      for path in paths {
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        golden.inputs.append(.init(path: path, text: text))
      }
    } catch {
      golden.problem = "cannot be read: \(error)"
    }
    return golden
  }

  private static func package(of file: String) -> URL {
    var package = URL(fileURLWithPath: file)
    while package.path != "/", package.lastPathComponent != "Tests" {
      package.deleteLastPathComponent()
    }
    return package.deletingLastPathComponent()
  }

  private static func exists(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path)
  }

  private static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.first != "." }
      .sorted()
  }
}

/// One case of the reference data.
public struct GoldenCase: Sendable {
  public var release: String
  public var group: String
  public var name: String
  /// What was decided.
  public var json = GoldenValue.null
  /// The files that were given, in order.
  public var inputs: [Input] = []
  /// Why the case cannot be compared; nil when it can.
  public var problem: String?

  /// A file with YAML documents.
  public struct Input: Sendable, Hashable, Codable {
    public var path: String
    public var text: String

    /// Joins path and text.
    public init(path: String, text: String) {
      self.path = path
      self.text = text
    }

    /// The file's own name.
    public var file: String { path.split(separator: "/").last.map(String.init) ?? path }
  }

  /// Makes a case without content.
  public init(release: String, group: String, name: String) {
    self.release = release
    self.group = group
    self.name = name
  }

  /// Release, group and name.
  public var title: String { "\(release)/\(group)/\(name)" }

  /// Whether it is about the pod of one TaskRun instead of documents and runs.
  public var isPod: Bool {
    json["docs"].isNull && !(json["pod"].isNull && json["condition"].isNull)
  }
}
