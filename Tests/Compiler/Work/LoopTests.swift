import GantryModel
import Testing

@testable import GantryCompiler

/// Loops and commands whose end is not known before they run.
@Suite("loops and endless commands")
struct LoopTests {
  private func play(
    _ script: String, rounds: [String: Double] = [:]
  ) -> (step: PlannedStep, fixture: StepFixture) {
    var configuration = WorkConfiguration()
    configuration.assumptions = rounds
    var fixture = StepFixture(configuration)
    let step = fixture.plan(StepFixture.step(script))
    return (step, fixture)
  }

  @Test(
    "what never ends keeps the step, and nothing after it is played",
    arguments: [
      "sleep infinity", "sleep inf", "sleep 99999999999", "tail -f /dev/null",
      "tail --follow=name log", "while true; do sleep 7; done", "while :; do sleep 7; done",
      "until false; do sleep 7; done", "while true; do if [ a = b ]; then break; fi; sleep 7; done",
      "while true; do for i in 1 2; do break; done; sleep 7; done", "sleep infinity & wait",
      "while true; do (exit 0); sleep 7; done", "bash -c 'sleep infinity'", "watch date",
      "cat /dev/zero > /workspace/source/f", "dd if=/dev/zero of=/workspace/source/f bs=1M",
      "kubectl get pods --watch", "f() { sleep infinity; }; f",
    ])
  func endless(script: String) {
    let (step, fixture) = play("sleep 1\n\(script)\nsleep 100")
    #expect(step.endless[0] != nil)
    #expect(step.failures[0] == nil)
    #expect([1, 8, 15].contains(step.phases[0].fixed), "\(step.phases[0].fixed)")
    #expect(fixture.sink.diagnostics.filter { $0.code == "W0432" }.count == 1)
  }

  @Test(
    "what ends is no endless step",
    arguments: [
      "sleep infinity & sleep 3", "timeout 5 tail -f log", "sleep infinity & kill $!; wait",
      "while true; do if curl -s x; then break; fi; sleep 7; done",
      "while true; do curl -s x && exit 0; sleep 7; done",
      "while true; do curl -s x || break; sleep 7; done",
      "until [ -f /workspace/source/ready ]; do sleep 7; done", "cat /dev/zero | head -c 1M > f",
      "tail -n 5 log", "while read -r x; do echo $x; done < list",
      "die() { exit 1; }; while true; do test -n \"$A\" && die; sleep 7; done",
    ])
  func ending(script: String) {
    let (step, fixture) = play(script)
    #expect(step.endless == [nil, nil])
    #expect(!fixture.sink.diagnostics.contains { $0.code == "W0432" })
  }

  @Test("the finding names the time that the task has")
  func timeout() {
    var fixture = StepFixture()
    var task = ResolvedPipelineTask(name: "t", taskName: "t", location: StepFixture.location)
    task.timeout = 3600
    _ = fixture.reader.plan(
      step: StepFixture.step("sleep infinity"), stepIndex: 0, taskRun: StepFixture.taskRun(),
      task: task, run: fixture.run, context: &fixture.context, sink: fixture.sink)
    let told = fixture.sink.diagnostics.first { $0.code == "W0432" }
    #expect(told?.message.contains("until a timeout ends it (1h") == true)
    #expect(told?.message.contains("'sleep infinity'") == true)
  }

  @Test(
    "a polling loop goes round as often as is assumed, at least once",
    arguments: [
      ("until curl -s x; do sleep 10; done", "curl"),
      ("while ! curl -s x; do sleep 10; done", "curl"),
      ("while true; do if curl -s x; then break; fi; sleep 10; done", "true"),
      ("while true; do curl -s x && break; sleep 10; done", "true"),
      ("until [ -f /workspace/source/ready ]; do sleep 10; done", "test"),
      ("while :; do case $(curl -s x) in ok) exit 0;; *) ;; esac; sleep 10; done", "true"),
    ])
  func polling(script: String, name: String) {
    let id = "loop.\(name).rounds"
    let four = play(script, rounds: [id: 4])
    let all = four.step.phases[0].fixed
    // What leaves the loop may do so before its last sleep.
    #expect(all == 40 || all == 30, "\(script): \(all)")
    #expect(four.fixture.assumptions(four.step.phases[0]).contains(id))
    #expect(four.fixture.reader.tables.assumptions.unknownOverrides().isEmpty)
    let told = four.fixture.sink.diagnostics.filter { $0.code == "N0735" }
    #expect(told.count == 1)
    #expect(told.first?.message.contains(id) == true)
    let one = play(script)
    #expect(one.step.phases[0].fixed == 10 || one.step.phases[0].fixed == 0)
    #expect(one.fixture.sink.diagnostics.contains { $0.code == "N0735" })
    #expect(play(script, rounds: [id: 0]).step.phases[0].fixed == one.step.phases[0].fixed)
  }

  @Test("a loop that is decided needs no assumption")
  func decided() {
    let (step, fixture) = play("set -- 1 2 3; while [ $# -gt 1 ]; do sleep 2; shift; done")
    #expect(step.phases[0].fixed == 4)
    #expect(fixture.sink.diagnostics.isEmpty)
  }

  @Test("a sleep of unknown length is a named guess")
  func unknownSleep() {
    let (step, fixture) = play("sleep $DELAY")
    #expect(step.phases[0].fixed == 5)
    #expect(fixture.assumptions(step.phases[0]).contains("sleep.unknown"))
    #expect(fixture.sink.diagnostics.map(\.code) == ["N0610"])
  }

  @Test("a file that is sourced and not visible is told")
  func sourced() {
    let (_, fixture) = play(". /opt/tool/setup.sh\nsleep 1")
    #expect(fixture.sink.diagnostics.map(\.code) == ["N0738"])
    let known = play("echo 'sleep 4' > /tmp/s.sh\n. /tmp/s.sh")
    #expect(known.step.phases[0].fixed == 4)
    #expect(known.fixture.sink.diagnostics.isEmpty)
  }
}
