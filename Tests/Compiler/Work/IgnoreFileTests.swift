import GantryModel
import Testing

@testable import GantryCompiler

@Suite("files that a build's context leaves out")
struct IgnoreFileTests {
  // The examples of Docker's documentation of .dockerignore, and what it says of them in words.
  @Test(
    "patterns as Docker's documentation describes them",
    arguments: [
      ("*/temp*", "somedir/temporary.txt", true), ("*/temp*", "somedir/temp/a/b", true),
      ("*/temp*", "temp", false), ("*/*/temp*", "somedir/subdir/temporary.txt", true),
      ("*/*/temp*", "somedir/temporary.txt", false), ("temp?", "tempa", true),
      ("temp?", "temp", false), ("temp?", "tempab", false), ("**/*.go", "main.go", true),
      ("**/*.go", "a/b/c/main.go", true), ("**/*.go", "a/b/main.god", false),
      ("*.md\n!README.md", "README.md", false), ("*.md\n!README.md", "NOTES.md", true),
      ("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true),
      ("*.md\n!README*.md\nREADME-secret.md", "README-public.md", false),
      ("*.md\nREADME-secret.md\n!README*.md", "README-secret.md", false),
      ("node_modules", "node_modules/left-pad/index.js", true),
      ("node_modules", "packages/node_modules/index.js", false),
      ("/node_modules/", "node_modules/a", true), ("# a comment\n\n  dist  ", "dist/a", true),
      ("#dist", "#dist", false), (".", "a", false), ("a/**", "a/b/c", true), ("a/**", "a", false),
      ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b/c", true), ("a/**/b", "a/x/y", false),
      ("[ab]x", "bx", true), ("[ab]x", "cx", false), ("*\n!keep/this", "keep/this/file", false),
      ("*\n!keep/this", "keep/that", true),
    ])
  func patterns(_ text: String, _ path: String, _ isIgnored: Bool) {
    #expect(IgnoreFile(text).ignores(path) == isIgnored)
  }

  @Test("a folder is left out as a whole unless something in it may be taken back")
  func folders() {
    let quarkus = IgnoreFile("*\n!target/quarkus-app/*\n")
    #expect(!quarkus.ignoresAll(in: "target"))
    #expect(!quarkus.ignoresAll(in: "target/quarkus-app"))
    #expect(quarkus.ignoresAll(in: "target/classes"))
    #expect(quarkus.ignoresAll(in: "src"))
    #expect(!IgnoreFile("src\n!**/keep").ignoresAll(in: "src/deep/down"))
  }

  @Test("a pattern of many ** ends")
  func hard() {
    let pattern = Array(repeating: "**/a", count: 40).joined(separator: "/") + "/b"
    let path = Array(repeating: "a", count: 60).joined(separator: "/")
    #expect(!IgnoreFile(pattern).ignores(path))
  }

  /// What COPY writes into the container, in bytes.
  private func copied(
    _ ignore: [String: String], _ copy: String, before: String = "", flags: String = ""
  )
    -> Double
  {
    var configuration = WorkConfiguration()
    var image = ScenarioFile.ImageSettings(name: Located("base", at: StepFixture.location))
    image.compressedMiB = Located(40, at: StepFixture.location)
    configuration.images = [image]
    let texts = [
      "app/Containerfile": "FROM base\nCOPY \(copy) /srv/\n",
      "app/a.js": String(repeating: "a", count: 1000),
      "app/b.md": String(repeating: "b", count: 200),
      "app/docs/c.md": String(repeating: "c", count: 30), "other": "not in the context",
    ].merging(ignore) { $1 }
    configuration.source = { _ in SourceTree(texts: texts) }
    var fixture = StepFixture(configuration)
    let script =
      "git clone https://github.com/e/x /workspace/source\n\(before)"
      + "buildah bud \(flags) -t x /workspace/source/app"
    let phases = fixture.phases(script, driver: "overlay")
    return phases.filter { $0.label.contains("COPY") }.bytes(.write, .nodeDisk)
  }

  @Test("COPY leaves out what the context's file names, .containerignore before .dockerignore")
  func copying() {
    let own = Double("FROM base\nCOPY . /srv/\n".utf8.count)
    let docker = ["app/.dockerignore": "**/*.md"]
    #expect(copied([:], ".") == 1230 + own)
    #expect(copied(docker, ".") == 1000 + own + 7)
    #expect(copied(["app/.containerignore": "a.js"], ".") == 230 + own + 4)
    let both = docker.merging(["app/.containerignore": "a.js\n.*ignore"]) { $1 }
    #expect(copied(both, ".") == 230 + own)
    #expect(
      copied(
        docker.merging(["mine": "*\n!a.js"]) { $1 }, ".",
        flags: "--ignorefile /workspace/source/mine") == 1000)
    #expect(copied(docker, "a.js") == 1000)
    #expect(copied(docker, "*.js") == 1000)
    // Nothing is left of it: no guess takes its place.
    #expect(copied(docker, "docs") == 0)
  }

  @Test("files of unknown names are left out when their folder is")
  func opaque() {
    let fill =
      "mkdir -p /workspace/source/app/big\ndd if=/dev/zero of=/workspace/source/app/big/x bs=1M count=3\n"
    let own = Double("FROM base\nCOPY . /srv/\n".utf8.count)
    #expect(copied([:], ".", before: fill) == 1230 + own + 3 * 1_048_576)
    #expect(copied(["app/.dockerignore": "big"], ".", before: fill) == 1230 + own + 3)
  }
}
