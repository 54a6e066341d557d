@testable import GantryManifests
import Testing

@Suite("Tekton: references")
struct VariableReferencesTests {
  @Test(
    "names after a prefix",
    arguments: [
      ("$(params.a)", ["a"]), ("x$(params.a)y$(params.b.k)", ["a", "b"]),
      ("$(params['a.b'])", ["a.b"]), ("$(params[\"a\"])", ["a"]), ("$(params.a[*])", ["a[*]"]),
      ("$(params.a", []), ("$(params.a\n)", []), ("$(paramsx.a)", []), ("$params.a", []),
      ("$(params['a)", []),
    ])
  func names(text: String, expected: [String]) {
    #expect(VariableReferences(in: text, prefix: "params").all.map(\.name) == expected)
  }

  @Test("more than two components are too many")
  func components() {
    #expect(VariableReferences(in: "$(params.a.b.c)", prefix: "params").all[0].hasTooManyParts)
    #expect(!VariableReferences(in: "$(params['a.b.c'])", prefix: "params").all[0].hasTooManyParts)
  }

  @Test(
    "names without indices",
    arguments: [
      ("a[0]", "a"), ("a[*]", "a"), ("a[]", "a"), ("a[x]", "a[x]"), ("a", "a"), ("a[", "a["),
    ])
  func indices(name: String, expected: String) {
    #expect(VariableReferences.withoutIndex(name) == expected)
  }

  @Test(
    "expressions of any kind",
    arguments: [
      ("$(tasks.a.results.r) $(b)", ["tasks.a.results.r", "b"]), ("$(a[*])", ["a[*]"]),
      ("$(a[10])", ["a[10]"]), ("$(a[x])", []), ("$(a b)", []), ("$()", []), ("$(a", []),
    ])
  func expressions(text: String, expected: [String]) {
    #expect(VariableReferences.expressions(in: text) == expected)
  }

  @Test("references to results")
  func results() {
    let object = ResultReference("tasks.a.results.r.k")
    #expect(object?.task == "a" && object?.result == "r" && object?.key == "k")
    let array = ResultReference("tasks.a.results.r[*]")
    #expect(array?.result == "r" && array?.index == "*")
    #expect(ResultReference("tasks.a.status") == nil)
    #expect(ResultReference("tasks.a.results.r.k.x") == nil)
  }
}
