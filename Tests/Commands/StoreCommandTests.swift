import Foundation
import Testing

@Suite("The store, from the command line")
struct StoreCommandTests {
  private func program() throws -> Gantry {
    let gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests())
    try gantry.write("scenario.yaml", Files.scenario)
    return gantry
  }

  private func stored(_ gantry: Gantry) throws -> JSON {
    try JSON(try gantry("runs", "list", "--format", "json").output)
  }

  @Test("the same inputs are recognised; --again simulates them anew")
  func recognised() throws {
    let gantry = try program()
    let first = try gantry("simulate", ".", "--format", "json")
    let second = try gantry("simulate", ".", "--format", "json")
    #expect(second.status == 0)
    #expect(second.errors.contains("simulated before"))
    #expect(second.output == first.output)
    #expect(try stored(gantry).count == 1)
    let again = try gantry("simulate", ".", "--format", "json", "--again")
    #expect(again.output == first.output)
    #expect(!again.errors.contains("simulated before"))
    let other = try gantry("simulate", ".", "--seed", "2")
    #expect(!other.errors.contains("simulated before"))
  }

  @Test("--no-store keeps nothing")
  func noStore() throws {
    let gantry = try program()
    #expect(try gantry("simulate", ".", "--no-store").status == 0)
    #expect(!FileManager.default.fileExists(atPath: gantry.store))
  }

  @Test("labels name results: list, show, export, compare, delete")
  func labels() throws {
    let gantry = try program()
    #expect(try gantry("simulate", ".", "--label", "base").status == 0)
    #expect(
      try gantry("simulate", ".", "--label", "fast", "--set", "nodes.amd64.type=c7i.2xlarge")
        .status == 0)
    let list = try gantry("runs", "list")
    #expect(list.output.contains("base") && list.output.contains("fast"))
    #expect(try stored(gantry).count == 2)
    let shown = try gantry("runs", "show", "fast", "--format", "json")
    #expect(try JSON(shown.output)["label"].text == "fast")
    #expect(try gantry("runs", "show", "1").output.contains("naps-run"))
    let csv = try gantry("runs", "export", "base", "fast")
    // A head, and two TaskRuns of each.
    #expect(csv.output.split(whereSeparator: \.isNewline).count == 5)
    let exported = try gantry("runs", "export", "--format", "json")
    #expect(try JSON(exported.output).count == 2)
    let compared = try gantry("compare", "base", "fast")
    #expect(compared.status == 0)
    #expect(compared.output.contains("fast"))
    #expect(compared.output.contains("c7i.2xlarge"))
    #expect(try gantry("compare", "--format", "json").status == 0)
    #expect(try gantry("runs", "delete", "fast").output == "deleted 1 result\n")
    #expect(try stored(gantry).count == 1)
    #expect(try gantry("runs", "show", "fast").status == 65)
  }

  @Test("compare simulates a scenario that the store does not have")
  func compareFolder() throws {
    let gantry = try program()
    #expect(try gantry("simulate", ".", "--label", "base", "--seed", "5").status == 0)
    let result = try gantry("compare", "base", ".")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try stored(gantry).count == 2)
  }

  @Test("compare says when several scenarios have the label, and takes each by its scenario")
  func namesakes() throws {
    let gantry = try program()
    #expect(try gantry("simulate", ".", "--label", "base").status == 0)
    try gantry.write("scenario-other.yaml", "name: other\nmanifests: [naps.yaml]\nseed: 3\n")
    #expect(try gantry("simulate", "scenario-other.yaml", "--label", "base").status == 0)
    let result = try gantry("compare", "base", "naps:base")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("note: 'base' is the newest"), "\(result.errors)")
    #expect(result.errors.contains("of other; others are naps:base"), "\(result.errors)")
    #expect(!(try gantry("compare", "other:base", "naps:base")).errors.contains("note: 'base'"))
  }

  @Test("the store may be named by option or environment")
  func places() throws {
    let gantry = try program()
    let path = gantry.folder.path + "/own.sqlite"
    #expect(try gantry("simulate", ".", "--store", path).status == 0)
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(!FileManager.default.fileExists(atPath: gantry.store))
    gantry.environment["GANTRY_STORE"] = path
    #expect(try stored(gantry).count == 1)
  }
}
