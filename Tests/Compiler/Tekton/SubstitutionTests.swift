import GantryModel
import Testing

@testable import GantryCompiler

@Suite("Tekton: substitution")
struct SubstitutionTests {
  private let values: Replacements = {
    var values = Replacements()
    values.add(.string("main"), prefix: "params", name: "branch")
    values.add(.array(["x", "y"]), prefix: "params", name: "list")
    values.add(
      .object([.init(key: "url", value: "u"), .init(key: "rev", value: "r")]), prefix: "params",
      name: "git")
    return values
  }()

  @Test(
    "each notation finds its value; what is unknown stays",
    arguments: [
      ("$(params.branch)", "main"), ("a-$(params['branch'])-b", "a-main-b"),
      ("$(params[\"branch\"])$(params.branch)", "mainmain"), ("$(params.list[1])", "y"),
      ("$(params['list'][0])", "x"), ("$(params.git.url)@$(params.git['rev'])", "u@r"),
      ("$(params.nope)", "$(params.nope)"), ("$(params.list[7])", "$(params.list[7])"),
      ("$$(params.branch)", "$main"), ("$(params.branch", "$(params.branch"), (")$(", ")$("),
    ])
  func texts(text: String, expected: String) {
    #expect(values.apply(text) == expected)
  }

  @Test("a whole array is spliced into a list, a part of a text is not")
  func lists() {
    #expect(values.apply(["a", "$(params.list[*])", "b"]) == ["a", "x", "y", "b"])
    #expect(values.apply(["-$(params.list[*])"]) == ["-$(params.list[*])"])
  }

  @Test("a value that is one whole reference takes the type of what it refers to")
  func wholeValues() {
    #expect(values.apply(ParameterValue.string("$(params.list[*])")) == .array(["x", "y"]))
    #expect(values.apply(ParameterValue.string("$(params.git[*])")).type == .object)
    #expect(values.apply(ParameterValue.string("$(params.branch)")) == .string("main"))
  }

  @Test(
    "results are found in every notation",
    arguments: [
      ("tasks.a.results.r", "a", "r", ""), ("tasks.a.results['r.s']", "a", "r.s", ""),
      ("tasks.a-b.results.list[*]", "a-b", "list", "[*]"),
      ("tasks.a.results.obj.key", "a", "obj", ".key"),
    ])
  func results(key: String, task: String, result: String, rest: String) {
    let expression = ResultExpression(key)
    #expect(expression?.task == task && expression?.result == result && expression?.rest == rest)
  }

  @Test(
    "other references are no results", arguments: ["tasks.a.status", "params.a", "tasks.status"])
  func noResults(key: String) {
    #expect(ResultExpression(key) == nil)
  }
}

@Suite("Tekton: CEL in conditions")
struct CommonExpressionTests {
  @Test(
    "expressions have their truth",
    arguments: [
      ("'main' == 'main' && 2 > 1", true), ("'a' in ['b', 'a']", true),
      ("!(1 < 2) || false", false),
      ("'release-1'.startsWith('release')", true), ("'abc'.matches('^a.c$')", true),
      ("size('abc') == 3 ? true : false", true), ("'x' != 'x'", false), ("1 + 2 == 3", true),
    ])
  func truth(text: String, expected: Bool) {
    #expect(CommonExpression.evaluate(text) == expected)
  }

  @Test(
    "what is not understood has none", arguments: ["'a'", "a == 'b'", "1 ==", "'open", "f(1)", ""])
  func none(text: String) {
    #expect(CommonExpression.evaluate(text) == nil)
  }

  @Test("deep nesting ends")
  func hostile() {
    #expect(CommonExpression.evaluate(String(repeating: "(", count: 100_000)) == nil)
  }
}

@Suite("Tekton: durations and names")
struct DurationTextTests {
  @Test(
    "durations are read as Go reads them",
    arguments: [
      ("1h30m", 5400.0), ("90s", 90), ("-5m", -300), ("0", 0), ("1.5h", 5400), ("100ms", 0.1),
    ])
  func reading(text: String, seconds: Double) {
    #expect(DurationText.seconds(text) == seconds)
  }

  @Test("other texts are no durations", arguments: ["", "5", "1d", "h", "-", ".s", "1h 2m"])
  func refusal(text: String) {
    #expect(DurationText.seconds(text) == nil)
  }

  @Test(
    "durations are written as Go writes them",
    arguments: [
      (3600.0, "1h0m0s"), (90, "1m30s"), (-300, "-5m0s"), (0, "0s"), (1.5, "1.5s"), (0.1, "100ms"),
    ])
  func writing(seconds: Double, text: String) {
    #expect(DurationText.text(seconds) == text)
  }

  @Test("names that are too long are shortened with a hash")
  func names() {
    #expect(ChildName.join("run", "-task") == "run-task")
    // 39 characters and a suffix of 28: 3 characters, the owner's MD5 and the suffix.
    #expect(
      ChildName.join("redhat-dependency-analytics-pipelinerun", "-redhat-dependency-analytics")
        == "redd5cb563cf3cb763ec1bc9bd0f6b2a00a-redhat-dependency-analytics")
    // A suffix of 31 or more leaves room for the hash of both only.
    #expect(
      ChildName.join(
        "helm-render-manifests-test-pipeline-run", "-helm-render-manifests-from-repo")
        == "helm-render-manifests-test-pipe6bf4248708befb72cf4037b4d187c7df")
  }
}
