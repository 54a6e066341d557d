import GantryModel
import Testing

@Suite("Timeouts and limits")
struct LimitRuleTests {
  @Test("a task's timeout below the simulated time is told at the timeout")
  func writtenTimeout() throws {
    let fixture = CheckFixture.one(
      .init(name: "build", script: "sleep 600", taskFields: ["timeout: 5m"]))
    let found = try fixture.findings("W0716")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("longer than its timeout of 5m0s") == true)
    let place = try #require(found.first?.location)
    let line = fixture.text.split(separator: "\n", omittingEmptySubsequences: false)[place.line - 1]
    #expect(line.contains("timeout: 5m"))
    // With its limit in force the run fails.
    #expect(try fixture.findings("E0700").count == 1)
  }

  @Test("Tekton's own hour holds where nothing is written, for the task and the run")
  func defaultTimeout() throws {
    let long = CheckFixture.one(.init(name: "build", script: "sleep 4000"))
    let found = try long.findings("W0716")
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0.message.contains("the default limit of 1h0m0s") })
    // 50 of 60 minutes are close, 10 are not.
    let near = try CheckFixture.one(.init(name: "build", script: "sleep 3000")).findings()
    #expect(near.count { $0.code == "N0717" } == 2)
    #expect(!near.contains { $0.code == "W0716" })
    let short = try CheckFixture.one(.init(name: "build", script: "sleep 600")).findings()
    #expect(!short.contains { ["W0716", "N0717"].contains($0.code) })
  }

  @Test("claims kept by a workload beyond the access points of a file system are told")
  func accessPoints() throws {
    var fixture = CheckFixture(
      tasks: [.init(name: "build", workspaces: ["code"])],
      workspaces: [CheckFixture.claim("code", storageClass: "efs-csi", mode: "ReadWriteMany")],
      settings: ["workload=[{count: 100000, ratePerHour: 2}]"])
    // 2 an hour for 730 hours are 1460 claims; the limit is 1000.
    let found = try fixture.findings("W0721")
    #expect(found.count == 1)
    #expect(found.first?.message.contains("about 1460 claims") == true)
    fixture.settings.append("storage.efs.keepClaims=24h")
    #expect(try fixture.findings("W0721").isEmpty)
  }

  @Test("many block volumes at once on one node pass its attachments")
  func attachments() throws {
    var fixture = CheckFixture(
      tasks: [
        .init(
          name: "build", script: "sleep 3000", workspaces: ["code"],
          selector: CheckFixture.Step.arch("arm64"))
      ],
      workspaces: [CheckFixture.claim("code", storageClass: "gp3-csi", mode: "ReadWriteOnce")],
      settings: [
        "tekton.version=1.15", "tekton.featureFlags.coschedule=disabled", "workload=[{count: 40}]",
      ])
    #expect(try fixture.findings("W0722").count == 1)
    fixture.settings[2] = "workload=[{count: 4}]"
    #expect(try fixture.findings("W0722").isEmpty)
  }

  @Test("a burst waits for Tekton's client limit, one run does not")
  func clientLimit() throws {
    // 100 TaskRuns of 8 requests at 20 a second, 20 of them at once. To create and start all takes 5 each,
    // so that the last starts after (500 - 20) / 20 = 24 s or more, 0.6 s of it the controllers' reaction;
    // all 8 are sent after 39 s at the least, and nobody waits much longer than for the others' requests.
    let burst = CheckFixture.one(.init(name: "build"), settings: ["workload=[{count: 100}]"])
    let found = try burst.findings("W0724")
    #expect(found.count == 1)
    let message = try #require(found.first?.message)
    let wait = try #require(message.split(separator: " ").compactMap { seconds(String($0)) }.first)
    #expect((23...45).contains(wait), "\(message)")
    // 20 / 8, and 2 workers for three looks of 100 ms.
    #expect(message.hasSuffix("2.5 TaskRuns a second; their 2 workers could do 6.67"))
    #expect(try burst.findings("W0734").isEmpty)
    #expect(try CheckFixture.one(.init(name: "build")).findings("W0724").isEmpty)
  }

  @Test("with requests enough, a burst waits for Tekton's workers until there are enough of them")
  func workerLimit() throws {
    // 100 runs are looked at by two workers, 200 ms each: the last after 9.8 s. Their TaskRuns take three
    // such looks: 30 s in all. By 32 workers, no queue is worth a word.
    var fixture = CheckFixture.one(
      .init(name: "build"),
      settings: [
        "workload=[{count: 100}]", "tekton.performance.kubeAPIQPS=500",
        "tekton.performance.kubeAPIBurst=500", "assumptions.tekton.reconcile=0.2",
      ])
    let found = try fixture.findings("W0734")
    #expect(found.count == 1)
    // 1000 / 8 by the client.
    let message = try #require(found.first?.message)
    #expect(message.hasSuffix("3.33 TaskRuns a second; their client could do 125"))
    let wait = try #require(message.split(separator: " ").compactMap { seconds(String($0)) }.first)
    #expect((9...40).contains(wait), "\(message)")
    #expect(try fixture.findings("W0724").isEmpty)
    fixture.settings.append("tekton.performance.threadsPerController=32")
    #expect(try fixture.findings("W0734").isEmpty)
  }

  /// A duration such as `1m05s` or `39.2s`.
  private func seconds(_ word: String) -> Double? {
    guard word.hasSuffix("s") else { return nil }
    let parts = word.dropLast().split(separator: "m")
    guard let last = parts.last.flatMap({ Double($0) }) else { return nil }
    return parts.count == 1 ? last : parts.first.flatMap { Double($0) }.map { $0 * 60 + last }
  }
}
