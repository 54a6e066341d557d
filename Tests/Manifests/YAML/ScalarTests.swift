import GantryModel
import Testing

@testable import GantryManifests

@Suite("plain scalars have the types that the Kubernetes clients give them")
struct ScalarTests {
  private func value(_ text: String) -> String {
    let sink = DiagnosticSink()
    let nodes = YAMLLoader.load("v: \(text)\n", file: "f", sink: sink)
    if let first = sink.diagnostics.first { return "error \(first.code)" }
    switch nodes.first?["v"]?.content {
    case .null?: return "null"
    case .bool(let flag)?: return "bool \(flag)"
    case .number(let number)?: return "number \(number)"
    case .string(let string)?: return "string \(string)"
    default: return "other"
    }
  }

  @Test(
    "YAML 1.1 booleans, nulls, numbers and texts",
    arguments: [
      ("y", "bool true"), ("N", "bool false"), ("yes", "bool true"), ("Off", "bool false"),
      ("on", "bool true"), ("TRUE", "bool true"), ("oN", "string oN"), ("yEs", "string yEs"),
      ("'yes'", "string yes"), ("\"on\"", "string on"), ("!!str yes", "string yes"),
      ("~", "null"), ("", "null"), ("Null", "null"), ("''", "string "), ("nil", "string nil"),
      ("8", "number 8"), ("0", "number 0"), ("-12", "number -12"), ("+5", "number 5"),
      ("0x1F", "number 31"), ("0o17", "number 15"), ("0777", "number 511"), ("0b101", "number 5"),
      ("-0x10", "number -16"), ("1_000", "number 1000"), ("08", "number 8"), ("0x", "string 0x"),
      ("0xZZ", "string 0xZZ"), ("1.20", "number 1.2"), (".5", "number 0.5"), ("5.", "number 5"),
      ("-.5e1", "number -5"), ("1e3", "number 1000"), ("12e03", "number 12000"),
      ("1e400", "string 1e400"), ("1.2.3", "string 1.2.3"), ("500m", "string 500m"),
      ("1:30", "string 1:30"), ("2024-05-01", "string 2024-05-01"),
      ("2024-05-01T10:00:00Z", "string 2024-05-01T10:00:00Z"), ("-", "error E0001"),
      ("--", "string --"), (".", "string ."), ("+", "string +"), ("0x_", "string 0x_"),
      ("18446744073709551615", "number 18446744073709551615"),
      ("99999999999999999999", "number 1e+20"),
      (".inf", "error E0010"), ("-.Inf", "error E0010"), (".NaN", "error E0010"),
      ("!!int \"3\"", "number 3"), ("!custom 3", "string 3"), ("é", "string é"),
    ])
  func scalar(text: String, expected: String) { #expect(value(text) == expected) }

  @Test("keys that are booleans or numbers become texts")
  func keys() throws {
    let sink = DiagnosticSink()
    let root = try #require(
      YAMLLoader.load("on: a\n0x10: b\nplain: c\n", file: "f", sink: sink).first)
    #expect(root["true"] != nil)
    #expect(root["16"] != nil)
    #expect(sink.diagnostics.isEmpty)
  }
}
