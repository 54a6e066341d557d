import GantryModel
import GantryUnits
import Testing

@Suite("Access points")
struct AccessPointTests {
  /// Three runs at 0, 10 and 20 s, each 5 s of work, on a file system with two access points.
  private func plan(keepClaims: Double?) -> PaperPlan {
    var paper = PaperPlan()
    paper.node()
    paper.fileSystem {
      $0.accessPointLimit = 2
      $0.keepClaims = keepClaims
    }
    paper.plan.control.accessPoint = 1
    paper.run(
      [task("a", [.move(.write, bytes: 100), .compute(5)], claims: [0])], claims: [claim()])
    paper.plan.workload[0].process = .every(interval: 10, count: 3)
    return paper
  }

  @Test("a claim beyond the limit stays pending, and says why")
  func limit() throws {
    // Made at 1 and 11; the third never: nobody deletes a run.
    let outcome = plan(keepClaims: nil).outcome()
    #expect(outcome.end(of: "a", run: 0) == .s(6))
    #expect(outcome.end(of: "a", run: 1) == .s(16))
    #expect(outcome.end(of: "a", run: 2) == nil)
    #expect(outcome.runs[2].reason == "Deadlock")
    #expect(outcome.runs[2].message.contains("the claim 'files' is Pending"))
    #expect(outcome.runs[2].message.contains("no access point left of 2"))
    #expect(outcome.fileSystems[0].accessPointsPeak == 2)
  }

  @Test("a deleted run gives its access point to the claim that waits longest")
  func deletion() throws {
    // The first run ends at 6 and is deleted at 46; the third gets its access point at 47, ends at 52.
    let outcome = plan(keepClaims: 40).outcome()
    #expect(outcome.end(of: "a", run: 2) == .s(52))
    #expect(outcome.taskRun("a", run: 2)?.breakdown[.volume] == .seconds(27))
    #expect(outcome.claims[0].deleted == .s(46))
    #expect(outcome.claims[1].deleted == nil)
    // 100 B count from the end of their phase: from 6 to 46, from 16 to 52 and from 52 on: 4000 + 3600;
    // two claims are left.
    #expect(outcome.fileSystems[0].storedAtEnd == 200)
    #expect(abs(outcome.fileSystems[0].byteSeconds - 7600) < 1e-3)
  }
}
