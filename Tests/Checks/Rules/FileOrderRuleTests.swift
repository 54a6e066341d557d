import GantryModel
import Testing

@Suite("Tasks that share files")
struct FileOrderRuleTests {
  private func fixture(_ tasks: [CheckFixture.Step]) -> CheckFixture {
    CheckFixture(
      tasks: tasks,
      workspaces: [CheckFixture.claim("code", storageClass: "efs-csi", mode: "ReadWriteMany")])
  }

  private func writer(_ name: String, _ folder: String, after: [String] = []) -> CheckFixture.Step {
    CheckFixture.Step(
      name: name, script: "cd $(workspaces.code.path)\nnpm install", after: after,
      workspaces: ["code:\(folder)"])
  }

  private func reader(_ folder: String, after: [String] = []) -> CheckFixture.Step {
    CheckFixture.Step(
      name: "build", script: "buildah bud -t app $(workspaces.code.path)", after: after,
      workspaces: ["code:\(folder)"])
  }

  @Test("a reader that nothing orders after the writer of its subPath is a race")
  func race() throws {
    let found = try fixture([writer("modules", "a"), reader("a")]).findings("W0701")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("task 'build' reads 'a'") == true)
    #expect(found.first?.message.contains("'modules' (npm)") == true)
    #expect(found.first?.location != nil)
    #expect(found.first?.notes.count == 1)
  }

  @Test("order through another task, or another subPath, is none")
  func noRace() throws {
    let between = CheckFixture.Step(name: "between", after: ["modules"])
    let ordered = fixture([writer("modules", "a"), between, reader("a", after: ["between"])])
    #expect(try ordered.findings("W0701").isEmpty)
    #expect(try fixture([writer("modules", "a"), reader("b")]).findings("W0701").isEmpty)
    // A name that only begins alike is another folder.
    #expect(try fixture([writer("modules", "a"), reader("ab")]).findings("W0701").isEmpty)
  }

  @Test("two writers of one folder are told once, at the later one")
  func twoWriters() throws {
    let echo = { (name: String) in
      CheckFixture.Step(
        name: name, script: "echo x > $(workspaces.code.path)/f", workspaces: ["code"])
    }
    #expect(try fixture([echo("one"), echo("two")]).findings("W0701").count == 1)
  }

  @Test("different files of one folder do not meet, nor does a folder made twice")
  func differentFiles() throws {
    func write(_ name: String, _ file: String) -> CheckFixture.Step {
      CheckFixture.Step(
        name: name,
        script:
          "mkdir -p $(workspaces.code.path)/out\necho x > $(workspaces.code.path)/out/\(file)",
        workspaces: ["code"])
    }
    #expect(try fixture([write("one", "a"), write("two", "b")]).findings("W0701").isEmpty)
  }
}
