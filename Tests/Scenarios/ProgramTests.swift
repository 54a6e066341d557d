import Testing

/// The scenarios as a user runs them: output, exit codes, repeatability.
@Suite("the scenarios on the command line")
struct ProgramTests {
  /// What the layouts that show a mistake are warned of.
  private static let warnings: [String: Set<String>] = [
    "scenarios/layouts/assistant": ["W0425"], "scenarios/layouts/storage-on-efs": ["W0726"],
  ]

  @Test(
    "every scenario passes the check without a warning and runs, unless it shows a mistake",
    arguments: ShippedScenarios.all)
  func runs(path: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let check = try shell.run("gantry check \(path)")
    let exit = ShippedScenarios.expectedExit(path)
    #expect(check.status == (exit == 0 ? 0 : 65), "\(check.errors)")
    // A scenario that is meant to fail is readable all the same.
    #expect(check.output.hasPrefix(exit == 0 ? "valid: " : "valid, with errors: "))
    let warnings = Set(check.errors.matches(of: /warning: .*\[(W[0-9]+)\]/).map { String($0.1) })
    #expect(warnings == (Self.warnings[path] ?? []), "\(check.errors)")
    let result = try shell.run("gantry simulate \(path) --detail")
    #expect(result.status == exit, "\(result.errors)")
    #expect(result.errors.isEmpty == (exit == 0), "\(result.errors)")
    let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("a month while the cluster is up"))
    // Nothing that runs, and no base image, is unknown to gantry.
    for guess in ["step.default", "  unknown.", "image.unknown", "bud.unknown"] {
      #expect(!result.output.contains(guess), "\(guess)")
    }
  }

  @Test(
    "the same inputs give the same bytes, with any number of threads",
    arguments: ShippedScenarios.all)
  func repeats(path: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let command = "gantry simulate \(path) --format json --no-store"
    let first = try shell.run(command + " --threads 2")
    #expect(first.status == ShippedScenarios.expectedExit(path))
    #expect(first.output.count > 1000)
    #expect(try shell.run(command + " --threads 1").output == first.output)
  }

  @Test(
    "with Tekton's default flags the builds fail as on a cluster",
    arguments: ["htop", "nodejs", "quarkus"])
  func defaultFlags(name: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let flag = "tekton.featureFlags.disable-affinity-assistant=false"
    let command = "gantry simulate scenarios/article/\(name) --width 200 --set \(flag)"
    let result = try shell.run(command)
    #expect(result.status == 69)
    #expect(result.output.contains("more than one PersistentVolumeClaim is bound"))
    #expect(result.output.contains("publish: skipped"))
  }

  @Test("a variant is stored under its label and compared with the base")
  func variant() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let base = "gantry simulate scenarios/article/htop"
    let settings = "--set nodes.arm64.type=c7g.2xlarge --set nodes.arm64.count=2 --label c7g"
    #expect(try shell.run(base).status == 0)
    #expect(try shell.run("\(base) \(settings)").status == 0)
    let result = try shell.run("gantry compare --scenario article/htop")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("c7g against article/htop"))
    #expect(result.output.contains("m6g.2xlarge → c7g.2xlarge"))
  }
}
