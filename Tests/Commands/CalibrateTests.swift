import Foundation
import Testing

@Suite("calibrate")
struct CalibrateTests {
  /// A run of the pipeline of `Files.manifests`: two naps of so many seconds, one after the other.
  private func run(_ number: Int, _ seconds: [Int]) -> [String] {
    func time(_ second: Int) -> String {
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      return
        "2026-01-31T\(two(8 + number / 2)):\(two(number % 2 * 30 + second / 60)):\(two(second % 60))Z"
    }
    let condition = "\"conditions\": [{\"type\": \"Succeeded\", \"status\": \"True\"}]"
    var objects: [String] = []
    var clock = 1
    for (task, seconds) in zip(["first", "second"], seconds) {
      let begin = clock + 7
      objects.append(
        """
        {"kind": "TaskRun", "metadata": {"name": "run-\(number)-\(task)", "creationTimestamp": \
        "\(time(clock))", "labels": {"tekton.dev/pipelineRun": "run-\(number)", \
        "tekton.dev/pipeline": "naps", "tekton.dev/pipelineTask": "\(task)"}}, "status": \
        {"startTime": "\(time(clock))", "completionTime": "\(time(begin + seconds + 1))", \(condition), \
        "steps": [{"name": "work", "terminated": {"exitCode": 0, "startedAt": "\(time(begin))", \
        "finishedAt": "\(time(begin + seconds))"}}]}}
        """)
      clock = begin + seconds + 1
    }
    objects.append(
      """
      {"kind": "PipelineRun", "metadata": {"name": "run-\(number)", "creationTimestamp": "\(time(0))"}, \
      "spec": {"pipelineRef": {"name": "naps"}}, "status": {"startTime": "\(time(0))", \
      "completionTime": "\(time(clock))", \(condition)}}
      """)
    return objects
  }

  private func list(_ objects: [String]) -> String {
    "{\"kind\": \"List\", \"items\": [\n\(objects.joined(separator: ",\n"))\n]}"
  }

  /// Twelve runs: naps of 20 and 100 s, give or take one in twenty.
  private func good() -> String {
    list((0..<12).flatMap { run($0, [20 + $0 % 3 - 1, 100 + $0 % 5 * 2 - 4]) })
  }

