import Foundation
import Testing

@testable import GantryCommands

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("submit and shards of batch systems", .serialized)
struct SubmitTests {
  // MARK: --shard auto

  @Test(
    "a part is what the batch system says, and only one may say it",
    arguments: [
      (["JOB_COMPLETION_INDEX": "2", "GANTRY_SHARDS": "8"], "3/8"),
      (["SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_COUNT": "4"], "1/4"),
      (
        [
          "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_ARRAY_TASK_MIN": "3",
          "GANTRY_SHARDS": "8",
        ], "6/8"
      ),
      (["AWS_BATCH_JOB_ARRAY_INDEX": "9", "AWS_BATCH_JOB_ARRAY_SIZE": "10"], "10/10"),
      ([:], nil), (["JOB_COMPLETION_INDEX": "2"], nil),
      (["JOB_COMPLETION_INDEX": "8", "GANTRY_SHARDS": "8"], nil),
      (["JOB_COMPLETION_INDEX": "x", "GANTRY_SHARDS": "8"], nil),
      (
        ["SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_ARRAY_TASK_MIN": "3"],
        nil
      ),
      (
        [
          "SLURM_ARRAY_TASK_ID": "0", "JOB_COMPLETION_INDEX": "0", "GANTRY_SHARDS": "8",
        ], nil
      ),
    ] as [([String: String], String?)])
  func automatic(_ environment: [String: String], _ expected: String?) {
    let shard = try? ShardArgument.auto.shard(environment)
    #expect(shard == expected.flatMap { Shard($0) })
  }

  @Test("every attempt has a name of its own")
  func attempts() throws {
    let slurm = ["SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_COUNT": "4"]
    let first = slurm.merging(["SLURM_ARRAY_JOB_ID": "77"]) { $1 }
    let second = first.merging(["SLURM_RESTART_COUNT": "1"]) { $1 }
    #expect(try ArrayTask(first).attempt == "77-0")
    #expect(try ArrayTask(second).attempt == "77-1")
    let batch = [
      "AWS_BATCH_JOB_ARRAY_INDEX": "1", "AWS_BATCH_JOB_ARRAY_SIZE": "2",
      "AWS_BATCH_JOB_ID": "ab:1", "AWS_BATCH_JOB_ATTEMPT": "2",
    ]
    #expect(try ArrayTask(batch).attempt == "ab-1-2")
  }

  // MARK: The Slurm script, run as Slurm runs it

