import GantryModel
import Testing

@Suite("Codes in sources")
struct EmittedCodeTests {
  @Test("a code has the severity of the call around it")
  func severities() {
    let source = #"""
      // sink.error("E0001", "in a comment")
      func f() throws {
        sink.error("E0002", "a message (with brackets)", at: nil)
        context.sink.warning(
          "W0003", "\(subject("x")): \"quoted\" \(a ? "E0004" : "(")", at: place(of: "x"))
        sink.note("N0005", """
          "E0006"
          """, at: nil)
        scene.tell(.warning, "W0007", "text")
        throw RunRefusal("Reason", "text " + text(1), code: "E0008", summary: "s", at: here)
        list.append(Finding(severity: .note, code: "N0009", message: #"a "raw" one"#))
        context.error(isType ? "E0010" : "E0011", "text", at: nil)
        if found.code == "E0012" || "E0013 " == text { return }
        static let kind = FindingKind("W0014", "title", "text", remedy: "text")
      }
      """#
    let codes = EmittedCode.codes(in: source, file: "f.swift")
    let found = codes.map { "\($0.code) \($0.severity?.rawValue ?? "-")" }
    #expect(
      found == [
        "E0002 error", "W0003 warning", "N0005 note", "W0007 warning", "E0008 error", "N0009 note",
        "E0010 error", "E0011 error", "W0014 warning",
      ])
    #expect(codes.first?.place == "f.swift:3")
  }

  @Test("a severity that does not match the letter, and a call that is not known, are seen")
  func contradictions() {
    let source = """
      sink.warning("E0001", "text", at: nil)
      surprise("E0002", "text")
      let code = "E0003"
      """
    let codes = EmittedCode.codes(in: source, file: "f.swift")
    #expect(codes.map(\.severity) == [.warning, nil, nil])
    #expect(codes.map(\.call) == ["warning", "surprise", ""])
  }
}
