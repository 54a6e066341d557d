import GantryModel
import GantryUnits
import Testing

@Suite("Image pulls")
struct ImagePullTests {
  /// A registry of 10 B/s per connection; pulls use three.
  private func plan() -> PaperPlan {
    var paper = PaperPlan()
    paper.node("one")
    paper.service(perConnection: 10)
    return paper
  }

  @Test("a missing image is pulled once for all pods that wait for it")
  func once() throws {
    // 900 B at 30 B/s: 30 s for both; a task that follows finds the image.
    var paper = plan()
    let image = paper.image("tool", compressed: 900, unpacked: 2000)
    paper.run([
      task("a", [.compute(1)], images: [image]), task("b", [.compute(1)], images: [image]),
      task("c", [.compute(1)], after: [0], images: [image]),
    ])
    let outcome = paper.outcome()
    #expect(outcome.end(of: "a") == .s(31))
    #expect(outcome.end(of: "b") == .s(31))
    #expect(outcome.end(of: "c") == .s(32))
    #expect(outcome.taskRun("b")?.breakdown[.image] == .seconds(30))
    #expect(outcome.taskRun("c")?.breakdown[.image] == .zero)
    #expect(outcome.nodes[0].imagesPulled == 1)
    #expect(outcome.nodes[0].imageBytes == 900)
    #expect(outcome.nodes[0].bytesIn == 900)
    #expect(outcome.nodes[0].diskBytesWritten == 2000)
    #expect(outcome.network.natBytesIn == 900)
  }

  @Test("each node pulls for itself")
  func perNode() {
    var paper = plan()
    paper.node("two")
    let image = paper.image("tool", compressed: 900)
    paper.run([
      task("a", [.compute(1)], images: [image], on: "one"),
      task("b", [.compute(1)], after: [0], images: [image], on: "two"),
    ])
    let outcome = paper.outcome()
    #expect(outcome.end(of: "b") == .s(62))
    #expect(outcome.nodes.map(\.imagesPulled) == [1, 1])
  }

  @Test("a kubelet pulls one image at a time")
  func serial() {
    // `a` until 30; `b` asked at the same moment and waits: 30 + 600 / 30 = 50.
    var paper = plan()
    let first = paper.image("first", compressed: 900)
    let second = paper.image("second", compressed: 600)
    paper.run([
      task("a", [.compute(1)], images: [first]), task("b", [.compute(1)], images: [second]),
      task("both", [.compute(1)], images: [first, second]),
    ])
    let outcome = paper.outcome()
    #expect(outcome.end(of: "a") == .s(31))
    #expect(outcome.end(of: "b") == .s(51))
    #expect(outcome.end(of: "both") == .s(51))
    #expect(outcome.nodes[0].imagesPulled == 2)
  }

  @Test("an image that a node has from the start is not pulled")
  func cached() {
    var paper = plan()
    let image = paper.image("tool", compressed: 900)
    paper.plan.nodes[0].cachedImages = [image]
    paper.run([task("a", [.compute(1)], images: [image])])
    #expect(paper.outcome().makespan == .s(1))
    #expect(paper.outcome().nodes[0].imagesPulled == 0)
  }

  @Test("unpacking takes processor time, which may be what a pull waits for")
  func unpacking() {
    // 2000 B at 0.05 CPU s each over 2 threads: 50 s, while the download takes 30.
    var paper = plan()
    paper.plan.control.unpackSecondsPerByte = 0.05
    let image = paper.image("tool", compressed: 900, unpacked: 2000)
    paper.run([task("a", [.compute(1)], images: [image])])
    let outcome = paper.outcome()
    #expect(outcome.makespan == .s(51))
    #expect(outcome.nodes[0].cpuSeconds == 101)
    #expect(outcome.runs[0].use.cpuByNode == [1])
  }

  @Test("an image that does not exist for the node's architecture fails the TaskRun")
  func missingArchitecture() throws {
    var paper = PaperPlan()
    paper.node("one", architecture: .arm64)
    paper.service(perConnection: 10)
    let image = paper.image("tool", compressed: 900, only: .amd64)
    paper.run([task("a", [.compute(1)], images: [image])])
    let outcome = paper.outcome()
    let failed = try #require(outcome.taskRun("a"))
    #expect(failed.status == .failed)
    #expect(failed.reason == "TaskRunImagePullFailed")
    #expect(failed.message == "the image 'tool' does not exist for arm64")
    #expect(outcome.runs[0].status == .failed)
    #expect(outcome.nodes[0].imagesPulled == 0)
  }
}
