import Foundation
import GantryModel
import Testing

@testable import GantryCompiler

/// The scripts of the public repository, read as they are.
@Suite("the public repository's scripts")
struct SeedScriptTests {
  /// The script of the one step in a task's file, parameters put in; nil without the shared folder.
  private static func script(_ task: String, _ values: [(String, String)]) -> String? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["GANTRY_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? root.deletingLastPathComponent().appendingPathComponent("shared")
    let file = shared.appendingPathComponent("golden/tekton/inputs/seed/tekton/\(task).yaml")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      print("left out: the shared folder with the public repository's tasks is not there")
      return nil
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let body = lines.drop { !$0.hasSuffix("script: |") }.dropFirst()
      .prefix { $0.isEmpty || $0.hasPrefix("      ") }.map { $0.dropFirst(6) }
    return values.reduce(body.joined(separator: "\n")) {
      $0.replacingOccurrences(of: "$(\($1.0))", with: $1.1)
    }
  }

  @Test("build and push of two architectures are read without a finding")
  func buildAndPush() throws {
    let values = [
      ("workspaces.source-workspace.path", "/workspace/source"),
      ("params.containerfile-path", "app/Containerfile"), ("params.context-dir", "app"),
      ("workspaces.dockerconfig.bound", "true"),
      ("workspaces.dockerconfig.path", "/workspace/config"),
      ("params.image-name", "quay.io/example/htop"),
    ]
    guard let build = Self.script("task-buildah-build", values),
      let push = Self.script("task-buildah-push", values)
    else { return }
    var fixture = ArticleScriptTests.fixture("htop")
    _ = fixture.plan(StepFixture.step(ArticleScriptTests.clone))
    for architecture in Architecture.allCases {
      let planned = fixture.plan(StepFixture.step(build), StepFixture.taskRun(architecture))
      let file = planned.phases[0].transfers(.write) { $0 == .claim(0) }
      #expect(file.count == 1)
      #expect(file[0].bytes > 60_000_000)
    }
    var step = StepFixture.step(push)
    step.args = ["x86_64", "aarch64"]
    let planned = fixture.plan(step)
    for phases in planned.phases {
      // Two archives and two images, each with a part on one thread and one on several.
      #expect(phases.filter { $0.label.contains("load an archive") }.count == 4)
      let pushes = ["buildah: push amd64 to quay.io", "buildah: push arm64 to quay.io"]
      #expect(
        phases.filter { $0.label.contains("push") }.map(\.label) == pushes.flatMap { [$0, $0] })
    }
    #expect(fixture.sink.diagnostics.isEmpty, "\(fixture.sink.diagnostics)")
  }

  @Test("npm install changes into the source folder first")
  func npm() throws {
    let values = [
      ("workspaces.source-workspace.path", "/workspace/source"), ("params.context-dir", "app"),
    ]
    guard let script = Self.script("task-npm-install", values) else { return }
    var fixture = ArticleScriptTests.fixture("nodejs")
    _ = fixture.plan(StepFixture.step(ArticleScriptTests.clone))
    let phases = fixture.plan(StepFixture.step(script)).phases[0]
    #expect(phases.contains { $0.label == "npm install: 64 packages" })
    // 64 packages of 9 files with 7 calls each and 2 directories with 5, and 8 calls in all cases:
    // 4032 + 640 + 8.
    #expect(isClose(phases.transfers(.write) { $0 == .claim(1) }[0].operations, 4680))
    #expect(fixture.sink.diagnostics.isEmpty)
  }
}