  /// Starts the script as the task of an array.
  private func task(
    _ rig: SweepRig, _ index: Int, restart: Int = 0
  ) throws -> Process {
    let process = Process()
    // The test runner may ignore SIGTERM, and bash cannot trap what was ignored when it started.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["--default-signal=TERM", "bash", "sweep.sbatch"]
    var environment = rig.gantry.environment
    let program = try #require(Gantry.executable).deletingLastPathComponent().path
    environment["PATH"] = program + ":/usr/bin:/bin"
    environment["TMPDIR"] = rig.gantry.folder.path
    environment["SLURM_ARRAY_TASK_ID"] = "\(index)"
    environment["SLURM_ARRAY_JOB_ID"] = "7"
    environment["SLURM_RESTART_COUNT"] = restart > 0 ? "\(restart)" : nil
    process.environment = environment
    process.currentDirectoryURL = rig.gantry.folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func submit(_ rig: SweepRig, _ arguments: String...) throws {
    let made = try rig.gantry.run(
      ["submit", "--engine", "slurm", "--shards", "4", "--out", "."] + arguments + ["--", "."])
    #expect(made.status == 0, "\(made.errors)")
  }

  /// Samples that a part under way has stored so far.
  private func scratchSamples(_ rig: SweepRig) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: rig.gantry.folder.path)) ?? []
    return names.filter { $0.hasPrefix("gantry-sweep-") }
      .reduce(0) { $0 + rig.samples("\($1)/store.sqlite") }
  }

  private func results(_ rig: SweepRig) throws -> [String] {
    let folder = rig.gantry.folder.path + "/results"
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test(
    "four parts, of which one is interrupted and one runs twice, merge to the sweep of one process")
  func slurm() throws {
    let rig = try SweepRig(replications: 300)
    try rig.sweep("whole.sqlite")
    try submit(rig)
    let stopped = try task(rig, 0)
    while scratchSamples(rig) == 0, stopped.isRunning { usleep(5000) }
    kill(stopped.processIdentifier, SIGTERM)
    stopped.waitUntilExit()
    #expect(stopped.terminationStatus == 75)
    #expect(try results(rig) == ["shard-1-of-4.7-0.sqlite"])
    let begun = rig.samples("results/shard-1-of-4.7-0.sqlite")
    #expect(begun > 0 && begun < 600)

    let rest = try [1, 2, 3, 3].enumerated().map { try task(rig, $1, restart: $0 == 3 ? 1 : 0) }
    for process in rest {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let again = try task(rig, 0, restart: 1)
    again.waitUntilExit()
    #expect(again.terminationStatus == 0)
    let files = try results(rig)
    #expect(files.count == 6 && files.allSatisfy { $0.hasSuffix(".sqlite") }, "\(files)")
    let merged = try rig.gantry.run(
      ["merge"] + files.map { "results/" + $0 } + ["--into", "merged.sqlite"])
    #expect(merged.status == 0, "\(merged.errors)")
    #expect(merged.output.contains("complete, all 6 points"))
    #expect(try rig.rows("merged.sqlite") == rig.rows("whole.sqlite"))
  }

  // MARK: Templates

  @Test("the Job is a manifest that can be read, and has what restricted-v2 asks for")
  func kubernetes() throws {
    let rig = try SweepRig()
    let made = try rig.gantry.run([
      "submit", "--engine", "k8s", "--shards", "3", "--parallel", "2", "--image", "quay.io/e/g:1",
      "--out", "job", "--", ".", "--label", "it's \"quoted\"",
    ])
    #expect(made.status == 0, "\(made.errors)")
    let checked = try rig.gantry.run(["check", "naps.yaml", "job/job.yaml"])
    #expect(!checked.errors.contains("job.yaml:"), "\(checked.errors)")
    let folder = rig.gantry.folder.appendingPathComponent("job")
    let text = try String(contentsOf: folder.appendingPathComponent("job.yaml"), encoding: .utf8)
    for part in [
      "completionMode: Indexed", "completions: 3", "parallelism: 2", "runAsNonRoot: true",
      "allowPrivilegeEscalation: false", "drop: [ALL]", "type: RuntimeDefault",
      "values: [64, 65, 69, 70]", "value: \"3\"", "\"it's \\\"quoted\\\"\"",
      "\"--shard\", \"auto\"",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    let image = try String(
      contentsOf: folder.appendingPathComponent("Containerfile"), encoding: .utf8)
    #expect(image.contains("USER 1001"))
  }

  /// The Job of a sweep in three shards.
  private func manifest(_ arguments: String...) throws -> String {
    let rig = try SweepRig()
    let made = try rig.gantry.run(
      ["submit", "--engine", "k8s", "--shards", "3", "--image", "i", "--out", "job"] + arguments
        + ["--", "."])
    #expect(made.status == 0, "\(made.errors)")
    let path = rig.gantry.folder.appendingPathComponent("job/job.yaml")
    return try String(contentsOf: path, encoding: .utf8)
  }

  @Test(
    "the Job keeps the rules between its fields that no schema knows, of every version",
    arguments: [nil, "1.26", "1.27.4", "v1.28", "1.29", "1.36"])
  func jobRules(_ version: String?) throws {
    let text = try version.map { try manifest("--kubernetes", $0) } ?? manifest()
    let minor = version?.split(separator: ".").dropFirst().first.flatMap { Int($0) } ?? 29
    #expect(JobRules(yaml: text)?.broken(minor: minor) == [])
    #expect(text.contains(minor < 29 ? "backoffLimit: 9" : "backoffLimitPerIndex: 3"))
  }

  @Test(
    "the rules find a Job that breaks them",
    arguments: [
      (
        "completionMode: Indexed", "completionMode: NonIndexed",
        "backoffLimitPerIndex needs Indexed"
      ),
      ("  backoffLimitPerIndex: 3\n", "", "FailIndex needs backoffLimitPerIndex"),
      ("maxFailedIndexes: 3", "maxFailedIndexes: 4", "maxFailedIndexes is at most completions"),
      ("restartPolicy: Never", "restartPolicy: OnFailure", "a policy needs restartPolicy Never"),
      (
        "podReplacementPolicy: Failed", "podReplacementPolicy: TerminatingOrFailed",
        "replaces failed"
      ),
      ("containerName: sweep", "containerName: main", "a rule names a container"),
      ("values: [64,", "values: [0, 64,", "codes are in order"),
      ("drop: [ALL]", "drop: [KILL]", "drop all capabilities"),
      ("runAsNonRoot: true", "runAsUser: 0", "run as no root"),
      ("name: scratch, mount", "name: scrap, mount", "mounts are of volumes"),
    ])
  func brokenRules(_ old: String, _ new: String, _ rule: String) throws {
    let text = try manifest()
    #expect(text.contains(old))
    let broken = JobRules(yaml: text.replacingOccurrences(of: old, with: new))?.broken(minor: 29)
    #expect(broken?.contains { $0.contains(rule) } == true, "\(broken ?? [])")
  }

  @Test("a Job for later versions is none for OpenShift 4.15")
  func olderRules() throws {
    #expect(try JobRules(yaml: manifest())?.broken(minor: 28).count == 3)
  }

  @Test("the inputs of AWS Batch are JSON with the array's size and what is tried again")
  func batch() throws {
    let rig = try SweepRig()
    let made = try rig.gantry.run([
      "submit", "--engine", "aws-batch", "--shards", "3", "--image", "i", "--file-system", "fs-1",
      "--queue", "q", "--out", "job", "--", ".",
    ])
    #expect(made.status == 0, "\(made.errors)")
    func object(_ name: String) throws -> [String: Any] {
      let data = try Data(contentsOf: rig.gantry.folder.appendingPathComponent("job/\(name)"))
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
    let submission = try object("submit-job.json")
    #expect((submission["arrayProperties"] as? [String: Int])?["size"] == 3)
    let definition = try object("job-definition.json")
    let retry = try #require(definition["retryStrategy"] as? [String: Any])
    let rules = try #require(retry["evaluateOnExit"] as? [[String: String]])
    #expect(rules.last == ["onExitCode": "*", "action": "EXIT"])
    let container = try #require(definition["containerProperties"] as? [String: Any])
    #expect((container["command"] as? [String])?.prefix(2) == ["sweep", "."])
  }

  @Test(
    "mistakes leave before anything is written",
    arguments: [
      (["--engine", "k8s", "--shards", "2", "--", "."], 64, "--image"),
      (["--engine", "slurm", "--shards", "0", "--", "."], 64, "shards"),
      (
        ["--engine", "k8s", "--shards", "2", "--image", "i", "--kubernetes", "1.25", "--", "."], 64,
        "--kubernetes"
      ),
      (["--engine", "slurm", "--shards", "2", "--", ".", "--store", "x"], 64, "--store"),
      (["--engine", "slurm", "--shards", "2", "--", ".", "--varry", "x"], 64, "--varry"),
      (["--engine", "slurm", "--shards", "7", "--", "."], 65, "6 points"),
      (
        ["--engine", "slurm", "--shards", "2", "--", ".", "--vary", "nodes.arm64.cuont=1,2"], 65,
        "cuont"
      ),
      (["--engine", "slurm", "--shards", "2", "--name", "A b", "--", "."], 64, "name"),
    ] as [([String], Int32, String)])
  func mistakes(_ arguments: [String], _ status: Int32, _ text: String) throws {
    let rig = try SweepRig()
    let result = try rig.gantry.run(["submit", "--out", "job"] + arguments)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains(text), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: rig.gantry.folder.path + "/job"))
  }

  @Test(
    "words reach the shell as they are", arguments: ["a b", "it's", "$HOME", "*", "", "a;b", "#x"])
  func words(_ word: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "printf %s \(SweepJob.shell(word))"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    process.waitUntilExit()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(text == word)
  }
}
