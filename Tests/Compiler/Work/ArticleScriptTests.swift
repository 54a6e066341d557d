import Foundation
import GantryModel
import Testing

@testable import GantryCompiler

/// The reference case's three pipelines, with scripts of our own that mean the same.
@Suite("the article's pipelines")
struct ArticleScriptTests {
  static let build = """
    #!/bin/bash
    set -Eeuo pipefail
    arch=$(uname -m)
    buildah bud -t localhost/built:$arch \\
      -f /workspace/source/app/Containerfile /workspace/source/app
    buildah push "localhost/built:${arch}" "oci-archive:/srv/oci-images/${arch}.tar"
    """

  static let push = """
    #!/bin/bash
    set -Eeuo pipefail
    if [[ "true" == "true" ]]; then
      if test -f /workspace/config/config.json; then
        export DOCKER_CONFIG=/workspace/config
      elif test -f /workspace/config/.dockerconfigjson; then
        cp /workspace/config/.dockerconfigjson "$HOME/.docker/config.json"
      else
        echo "no credentials"
        exit 1
      fi
    fi
    declare -a ids=()
    for arch; do
      echo "loading $arch"
      id=$(buildah pull oci-archive:/srv/oci-images/$arch.tar)
      ids+=("$id")
    done
    buildah manifest create localhost/both "${ids[@]}"
    buildah manifest push --all localhost/both docker://quay.io/example/app
    """

  static let containerfiles: [String: String] = [
    "htop": "FROM fedora:39\nRUN dnf install -y htop && dnf clean all\nENTRYPOINT [\"htop\"]\n",
    "nodejs": """
    FROM registry.access.redhat.com/ubi9/nodejs-20:latest
    COPY --chown=1001:0 node_modules /opt/app-root/src/node_modules
    COPY index.js /opt/app-root/src/
    CMD ["node", "index.js"]
    """,
    "quarkus": """
    FROM registry.access.redhat.com/ubi8/ubi-minimal:8.9
    ARG JAVA_PACKAGE=java-17-openjdk-headless
    RUN microdnf install -y ${JAVA_PACKAGE} curl ca-certificates && microdnf update && microdnf clean all
    COPY target/quarkus-app/lib/ /deployments/lib/
    COPY target/quarkus-app/*.jar /deployments/
    COPY target/quarkus-app/app/ /deployments/app/
    COPY target/quarkus-app/quarkus/ /deployments/quarkus/
    """,
  ]

  static let lock: String =
    "{\n \"packages\": {\n  \"\": {},\n"
    + (1...64).map { "  \"node_modules/p\($0)\": {}" }.joined(separator: ",\n") + "\n }\n}\n"

  static func fixture(_ application: String) -> StepFixture {
    var configuration = WorkConfiguration()
    let text = containerfiles[application] ?? ""
    configuration.source = { _ in
      SourceTree(
        texts: [
          "app/Containerfile": text, "app/index.js": String(repeating: "x", count: 400),
          "app/package-lock.json": lock, "app/pom.xml": "<id>quarkus-bom</id>",
          "README.md": String(repeating: "y", count: 5000),
        ], packBytes: 92_160)
    }
    return StepFixture(configuration)
  }

  static let clone =
    "/ko-app/git-init -url=https://github.com/example/app -revision=main -path=/workspace/source"

  /// Plays a whole pipeline and gives each task's phases: as amd64, then as arm64.
  static func play(_ application: String) -> (fixture: StepFixture, tasks: [(String, [[Phase]])]) {
    var fixture = fixture(application)
    var tasks: [(String, [[Phase]])] = []
    func add(_ name: String, _ step: ResolvedStep, _ taskRun: ResolvedTaskRun) {
      tasks.append((name, fixture.plan(step, taskRun, task: name).phases))
    }
    if application == "nodejs" {
      for architecture in Architecture.allCases {
        let taskRun = StepFixture.taskRun(architecture, subPath: "src-\(architecture)")
        add("clone-\(architecture)", StepFixture.step(clone), taskRun)
        add(
          "npm-\(architecture)", StepFixture.step("cd /workspace/source/app\nnpm install"), taskRun)
      }
    } else {
      add("clone", StepFixture.step(clone), StepFixture.taskRun())
    }
    if application == "quarkus" {
      var step = StepFixture.step(nil, image: "gcr.io/cloud-builders/mvn")
      step.command = ["/usr/bin/mvn"]
      step.args = ["-s", "/workspace/settings/settings.xml", "package"]
      step.workingDir = "/workspace/source/app"
      add("maven", step, StepFixture.taskRun())
    }
    for architecture in Architecture.allCases {
      let subPath = application == "nodejs" ? "src-\(architecture)" : nil
      add(
        "build-\(architecture)", StepFixture.step(build),
        StepFixture.taskRun(architecture, subPath: subPath))
    }
    var push = StepFixture.step(push)
    push.args = ["x86_64", "aarch64"]
    add("push", push, StepFixture.taskRun())
    return (fixture, tasks)
  }

  @Test(
    "every step becomes phases, and nothing is left to a default guess",
    arguments: ["htop", "nodejs", "quarkus"])
  func allStepsAreRead(application: String) {
    let (fixture, tasks) = Self.play(application)
    for (name, phases) in tasks {
      for architecture in Architecture.allCases {
        let mine = phases[architecture.index]
        #expect(!mine.isEmpty, "\(name)")
        let ids = fixture.assumptions(mine)
        #expect(!ids.contains("step.default"), "\(name)")
        #expect(
          !ids.contains { $0.hasPrefix("unknown.") || $0.hasPrefix("bud.unknown") }, "\(name)")
        print(
          "\(application) \(name) \(architecture): cpu \((mine.cpu * 10).rounded() / 10) s",
          "claims w \(Int(mine.bytes(.write, .claim(0)) + mine.bytes(.write, .claim(1))))",
          "r \(Int(mine.bytes(.read, .claim(0)) + mine.bytes(.read, .claim(1))))",
          "ops \(Int(mine.transfers(.write) { if case .claim = $0 { true } else { false } }.reduce(0) { $0 + $1.operations }))/\(Int(mine.transfers(.read) { if case .claim = $0 { true } else { false } }.reduce(0) { $0 + $1.operations }))",
          "disk \(Int(mine.bytes(.write, .nodeDisk)))",
          "down \(Int(mine.serviceBytes(.read))) up \(Int(mine.serviceBytes(.write)))")
      }
    }
    #expect(fixture.sink.diagnostics.isEmpty, "\(fixture.sink.diagnostics)")
  }
}
