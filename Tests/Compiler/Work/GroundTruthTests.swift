import Foundation
import GantryModel
import Testing

@testable import GantryCompiler

/// Buildah's model against measured rows: CPU seconds of the measuring machine, bytes written.
@Suite("ground truth")
struct GroundTruthTests {
  private struct Row {
    var operation: String
    var isVfs: Bool
    var size: Double
    var files: Double
    var directories: Double
    var layers: Int
    var instructions: Int
    var deltaBytes: Double
    var deltaFiles: Double
    var content: ContentClass
    var commitsEach: Bool
    var compressed: Double
    var cpu: Double
    var written: Double

    init?(_ fields: [String: String]) {
      func number(_ key: String) -> Double { Double(fields[key] ?? "") ?? 0 }
      let classes: [String: ContentClass] = [
        "mid": .mixed, "text": .text, "elf": .programs, "rand": .packed, "deb": .system,
      ]
      let operations = ["pull", "bud", "push_archive", "pull_archive", "manifest_push"]
      guard fields["family"] == "buildah", fields["fs"] == "tmpfs",
        let operation = fields["op"], operations.contains(operation),
        let content = classes[fields["cls"] ?? ""], number("cpu_s") > 0
      else { return nil }
      self.operation = operation
      self.content = content
      isVfs = fields["driver"] == "vfs"
      size = number("S_mb") * 1_048_576
      files = number("F")
      directories = number("dirs")
      layers = max(1, Int(number("base_layers")))
      instructions = Int(number("instr"))
      deltaBytes = number("delta_mb") * 1_048_576
      deltaFiles = number("delta_files")
      commitsEach = fields["layers_flag"] == "1"
      compressed = number("base_gz_bytes")
      cpu = number("cpu_s")
      written = number("bytes_written")
    }

    var base: StoredImage {
      let share = Double(layers)
      let tree = Tree(
        bytes: size / share, files: files / share, directories: directories / share,
        content: content)
      return StoredImage(
        layers: Array(
          repeating: .init(tree: tree, compressed: compressed / share), count: layers),
        architecture: .amd64, distribution: .other)
    }

    /// The base and one layer with what all instructions added.
    var built: StoredImage {
      var image = base
      let delta = Tree(
        bytes: deltaBytes * Double(instructions), files: deltaFiles * Double(instructions),
        directories: Double(instructions), content: content)
      let ratio = Figure.compression(content).value
      image.layers.append(.init(tree: delta, compressed: delta.tarBytes / ratio))
      return image
    }

    /// What else the measurement counts: pipes, sockets and memory files.
    var uncounted: Double {
      switch operation {
      case "pull": base.tree.tarBytes
      case "pull_archive": built.tree.tarBytes
      case "push_archive": 0
      case "manifest_push": built.compressedBytes
      default:
        Double(instructions / 2) * 39.1 * 1_048_576 + 2 * deltaBytes * Double(instructions)
      }
    }
  }

  private static func rows() -> [Row]? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let environment = ProcessInfo.processInfo.environment
    let shared =
      environment["GANTRY_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? root.deletingLastPathComponent().appendingPathComponent("shared")
    let file =
      environment["GANTRY_GROUND_TRUTH"].map { URL(fileURLWithPath: $0) }
      ?? shared.appendingPathComponent("facts/ground-truth.csv")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      print("left out: the measured rows are not there")
      return nil
    }
    let lines = text.split(whereSeparator: \.isNewline)
    let names = (lines.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
    return lines.dropFirst().compactMap { line in
      let values = line.split(separator: ",", omittingEmptySubsequences: false)
      return Row(
        Dictionary(
          zip(names.map(String.init), values.map(String.init)), uniquingKeysWith: { $1 }))
    }
  }

  /// The phases of one row's command, on storage in memory.
  private func phases(_ row: Row) -> [Phase] {
    var configuration = WorkConfiguration()
    configuration.assumptions = [
      "reference.factor": 1, "pull.quietFactor": 1, "push.quietFactor": 1,
      "manifestPush.quietFactor": 1, "pullArchive.quietFactor": 1,
    ]
    var paths = PathSpace(root: .pod("root", inMemory: true))
    paths.mount(.pod("context", inMemory: true), at: "/context", subPath: nil)
    let scene = Scene(
      architecture: .amd64, localClaims: [], configuration: configuration, world: World(),
      tables: WorkTables(assumptions: configuration.assumptions), paths: paths,
      distribution: .other)
    let call = CommandCall(
      name: "buildah", arguments: [], directory: "/",
      variables: ["STORAGE_DRIVER": row.isVfs ? "vfs" : "overlay"], input: nil)
    let storage = ContainerStorage(
      options: CommandOptions([], valued: []), call: call, scene: scene)
    let archive = paths.place("/context/a.tar")
    switch row.operation {
    case "pull": scene.pull(row.base, named: "r.test/base", into: storage, by: "buildah")
    case "push_archive":
      scene.push(row.built, to: archive, isCompressed: true, from: storage, by: "buildah")
    case "pull_archive": scene.pull(row.built, from: archive, into: storage, by: "buildah")
    case "manifest_push": scene.push(row.built, to: "r.test/x", from: storage, by: "buildah")
    default: build(row, scene, storage)
    }
    return scene.phases
  }

  private func build(_ row: Row, _ scene: Scene, _ storage: ContainerStorage) {
    scene.world[store: storage.place].images["base"] = row.base
    var text = "FROM base\n"
    for number in 1...max(1, row.instructions) {
      text +=
        number % 2 == 1
        ? "COPY d\(number) /d\(number)\n" : "RUN cp -r /d\(number - 1) /d\(number)\n"
      let tree = Tree(
        bytes: row.deltaBytes, files: row.deltaFiles, directories: 1, content: row.content)
      scene.remember(tree, at: scene.paths.place("/context/d\(number)"))
    }
    var build = ImageBuild(
      scene: scene,
      request: .init(
        file: Containerfile(text), context: scene.paths.place("/context"), architecture: .amd64,
        storage: storage, commitsEachInstruction: row.commitsEach, arguments: [:], target: nil,
        tool: "buildah"))
    _ = build.run()
  }

  @Test("CPU and bytes are near the measured rows")
  func errors() throws {
    guard let rows = Self.rows() else { return }
    #expect(rows.count > 50)
    var cpu: [String: [Double]] = [:]
    var bytes: [String: [Double]] = [:]
    for row in rows {
      let key = "\(row.operation) \(row.isVfs ? "vfs" : "overlay")"
      let phases = phases(row)
      let written = phases.bytes(.write, .memory)
      cpu[key, default: []].append(abs(phases.cpu / row.cpu - 1))
      bytes[key, default: []].append(abs((written + row.uncounted) / row.written - 1))
    }
    for key in cpu.keys.sorted() {
      let (c, b) = (median(cpu[key] ?? []), median(bytes[key] ?? []))
      print(
        "ground truth \(key): \(cpu[key]?.count ?? 0) rows, median error",
        "cpu \((c * 1000).rounded() / 10) %, bytes \((b * 1000).rounded() / 10) %")
      #expect(c < 0.15, "\(key)")
      #expect(b < 0.05, "\(key)")
    }
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
