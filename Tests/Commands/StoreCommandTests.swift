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

  @Test("of runs that were summed up there are no rows, and it is said")
  func exportedTotals() throws {
    let gantry = try program()
    #expect(try gantry("simulate", ".", "--keep", "totals", "--label", "sums").status == 0)
    let csv = try gantry("runs", "export", "sums")
    #expect(csv.output.split(whereSeparator: \.isNewline).count == 1)
    #expect(csv.errors.contains("'sums' has no rows: its runs were summed up"))
    #expect(try gantry("runs", "export", "sums", "--format", "json").errors.isEmpty)
  }

  @Test("whoever looks for a sweep among results is told where it is")
  func sweeps() throws {
    let rig = try SweepRig(replications: 2)
    let store = rig.store("a.sqlite")
    try rig.sweep("a.sqlite", "--label", "grid")
    func runs(_ arguments: String...) throws -> Gantry.Result {
      try rig.gantry.run(["runs"] + arguments + ["--store", store])
    }
    let list = try runs("list")
    #expect(list.output.contains("No result is stored"))
    #expect(list.errors.contains("1 sweep is stored too; `gantry runs sweeps` lists them"))
    #expect(try runs("show", "grid").errors.contains("`gantry compare 'grid#*'` shows its points"))
    #expect(try runs("delete", "grid").errors.contains("--sweeps deletes sweeps"))
    #expect(try !runs("show", "nope").errors.contains("sweep"))
    let sweeps = try JSON(runs("sweeps", "--format", "json").output)
    #expect(sweeps[0]["label"].text == "grid")
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
