import Foundation
import GantryCloud
import Testing

@Suite("the catalogue's files")
struct CatalogFolderTests {
  @Test("a folder that is not there is an error that says where was looked")
  func missing() {
    #expect(throws: CatalogError.folderNotFound(searched: ["/nowhere/at/all"])) {
      try CatalogFolder.builtIn(override: "/nowhere/at/all")
    }
  }

  @Test("a damaged row is located")
  func damaged() throws {
    let folder = try copy()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try replace("m5a.2xlarge,amd64,8", by: "m5a.2xlarge,amd64,eight", in: folder + "/instances.csv")
    let catalog = try Catalog(folder: CatalogFolder(path: folder))
    #expect {
      try catalog.instance("m5a.2xlarge")
    } throws: { error in
      guard case .malformed(let file, let line, let reason)? = error as? CatalogError else {
        return false
      }
      return file.hasSuffix("instances.csv") && line > 1 && reason.contains("'eight'")
    }
  }

  @Test("a missing file is an error")
  func missingFile() throws {
    let folder = try copy()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.removeItem(atPath: folder + "/services.csv")
    #expect(
      throws: CatalogError.unreadable(
        file: folder + "/services.csv", reason: "no such file")
    ) { try Catalog(folder: CatalogFolder(path: folder)) }
  }

  @Test("version.txt fits the files")
  func version() throws {
    let root = try CatalogFolder.builtIn().path
    let names = try #require(FileManager.default.enumerator(atPath: root))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".csv") }.sorted()
    #expect(names.count > 35)
    // FNV-1a with 64 bits over each file's name, a newline and its bytes.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for name in names {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: root + "/" + name))
      for byte in Array("\(name)\n".utf8) + Array(bytes) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
    }
    let hex = String(hash, radix: 16)
    let padded = String(repeating: "0", count: 16 - hex.count) + hex
    let version = try Catalog().version
    #expect(version.hasSuffix("-" + padded), "the checksum should be \(padded)")
  }

  @Test("the benchmark tables carry their licence")
  func licence() throws {
    let root = try CatalogFolder.builtIn().path
    for name in ["cpu-scores.csv", "cpu-processors.csv", "node-boot.csv"] {
      let text = try String(contentsOfFile: root + "/" + name, encoding: .utf8)
      #expect(text.hasPrefix("# Derived from Spare Cores") && text.contains("CC BY-SA 4.0"))
    }
    #expect(FileManager.default.fileExists(atPath: root + "/LICENSE-cpu-scores.md"))
  }

  private func copy() throws -> String {
    let target = NSTemporaryDirectory() + "gantry-catalog-\(UUID().uuidString)"
    try FileManager.default.copyItem(
      atPath: try CatalogFolder.builtIn().path, toPath: target)
    return target
  }

  private func replace(_ old: String, by new: String, in file: String) throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try #require(text.contains(old))
    try text.replacingOccurrences(of: old, with: new)
      .write(toFile: file, atomically: true, encoding: .utf8)
  }
}
