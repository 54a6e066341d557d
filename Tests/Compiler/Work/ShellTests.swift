import GantryModel
import Testing

@testable import GantryCompiler

/// The shell reader, observed through `sleep`.
@Suite("scripts")
struct ShellTests {
  private func slept(_ script: String, _ arguments: [String] = []) -> Double {
    var fixture = StepFixture()
    var step = StepFixture.step(script)
    step.args = arguments
    return fixture.plan(step).phases[0].fixed
  }

  @Test(
    "what a script does follows from its text",
    arguments: [
      ("sleep 1; sleep 2 && sleep 4 || sleep 8", 7.0),
      ("a=3; sleep $a", 3), ("a=3 sleep 1; sleep ${a:-5}", 6),
      ("for i in 1 2 3; do sleep $i; done", 6),
      ("for i in {1,2}5; do sleep $i; done", 40),
      ("list=\"1 2\"; for i in $list; do sleep $i; done", 3),
      ("list=\"1 2\"; for i in \"$list\"; do sleep 5; done", 5),
      ("if [ a = b ]; then sleep 1; elif [[ x == x* ]]; then sleep 2; else sleep 4; fi", 2),
      ("if ! test -z \"\"; then sleep 1; else sleep 2; fi", 2),
      ("case v1.2 in v2*) sleep 1;; v1*|x) sleep 2;; *) sleep 4;; esac", 2),
      ("f() { sleep $1; }; f 3; f 4", 7),
      ("function g { sleep 2; }\ng", 2),
      ("x=$(echo 5); sleep $x", 5), ("x=`echo 6`; sleep $x", 6),
      ("sleep 1 # sleep 2", 1),
      ("sleep \\\n  3", 3), ("sleep 1\r\nsleep 2\r\ncat <<E\r\nsleep 4\r\nE\r\nsleep 8\r\n", 11),
      ("cat <<EOF\nsleep 9\nEOF\nsleep 1", 1),
      ("cat <<'A' > /tmp/s.sh\nsleep 4\nA\nbash /tmp/s.sh", 4),
      ("bash -c 'sleep 2; sleep 3'", 5), ("env A=1 timeout 60 sleep 2", 2),
      ("sleep 2 2>&1 >/dev/null | tee log", 2),
      ("a=(1 2); a+=(3); for i in \"${a[@]}\"; do sleep $i; done", 6),
      ("declare -a a=(4 5); sleep ${a[1]}; sleep ${#a[@]}", 7),
      ("x=1.tar; sleep ${x%.tar}", 1), ("x=a-7; sleep ${x##*-}", 7),
      ("exit 0; sleep 5", 0), ("( sleep 1; exit 1 ); { sleep 2; }", 3),
      ("while read l; do sleep 3; done < f", 3),
      ("set -e; true || sleep 9; false || sleep 1", 1),
      ("while true; do sleep 1; break; sleep 2; done; sleep 4", 5),
      ("set -- a b c; while [ $# -gt 0 ]; do sleep 2; shift; done; sleep 1", 7),
      ("until true; do sleep 5; done; sleep 1", 1),
      ("for i in $(seq 3); do sleep $i; done", 6),
      ("echo 1 | while read -r a; do sleep $a; done", 1),
      ("cat <<E > f\n1 x\n2 y\nE\nwhile read -r a b; do sleep $a; done < f", 3),
      ("sleep 1 & wait; sleep 2", 3), ("timeout 30 sleep infinity; sleep 1", 31),
      ("timeout 1m bash -c 'while :; do sleep 20; done' || sleep 1", 61),
      ("sleep infinity & sleep 3", 3), ("(while true; do sleep 9; done) & sleep 3", 12),
    ])
  func semantics(script: String, seconds: Double) {
    #expect(slept(script) == seconds, "\(script)")
  }

  @Test("loops over the step's arguments unroll")
  func arguments() {
    #expect(slept("for n; do sleep $n; done", ["1", "2"]) == 3)
    #expect(slept("for n in \"$@\"; do sleep $n; done", ["1", "2"]) == 3)
    #expect(slept("sleep $2; shift; sleep $1; sleep $#", ["5", "7"]) == 15)
    #expect(slept("while [ $# -gt 9 ]; do sleep 1; done", []) == 0)
  }

