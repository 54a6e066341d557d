import Testing

@testable import GantryCommands

@Suite("Inputs of a sweep that an image must have")
struct SweepInputsTests {
  @Test("whole folders of scenarios, clusters and profiles")
  func folders() {
    let found = SweepInputs(
      paths: ["mine/htop"],
      axes: ["scenario=scenarios/layouts/*,mine/nodejs", "nodes.arm64.count=1..2"],
      others: ["./clusters/a", "work.yaml"])
    #expect(found.folders == ["clusters", "mine", "scenarios", "work.yaml"])
    #expect(found.outside.isEmpty)
    #expect(SweepInputs(paths: [], axes: ["nodes.arm64.count=1..2"]).folders == ["."])
  }

  @Test("what lies elsewhere is told")
  func outside() {
    let found = SweepInputs(paths: ["/data/htop"], axes: [], others: ["../cluster"])
    #expect(found.outside == ["/data/htop", "../cluster"])
    #expect(found.folders.isEmpty)
  }

  @Test("the Containerfile takes them along, in any spelling")
  func containerfile() throws {
    let job = SweepJob(
      name: "a", shards: 1, parallel: 1, image: "i", cpus: 1, memoryMiB: 64, sweep: [],
      inputs: SweepInputs(paths: ["my builds/htop", "scenarios/nodes"], axes: []))
    let files = KubernetesJob(job: job, claim: "c", version: .newest).files
    let text = try #require(files.first { $0.name == "Containerfile" }).text
    #expect(text.contains("COPY [\"my builds\", \"/srv/my builds\"]\n"))
    #expect(text.contains("COPY [\"scenarios\", \"/srv/scenarios\"]\n"))
  }
}
