import GantryModel
import Testing

@Suite("Steps that never end")
struct EndlessStepTests {
  @Test(
    "a step that never ends is told and fails the run at the default timeout",
    arguments: ["sleep infinity", "tail -f /dev/null", "while true; do sleep 10; done"])
  func endless(script: String) throws {
    let found = try CheckFixture.one(.init(name: "wait", script: script)).findings()
    let told = found.filter { $0.code == "W0432" }
    #expect(told.count == 1)
    #expect(told.first?.message.contains("ends it (1h") == true)
    let failed = try #require(found.first { $0.code == "E0700" })
    // The run's own hour, which began earlier, is over first.
    #expect(failed.message.contains("would end with PipelineRunTimeout"))
  }

  @Test("a shorter timeout of the task ends it as such")
  func taskTimeout() throws {
    let step = CheckFixture.Step(
      name: "wait", script: "sleep infinity", taskFields: ["timeout: 10m"])
    let found = try CheckFixture.one(step).findings()
    #expect(found.first { $0.code == "W0432" }?.message.contains("ends it (10m") == true)
    let failed = try #require(found.first { $0.code == "E0700" })
    #expect(failed.message.contains("ends with TaskRunTimeout"))
    #expect(failed.message.contains("within \"10m"))
  }

  @Test("the same as a sidecar is fine")
  func sidecar() throws {
    let step = CheckFixture.Step(
      name: "build", script: "sleep 1",
      specFields: ["sidecars: [{name: server, image: a, script: sleep infinity}]"])
    let found = try CheckFixture.one(step).findings()
    #expect(!found.contains { ["W0432", "E0700"].contains($0.code) })
  }

  @Test("a step with a timeout of its own fails by that")
  func stepTimeout() throws {
    let step = CheckFixture.Step(
      name: "wait", script: "sleep infinity", stepFields: ["timeout: 90s"])
    let found = try CheckFixture.one(step).findings()
    #expect(found.first { $0.code == "W0432" }?.message.contains("ends it (1m30s") == true)
    let failed = try #require(found.first { $0.code == "E0700" })
    #expect(failed.message.contains("exceeded the specified timeout limit"))
  }
}
