import Foundation
import Testing

/// Each way in which a command can fail, with its exit code and what it says.
@Suite("Exit codes")
struct ExitCodeTests {
  private func program() throws -> Gantry {
    let gantry = try Gantry()
    try gantry.write("naps.yaml", Files.manifests())
    try gantry.write("scenario.yaml", Files.scenario)
    return gantry
  }

  @Test(
    "wrong usage is 64",
    arguments: [
      ["simulate", "--no-such-option"], ["simulate", ".", "--threads", "0"],
      ["simulate", ".", "--label", ""], ["simulate", ".", "--format", "xml"],
      ["simulate", ".", "--width", "10"], ["simulate", ".", "--assume", "first"],
      ["simulate", ".", "--assume", "first=soon"], ["frobnicate"],
      ["catalog", "list", "--arch", "sparc"], ["catalog", "list", "--sort", "beauty"],
      ["runs", "list", "--limit", "0"], ["catalog", "show"],
      ["simulate", ".", "--seed", "-1"], ["simulate", ".", "--replications", "0"],
      ["merge", "a.sqlite", "--into", "./a.sqlite"],
    ])
  func usage(arguments: [String]) throws {
    let result = try program().run(arguments)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains("Error"))
    #expect(result.output.isEmpty)
  }

  @Test(
    "a wrong usage that shows late names the command that it is of",
    arguments: [
      (["simulate", ".", "--assume", "first=soon"], "gantry simulate"),
      (["merge", "a.sqlite", "--into", "./a.sqlite"], "gantry merge"),
    ])
  func lateUsage(arguments: [String], command: String) throws {
    let result = try program().run(arguments)
    #expect(result.status == 64)
    #expect(result.errors.contains("Usage: \(command) "), "\(result.errors)")
    #expect(result.errors.contains("See '\(command) --help'"))
    #expect(!result.errors.contains("<subcommand>"))
  }

  @Test("help and version are 0")
  func help() throws {
    for arguments in [["--help"], ["--version"], ["simulate", "--help"], ["schema"]] {
      let result = try program().run(arguments)
      #expect(result.status == 0)
      #expect(!result.output.isEmpty)
    }
  }

  /// Settings of a scenario that cannot be right, with what the message names.
  @Test(
    "bad input is 65 and names the place",
    arguments: [
      ("nodes.arm64.type=m6g.2xlrge", "m6g.2xlarge"), ("nodes.arm64.tpe=m6g.large", "type"),
      ("nodes.arm64.count=-1", "count"), ("region=eu-west-33", "eu-west-3"),
      ("nodes.amd64.zones[0]=q", "zones are"), ("seed=-1", "seed"),
      ("replications=0", "replications"),
      ("horizon=soon", "duration"), ("horizon=1000000h", "100 years"),
      ("workload[0].pipelineRun=nap-run", "naps-run"),
      ("workload[0].ratePerHour=0", "ratePerHour"), ("workload[0].csv=missing.csv", "missing.csv"),
      ("storage.efs.throughputMode=burstin", "bursting"), ("assumptions.quay=1", "quay"),
      ("kubernetesVersion=28", "1.28"), ("tekton.version=9", "9"),
      ("openshiftPipelinesVersion=2.0", "'1.4' to '1.22'"), ("no.such.field=1", "no"),
    ])
  func badInput(setting: String, named: String) throws {
    let result = try program()("simulate", ".", "--set", setting)
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("error"), "\(result.errors)")
    #expect(result.errors.contains(named), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test("bad manifests are 65, all problems at once, with file, line and column")
  func badManifests() throws {
    let gantry = try Gantry()
    let path = try gantry.write(
      "bad.yaml",
      Files.manifests().replacingOccurrences(of: "runAfter: [first]", with: "runAfter: [frist]")
        .replacingOccurrences(of: "taskRef: {name: nap}", with: "taskRef: {name: nep}"))
    for command in ["simulate", "check"] {
      let result = try gantry(command, path)
      #expect(result.status == 65)
      #expect(result.errors.contains("bad.yaml:"), "\(result.errors)")
      #expect(result.errors.contains("frist"), "\(result.errors)")
    }
    let broken = try gantry.write("broken.yaml", "a: [1, 2\nb: }\n")
    #expect(try gantry("check", broken).status == 65)
    let empty = try gantry.write("empty.yaml", "")
    let nothing = try gantry("simulate", empty)
    #expect(nothing.status == 65)
    #expect(nothing.errors.contains("nothing to run"))
  }

  @Test("an unknown instance type is 65, with the nearest known name")
  func catalogErrors() throws {
    let result = try program()("catalog", "show", "m6g.2xlage")
    #expect(result.status == 65)
    #expect(result.errors.contains("m6g.2xlarge"))
    #expect(try program()("catalog", "show", "m6g.large", "--region", "moon-1").status == 65)
    let gantry = try program()
    let file = try gantry.write("offer.json", "{\"products\": 7}")
    #expect(try gantry("catalog", "import", file).status == 65)
  }

  @Test("a result that is not stored is 65")
  func noSuchResult() throws {
    let gantry = try program()
    #expect(try gantry("simulate", ".").status == 0)
    for arguments in [
      ["runs", "show", "nobody"], ["runs", "delete", "99"], ["runs", "export", "nobody"],
      ["compare"], ["compare", "1", "nobody"],
    ] {
      let result = try gantry.run(arguments)
      #expect(result.status == 65, "\(arguments): \(result.errors)")
      #expect(!result.errors.isEmpty)
    }
  }

  @Test("files that cannot be read or written are 74")
  func inputOutput() throws {
    let gantry = try program()
    let missing = try gantry("simulate", "missing")
    #expect(missing.status == 74)
    #expect(missing.errors.contains("missing"))
    #expect(try gantry("check", "missing").status == 74)
    #expect(try gantry("simulate", ".", "--cluster", "missing").status == 74)
    #expect(try gantry("catalog", "import", "missing.json").status == 74)
    let text = try gantry.write("store.sqlite", "this is no database, but long enough to be one\n")
    for arguments in [["simulate", ".", "--store", text], ["runs", "list", "--store", text]] {
      #expect(try gantry.run(arguments).status == 74)
    }
    #expect(try gantry("runs", "list", "--store", "missing.sqlite").status == 74)
    #expect(try gantry("simulate", ".", "--store", "naps.yaml/store.sqlite").status == 74)
    gantry.environment["GANTRY_CATALOG"] = gantry.folder.path
    let catalog = try gantry("simulate", ".")
    #expect(catalog.status == 74)
    #expect(catalog.errors.contains("catalog"))
  }

  @Test("output that nobody takes leaves with 74, and errors that nobody takes change nothing")
  func fullOutput() throws {
    let gantry = try Gantry()
    try gantry.write("m.yaml", Files.manifests())
    let program = try #require(Gantry.executable).path
    func status(_ line: String) throws -> Int32 {
      let process = try gantry.process([])
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "'\(program)' \(line)"]
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    #expect(try status("simulate m.yaml --no-store 2>/dev/null >&-") == 74)
    #expect(try status("check m.yaml >/dev/null 2>&-") == 0)
    if FileManager.default.fileExists(atPath: "/dev/full") {
      #expect(try status("simulate m.yaml --no-store 2>/dev/null >/dev/full") == 74)
    }
  }
}
