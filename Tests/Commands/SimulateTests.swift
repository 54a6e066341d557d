import Foundation
import Testing

@Suite("gantry simulate")
struct SimulateTests {
  private func program() throws -> Gantry {
    let gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests())
    try gantry.write("scenario.yaml", Files.scenario)
    return gantry
  }

  @Test("the answer comes first, in one line, and the run ends with 0")
  func text() throws {
    let gantry = try program()
    let result = try gantry("simulate", ".")
    #expect(result.status == 0)
    #expect(result.output.contains("naps-run"))
    #expect(result.output.contains("first") && result.output.contains("second"))
    let first = result.output.split(separator: "\n").first ?? ""
    #expect(first.contains("USD"))
  }

  @Test("JSON has the documented keys")
  func documentedKeys() throws {
    let result = try program()("simulate", ".", "--format", "json", "--no-store")
    #expect(result.status == 0)
    let report = try JSON(result.output)
    #expect(
      report.keys.isSuperset(of: [
        "makespanSeconds", "pipelineRuns", "cost", "assumptions", "diagnostics",
      ]))
    let run = report["pipelineRuns"][0]
    #expect(run.keys.isSuperset(of: ["name", "status", "durationSeconds", "costUSD", "taskRuns"]))
    #expect(run["name"].text == "naps-run")
    #expect(run["status"].text == "Succeeded")
    let taskRun = run["taskRuns"][0]
    #expect(
      taskRun.keys.isSuperset(of: [
        "pipelineTask", "status", "node", "instanceType", "architecture", "startSeconds",
        "completionSeconds", "durationSeconds", "waitSeconds",
      ]))
    #expect(taskRun["pipelineTask"].text == "first")
    #expect((taskRun["durationSeconds"].number ?? 0) > 30)
    let cost = report["cost"]
    #expect(cost.keys.isSuperset(of: ["totalUSD", "monthlyUSD", "lines"]))
    #expect(
      cost["lines"][0].keys.isSuperset(of: [
        "service", "item", "quantity", "unit", "rateUSD", "amountUSD", "source",
      ]))
    #expect((run["durationSeconds"].number ?? 0) == (report["makespanSeconds"].number ?? 1))
  }

  @Test("many runs are summed up, unless all are asked for; both are stored apart")
  func summedUp() throws {
    let gantry = try program()
    let many = ["simulate", ".", "--set", "workload[0].ratePerHour=3000"]
    let count = ["--set", "workload[0].count=2001"]
    let text = try gantry.run(many + count)
    #expect(text.status == 0)
    #expect(text.output.contains("2,001 runs"))
    #expect(text.output.contains("--keep everything"))
    let report = try JSON(gantry.run(many + count + ["--format", "json"]).output)
    #expect(report["tally"]["all"]["runs"].number == 2001)
    #expect(report["pipelineRuns"].count == 0)
    let again = try gantry.run(many + count)
    #expect(again.output == text.output)
    #expect(again.errors.contains("were simulated before"))

    let few = many + ["--set", "workload[0].count=5", "--format", "json"]
    let kept = try JSON(gantry.run(few).output)
    #expect(kept["pipelineRuns"].count == 5)
    let totals = try gantry.run(few + ["--keep", "totals"])
    #expect(!totals.errors.contains("were simulated before"))
    let sums = try JSON(totals.output)
    #expect(sums["tally"]["all"]["runs"].number == 5)
    let wrong = try gantry.run(few + ["--keep", "nothing"])
    #expect(wrong.status == 64)
  }

  @Test("a step that needs more memory than any node has is killed, and the node is named")
  func outOfMemory() throws {
    let gantry = try program()
    // 50,000 MiB on nodes of 32 GiB: the kernel kills the first task's only step.
    let setting = "profiles=[{task: nap, memoryMiB: 50000}]"
    let arguments = ["simulate", ".", "--no-store", "--set", setting]
    let text = try gantry.run(arguments)
    #expect(text.status == 69)
    #expect(text.output.contains("Nodes under pressure"))
    #expect(text.output.contains("OOMKilled naps-run-first"))
    let report = try JSON(try gantry.run(arguments + ["--format", "json"]).output)
    #expect(report["nodeEvents"][0]["kind"].text == "OOMKilled")
    let taskRun = report["pipelineRuns"][0]["taskRuns"][0]
    #expect(taskRun["status"].text == "Failed")
    #expect(report["nodeEvents"][0]["node"].text == taskRun["node"].text)
  }

  @Test("the same seed gives the same bytes, another seed others")
  func sameBytes() throws {
    let gantry = try program()
    let arguments = ["simulate", ".", "--format", "json", "--no-store", "--seed"]
    let first = try gantry.run(arguments + ["7"])
    #expect(try gantry.run(arguments + ["7"]).output == first.output)
    #expect(try gantry.run(arguments + ["8"]).output != first.output)
  }

  @Test("replications give the same bytes on one thread and on three")
  func threads() throws {
    let gantry = try program()
    let arguments = ["simulate", ".", "--format", "json", "--no-store", "--replications", "20"]
    let one = try gantry.run(arguments + ["--threads", "1"])
    #expect(try JSON(one.output)["replications"].count == 20)
    #expect(try gantry.run(arguments + ["--threads", "3"]).output == one.output)
  }

  @Test("manifests come from standard input as well")
  func standardInput() throws {
    let gantry = try Gantry()
    let result = try gantry(
      "simulate", "-", "--format", "json", "--no-store", input: Files.manifests())
    #expect(result.status == 0)
    #expect(try JSON(result.output)["pipelineRuns"][0]["status"].text == "Succeeded")
  }

  @Test("a field set on the command line counts")
  func settings() throws {
    let result = try program()(
      "simulate", ".", "--format", "json", "--no-store", "--set", "nodes.arm64.type=c7g.2xlarge",
      "--set", "nodes.arm64.count=2")
    let nodes = try JSON(result.output)["cluster"]["nodes"]
    let types = (0..<nodes.count).compactMap { nodes[$0]["instanceType"].text }
    #expect(types == ["m5a.2xlarge", "m5a.2xlarge", "c7g.2xlarge", "c7g.2xlarge"])
  }

  @Test("an assumed duration stands in for what cannot be simulated")
  func assumed() throws {
    let result = try program()(
      "simulate", ".", "--format", "json", "--no-store", "--assume", "first=1000s")
    let run = try JSON(result.output)["pipelineRuns"][0]
    #expect((run["taskRuns"][0]["durationSeconds"].number ?? 0) > 1000)
  }

  // MARK: Form

  @Test("a pipe gets no colours and no cursor movements")
  func pipe() throws {
    let result = try program()("simulate", ".", "--replications", "3")
    #expect(!result.output.contains("\u{1B}"))
    #expect(!result.errors.contains("\u{1B}"))
    #expect(try program()("simulate", ".", "--color", "always").output.contains("\u{1B}["))
  }

  @Test("narrow output keeps to its width", arguments: [40, 60, 80, 200])
  func width(columns: Int) throws {
    let result = try program()("simulate", ".", "--width", "\(columns)", "--no-store")
    #expect(result.status == 0)
    for line in result.output.split(separator: "\n") {
      #expect(line.count <= columns, "\(line)")
    }
  }

  // MARK: What cannot finish

  @Test("a pod that no node can take ends with 69 and the reason")
  func unavailable() throws {
    let gantry = try Gantry()
    let path = try gantry.write("naps.yaml", Files.manifests(selector: "disk: nowhere"))
    let result = try gantry("simulate", path, "--format", "json")
    #expect(result.status == 69)
    let run = try JSON(result.output)["pipelineRuns"][0]
    #expect(run["status"].text != "Succeeded")
    let words = (run["message"].text ?? "") + (run["taskRuns"][0]["message"].text ?? "")
    #expect(words.contains("node"))
  }

  @Test("a horizon cuts runs off, which ends with 69")
  func horizon() throws {
    let result = try program()("simulate", ".", "--set", "horizon=10s", "--no-store")
    #expect(result.status == 69)
    #expect(result.output.contains("naps-run"))
  }
}
