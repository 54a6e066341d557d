import Foundation
import GantryModel
import GantryStore
import Testing

@Suite("explain")
struct ExplainTests {
  private func program(selector: String = "kubernetes.io/os: linux") throws -> Gantry {
    let gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests(selector: selector))
    try gantry.write("scenario.yaml", Files.scenario)
    return gantry
  }

  @Test("a scenario is simulated and explained, and nothing is stored")
  func path() throws {
    let gantry = try program()
    let result = try gantry("explain", ".")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("naps-run, pipeline naps, Succeeded"))
    #expect(result.output.contains("Critical path"))
    #expect(result.output.contains("Shortened most by: "))
    #expect(result.output.contains("Why each task went as it did"))
    #expect(!FileManager.default.fileExists(atPath: gantry.store))
  }

  @Test("what is explained is named, as several results may have a run of that name")
  func source() throws {
    let gantry = try program()
    for label in ["one", "two"] {
      let seed = label == "one" ? "1" : "2"
      #expect(try gantry.run(["simulate", ".", "--label", label, "--seed", seed]).status == 0)
    }
    let result = try gantry("explain", "naps-run")
    #expect(result.output.hasPrefix("naps, label two, on "), "\(result.output)")
  }

  @Test("a task is told in full, also as JSON")
  func task() throws {
    let gantry = try program()
    let text = try gantry("explain", "naps.yaml", "--task", "second", "--width", "120")
    #expect(text.status == 0)
    #expect(text.output.contains("naps-run-second"))
    #expect(!text.output.contains("naps-run-first,"))
    #expect(text.output.contains("NodeResourcesFit"))
    let json = try JSON(
      try gantry("explain", "naps.yaml", "--task", "second", "--format", "json").output)
    #expect(json["pipelineRuns"].count == 1)
    #expect(json["pipelineRuns"][0]["taskRuns"].count == 1)
    let look = json["pipelineRuns"][0]["taskRuns"][0]["attempts"][0]["schedulingAttempts"][0]
    #expect(look["chosen"].text == json["pipelineRuns"][0]["taskRuns"][0]["node"].text)
    #expect(look["nodes"].number == 3)
  }

  @Test("a stored result is explained from the inputs kept with it, though the files changed")
  func stored() throws {
    let gantry = try program()
    let simulated = try gantry("simulate", ".", "--label", "base", "--format", "json")
    #expect(simulated.status == 0)
    let first = try JSON(simulated.output)["pipelineRuns"][0]["durationSeconds"].number
    let duration = try #require(first)
    try gantry.write("naps.yaml", "not: [a, manifest\n")
    for reference in ["base", "1", "naps", "naps-run"] {
      let result = try gantry("explain", reference, "--format", "json")
      #expect(result.status == 0, "\(reference): \(result.errors)")
      let explained = try JSON(result.output)
      #expect(explained["pipelineRuns"][0]["durationSeconds"].number == duration, "\(reference)")
    }
  }

  @Test("a workload from a CSV file, an assumed duration and a source folder are kept too")
  func storedExtras() throws {
    let gantry = try program()
    try gantry.write("times.csv", "0\n100\n")
    try gantry.write("src/main.c", "int main() { return 0; }\n")
    try gantry.write(
      "scenario.yaml",
      Files.scenario + "workload:\n- {csv: times.csv}\n"
        + "sources: {'https://example.com/a/b.git': src}\n")
    let simulated = try gantry("simulate", ".", "--seed", "5")
    #expect(simulated.status == 0, "\(simulated.errors)")
    try FileManager.default.removeItem(atPath: gantry.folder.path + "/times.csv")
    let result = try gantry("explain", "1", "--run", "naps-run-2", "--format", "json")
    #expect(result.status == 0, "\(result.errors)")
    let explained = try JSON(result.output)
    #expect(explained["seed"].number == 5)
    #expect(explained["otherPipelineRuns"].number == 1)
    #expect(explained["pipelineRuns"][0]["name"].text == "naps-run-2")
  }

  @Test("unknown results, runs and tasks give the nearest name and the list")
  func unknown() throws {
    let gantry = try program()
    let nothing = try gantry("explain", "naps-run")
    #expect(nothing.status == 65)
    #expect(nothing.errors.contains("no store"))
    #expect(try gantry("simulate", ".").status == 0)
    let result = try gantry("explain", "naps-rum")
    #expect(result.status == 65)
    #expect(result.errors.contains("did you mean 'naps-run'?"))
    let run = try gantry("explain", ".", "--run", "naps")
    #expect(run.status == 65)
    #expect(run.errors.contains("there is no PipelineRun 'naps'"))
    #expect(run.errors.contains("naps-run"))
    let task = try gantry("explain", ".", "--task", "secnd")
    #expect(task.status == 65)
    #expect(task.errors.contains("did you mean 'second'? there are: first, second"))
    let replication = try gantry("explain", ".", "--replication", "1")
    #expect(replication.status == 65)
  }

  @Test("a stored result cannot be changed by --set")
  func settings() throws {
    let gantry = try program()
    #expect(try gantry("simulate", ".").status == 0)
    let result = try gantry("explain", "1", "--set", "seed=2")
    #expect(result.status == 65)
    #expect(result.errors.contains("is a stored result"))
  }

  @Test("a stored result that does not come out the same again is refused with the reason")
  func notReproduced() throws {
    let gantry = try program()
    #expect(try gantry("simulate", ".").status == 0)
    let store = try Store(path: gantry.store)
    var record = try store.load("1")
    record.replications[0].makespanSeconds += 1
    record.catalogVersion = "older"
    record.label = "other"
    try store.save(record)
    let result = try gantry("explain", "other")
    #expect(result.status == 65)
    #expect(result.errors.contains("stored with catalogue older"))
    #expect(result.errors.contains("does not come out the same again"))
    #expect(result.errors.contains("gantry simulate"))
  }

  @Test("a run that cannot finish is explained with the scheduler's words, with exit code 0")
  func unschedulable() throws {
    let gantry = try program(selector: "disk: fast")
    let result = try gantry("explain", ".", "--task", "first", "--width", "140")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("0/3 nodes are available"))
    #expect(result.output.contains("NodeAffinity (UnschedulableAndUnresolvable)"))
  }

  @Test(
    "wrong usage", arguments: [["--replication", "-1"], ["--threads", "0"], ["--form", "x"]])
  func usage(_ options: [String]) throws {
    #expect(try program().run(["explain", "."] + options).status == 64)
  }
}