  private func program() throws -> Gantry {
    let gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests())
    try gantry.write("scenario.yaml", Files.scenario)
    try gantry.write("runs.json", good())
    return gantry
  }

  @Test("a good fit is written, and drives check, simulate and compare")
  func profile() throws {
    let gantry = try program()
    let result = try gantry("calibrate", "runs.json", "--out", "profile.yaml")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Verdict: good enough"))
    #expect(result.output.contains("runs held out"))
    #expect(result.output.contains("instance type of 24 TaskRuns is unknown"))
    let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("so that nothing can be said of others"))
    #expect(result.errors.contains("warning: ") && result.errors.contains("[W0339]"))
    #expect(result.errors.contains("kubectl get nodes,pods -o json"))
    let text = try String(
      contentsOf: gantry.folder.appendingPathComponent("profile.yaml"), encoding: .utf8)
    #expect(text.contains("pipeline: naps") && text.contains("step: work"))
    #expect(!text.contains("warning:"))
    #expect(try gantry("check", ".", "--profile", "profile.yaml").status == 0)
    let simulated = try gantry(
      "simulate", ".", "--profile", "profile.yaml", "--format", "json", "--replications", "20")
    #expect(simulated.status == 0, "\(simulated.errors)")
    // Start 7 s, naps of 20 and 100 s, 1 s after each: 137 s by the dump; the image pulls come on top. The
    // scripts say 30 s for each nap.
    let taskRun = try JSON(simulated.output)["pipelineRuns"][0]["taskRuns"][1]
    let step = taskRun["steps"][0]
    let seconds = try #require(step["endSeconds"].number) - #require(step["startSeconds"].number)
    #expect((seconds - 100).magnitude < 10)
    try gantry.write("scenario-b.yaml", Files.scenario + "profileFiles: [profile.yaml]\n")
    let compared = try gantry("compare", "scenario.yaml", "scenario-b.yaml")
    #expect(compared.status == 0, "\(compared.errors)")
    #expect(compared.output.contains("1m"))
  }

  @Test("no line is wider than a narrow terminal")
  func narrow() throws {
    let gantry = try program()
    let failed = run(12, [20, 100]).map {
      $0.replacing("\"True\"", with: "\"False\", \"reason\": \"Failed\"")
    }
    try gantry.write("failed.json", list(failed))
    for width in [40, 60, 80] {
      let result = try gantry("calibrate", "runs.json", "failed.json", "--width", "\(width)")
      let wide = result.output.split(separator: "\n").filter { $0.count > width }
      #expect(wide.isEmpty)
      #expect(result.output.contains("median") && result.output.contains("error"))
    }
  }

  @Test("with the nodes of the dump there is no warning of unknown machines")
  func nodes() throws {
    let gantry = try program()
    let status = "\"status\": {\"startTime\""
    let placed = "\"status\": {\"podName\": \"p\", \"startTime\""
    let runs = try String(
      contentsOf: gantry.folder.appendingPathComponent("runs.json"), encoding: .utf8)
    let machine = "\"node.kubernetes.io/instance-type\": \"m6g.2xlarge\""
    try gantry.write(
      "machines.json",
      list([
        "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"p\"}, \"spec\": {\"nodeName\": \"n\"}}",
        "{\"kind\": \"Node\", \"metadata\": {\"name\": \"n\", \"labels\": {\(machine)}}}",
      ]))
    try gantry.write("placed.json", runs.replacing(status, with: placed))
    let result = try gantry("calibrate", "placed.json", "--nodes", "machines.json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(!result.errors.contains("W0339") && !result.output.contains("nothing can be said"))
  }

  @Test("a bad fit is not written without --force, and then with a warning that is shown")
  func bad() throws {
    let gantry = try program()
    // Runs that take 20 s or 1000 s without a reason.
    let wild = list((0..<12).flatMap { run($0, [[20, 1000, 5, 400][$0 % 4], 10 + $0 % 2 * 200]) })
    try gantry.write("wild.json", wild)
    let refused = try gantry("calibrate", "wild.json", "--out", "profile.yaml")
    #expect(refused.status == 65)
    #expect(refused.output.contains("Verdict: not good enough to trust"))
    #expect(refused.errors.contains("is not written"))
    #expect(!FileManager.default.fileExists(atPath: gantry.folder.path + "/profile.yaml"))
    let forced = try gantry("calibrate", "wild.json", "--out", "profile.yaml", "--force")
    #expect(forced.status == 0)
    let simulated = try gantry("simulate", ".", "--profile", "profile.yaml", "--no-store")
    #expect(simulated.errors.contains("W0634"))
    #expect(simulated.errors.contains("not good enough to trust"))
  }

  @Test("JSON, standard input, several files and excluded runs")
  func forms() throws {
    let gantry = try program()
    let failed = run(12, [20, 100]).map {
      $0.replacing("\"True\"", with: "\"False\", \"reason\": \"Failed\"")
    }
    try gantry.write("failed.json", list(failed))
    let result = try gantry(
      "calibrate", "-", "failed.json", "--format", "json", input: good())
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSON(result.output)
    #expect(report["taskRuns"].number == 24 && report["runs"].number == 12)
    // 0.3 of 12 runs: 3.6.
    #expect(report["heldOutRuns"].number == 4 && report["heldOut"].count == 4)
    #expect(report["exclusions"].count == 2)
    #expect(report["exclusions"][0]["kind"].text == "PipelineRun")
    #expect(report["exclusions"][1]["count"].number == 2)
    #expect(report["startupSeconds"]["p50"].number == 7)
    #expect(report["good"].value as? Bool == true)
  }

  @Test("bad input has its place and code")
  func errors() throws {
    let gantry = try program()
    try gantry.write("bad.json", "{\"kind\": \"TaskRun\",\n \"metadata\": {\"name\": \"a\"},,")
    let syntax = try gantry("calibrate", "bad.json")
    #expect(syntax.status == 65)
    #expect(syntax.errors.contains("bad.json:2:28: error:"), "\(syntax.errors)")
    try gantry.write("other.json", "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}}")
    let nothing = try gantry("calibrate", "other.json")
    #expect(nothing.status == 65)
    #expect(nothing.errors.contains("there is no TaskRun"))
    #expect(try gantry("calibrate", "gone.json").status == 74)
    #expect(try gantry("calibrate").status == 64)
    #expect(try gantry("calibrate", "runs.json", "--holdout", "1").status == 64)
    #expect(try gantry("calibrate", "runs.json", "--force").status == 64)
    #expect(try gantry("calibrate", "runs.json", "--out", "gone/profile.yaml").status == 74)
    let failed = run(0, [1, 1]).map { $0.replacing("\"True\"", with: "\"Unknown\"") }
    try gantry.write("running.json", list(failed))
    let running = try gantry("calibrate", "running.json")
    #expect(running.status == 65)
    #expect(running.output.contains("not finished"))
    #expect(running.errors.contains("no TaskRun of the dump can be used"))
  }

  @Test("a profile that does not fit the scenario is refused at its place")
  func wrongProfile() throws {
    let gantry = try program()
    try gantry.write("p.yaml", "profiles:\n  - {task: frist, duration: 1s}\n")
    let task = try gantry("check", ".", "--profile", "p.yaml")
    #expect(task.status == 65)
    #expect(task.errors.contains("p.yaml:2:12: error:") && task.errors.contains("'first'"))
    try gantry.write("q.yaml", "profiles:\n  - {task: first, pipeline: other, duration: 1s}\n")
    let pipeline = try gantry("check", ".", "--profile", "q.yaml")
    #expect(pipeline.status == 65 && pipeline.errors.contains("E0632"))
    // One of another pipeline beside one that fits is left out.
    try gantry.write(
      "r.yaml",
      "profiles:\n  - {task: x, pipeline: other, duration: 1s}\n  - {task: first, duration: 1s}\n")
    #expect(try gantry("check", ".", "--profile", "r.yaml").status == 0)
    #expect(try gantry("check", ".", "--profile", "gone.yaml").status == 74)
  }
}
