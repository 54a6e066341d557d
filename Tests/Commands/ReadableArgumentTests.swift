import Testing

@Suite("Values of options")
struct ReadableArgumentTests {
  @Test(
    "a value that cannot be read is answered with what was expected",
    arguments: [
      (["sweep", "--precision", "200%"], "expected a share above 0 and below 1"),
      (["sweep", "--precision", "nan"], "expected a share above 0 and below 1"),
      (["sweep", "--shard", "3/2"], "expected 'auto' or a part and the number of parts"),
      (["sweep", "--warm-up", "soon"], "expected 'auto' or a duration above 0"),
      (["sweep", "--warm-up", "-5s"], "expected 'auto' or a duration above 0"),
      (["sweep", "--replications", "-3"], "Replications are from 1"),
      (["sweep", "--max-replications", "5"], "--max-replications is a bound of --precision"),
      (["plan", "--slo", "mean < 1m", "--confidence", "100%"], "expected a share"),
      (["plan", "--budget", "month < 2000"], "Give at least one service level"),
      (["sensitivity", "--least-share", "200%"], "expected a share from 0 to below 1"),
      (
        ["breakeven", "--b", "x=1", "--over", "workload.rate=1..2/day", "--builds", "50"],
        "per hour, day, week or month, such as 50/day"
      ),
      (
        ["compare", "--fail-if", "foo > 3"],
        "(p50, p95, p99, mean, makespan, wait, run-usd, month-usd)"
      ),
      (["compare", "--fail-if", "p95 > +nan%"], "expected a measure"),
      (["submit", "--engine", "k8s", "--shards", "1", "--kubernetes", "1.2"], "from 1.26 on"),
      (
        ["submit", "--engine", "k8s", "--shards", "1", "--image", "bad image"],
        "'bad image' is no image"
      ),
    ])
  func expectation(_ arguments: [String], _ words: String) throws {
    let result = try Gantry().run(arguments)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test(
    "a label is no number, no point and one line", arguments: ["1", "a#b", "grid#*", " ", "a\nb"])
  func label(_ text: String) throws {
    for command in ["simulate", "sweep"] {
      let result = try Gantry().run([command, ".", "--label", text])
      #expect(result.status == 64)
      #expect(result.errors.contains("expected a name of one line"), "\(result.errors)")
    }
  }
}