  @Test("an unknown condition counts as true")
  func unknownCondition() {
    #expect(slept("if [ \"$NOBODY_SET_THIS\" = x ]; then sleep 1; else sleep 2; fi") == 1)
    #expect(slept("command -v git && sleep 3") == 3)
  }

  @Test(
    "a script that cannot be read is a warning with its line, and never a crash",
    arguments: [
      "echo 'no end", "sleep 1\necho \"no end", "x=$(echo", "echo ${x", "if true; then sleep 1",
      "for do done", "case x in", "esac", "fi", "((", "a() {", "cat <<", "|| &&", "echo `x",
      ")", "done", "for x in a b", "case x in a) ;;", "[[ a ==", "<", "x=(", "f()",
    ])
  func broken(script: String) {
    var fixture = StepFixture()
    let step = fixture.plan(StepFixture.step(script))
    #expect(step.phases.count == 2)
    for diagnostic in fixture.sink.diagnostics {
      #expect(["W0601", "N0612", "N0604"].contains(diagnostic.code))
    }
  }

  @Test("a line number stands in the warning")
  func brokenLine() {
    var fixture = StepFixture()
    _ = fixture.phases("sleep 1\n\necho 'no end")
    #expect(fixture.sink.diagnostics.first?.message.contains("line 3") == true)
  }

  @Test("of very many findings the first are told, and names are cut")
  func manyFindings() {
    var fixture = StepFixture()
    _ = fixture.phases((0..<100).map { "cmd\($0)" }.joined(separator: "\n"))
    #expect(fixture.sink.diagnostics.count == 40)
    #expect(fixture.sink.diagnostics.last?.code == "W0615")
    var long = StepFixture()
    _ = long.phases(String(repeating: "x", count: 100_000))
    #expect(long.sink.diagnostics.allSatisfy { $0.message.count < 500 })
    #expect(long.reader.tables.assumptions.all.allSatisfy { $0.id.count < 100 })
  }

  @Test("huge, deep and endless scripts end quickly")
  func hostile() {
    let clock = ContinuousClock()
    let deep = String(repeating: "$(echo ", count: 5000) + String(repeating: ")", count: 5000)
    let scripts = [
      String(repeating: "x", count: 1 << 20),
      String(repeating: "echo a; ", count: 1 << 14),
      String(repeating: "((", count: 1 << 14),
      String(repeating: "( ", count: 1 << 15),
      String(repeating: "{ ", count: 1 << 16),
      String(repeating: "if true; then ", count: 1 << 13),
      String(repeating: "$(", count: 1 << 16),
      String(repeating: "\"$(", count: 1 << 16),
      String(repeating: "`", count: (1 << 16) + 1),
      String(repeating: "! ", count: 1 << 14) + "true",
      "echo " + deep,
      (0..<20_000).map { "cmd\($0)" }.joined(separator: "\n"),
      "f() { f; f; }; f",
      "f() { eval f; }; f",
      "a=x; " + String(repeating: "a=$a$a; ", count: 200) + "echo $a",
      "a=(1); " + String(repeating: "a+=(\"${a[@]}\"); ", count: 60),
      "for a in 1 2 3 4 5 6 7 8 9; do for b in 1 2 3 4 5 6 7 8 9; do for c in 1 2 3 4 5 6 7 8 9; "
        + "do for d in 1 2 3 4 5 6 7 8 9; do for e in 1 2 3 4 5 6 7 8 9; do sleep 0; done; done; "
        + "done; done; done",
      String(repeating: "cat <<E\n", count: 1 << 14),
      "case " + String(repeating: "a", count: 3000) + " in " + String(repeating: "*a", count: 500)
        + "b) ;; esac",
    ]
    for script in scripts {
      let time = clock.measure {
        var fixture = StepFixture()
        _ = fixture.plan(StepFixture.step(script))
      }
      #expect(time < .seconds(20), "\(script.prefix(20))")
    }
  }
}
