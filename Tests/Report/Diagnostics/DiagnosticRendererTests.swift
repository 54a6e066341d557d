import GantryModel
import Testing

@testable import GantryReport

@Suite("findings are shown with their source line")
struct DiagnosticRendererTests {
  private func place(_ file: String, _ line: Int, _ column: Int) -> GantryModel.SourceLocation {
    GantryModel.SourceLocation(file: file, line: line, column: column)
  }

  private func renderer(_ text: String, isColored: Bool = false) -> DiagnosticRenderer {
    var texts = SourceTexts()
    texts.add(text, file: "b.yaml")
    texts.add("first: 1\n", file: "a.yaml")
    return DiagnosticRenderer(texts: texts, isColored: isColored, width: 40)
  }

  @Test("place, message, line, caret, note and help")
  func complete() {
    let diagnostic = Diagnostic(
      .error, "E0012", "unknown field 'taks'", at: place("b.yaml", 2, 3),
      notes: [.init("first here", at: place("a.yaml", 1, 1)), .init("no place")],
      suggestion: "did you mean 'tasks'?")
    #expect(
      renderer("spec:\r\n  taks: 1\r\n").render([diagnostic]) == """
        b.yaml:2:3: error: unknown field 'taks' [E0012]
          taks: 1
          ^
        a.yaml:1:1: note: first here
        first: 1
        ^
        note: no place
        help: did you mean 'tasks'?
        1 error

        """)
  }

  @Test("tabs stay tabs and wide characters take two blanks under the caret")
  func carets() {
    let shown = renderer("\t日é\u{301}: x\n").render(
      Diagnostic(.warning, "W0001", "m", at: place("b.yaml", 1, 7)))
    // Tab, 日 (2), é (1), combining acute (0), ':' and blank: the caret is under x.
    #expect(shown.split(separator: "\n")[2] == "\t     ^")
  }

  @Test("long lines are cut around the caret")
  func longLine() {
    let line = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
    let shown = renderer(line).render(
      Diagnostic(.error, "E0001", "m", at: place("b.yaml", 1, 501))
    ).split(separator: "\n")
    #expect(shown[1].count == 42)
    #expect(shown[1].first == "…" && shown[1].last == "…")
    let caret = shown[2].count - 1
    #expect(Array(shown[1])[caret] == "X")
  }

  @Test("control characters of an input never reach the terminal")
  func escapeSequences() {
    let shown = renderer("a: \u{1B}[31m\u{202E}x\n").render(
      Diagnostic(.error, "E0001", "bad '\u{1B}]0;x\u{7}'\nline", at: place("b.yaml", 1, 4)))
    #expect(!shown.contains("\u{1B}"))
    #expect(!shown.contains("\u{202E}"))
    #expect(shown.split(separator: "\n").count == 3)
  }

  @Test("a column or line outside of the text is shown as far as possible")
  func outside() {
    let beyond = renderer("ab\n").render(Diagnostic(.error, "E1", "m", at: place("b.yaml", 1, 99)))
    #expect(beyond == "b.yaml:1:99: error: m [E1]\nab\n  ^\n")
    let missing = renderer("ab").render(Diagnostic(.error, "E1", "m", at: place("b.yaml", 9, 1)))
    #expect(missing == "b.yaml:9:1: error: m [E1]\n")
    let unknown = renderer("").render(Diagnostic(.note, "N1", "m", at: place("--set", 1, 1)))
    #expect(unknown == "--set:1:1: note: m [N1]\n")
  }

  @Test("files in the order read, then lines; repeated findings once; the rest last")
  func order() {
    let findings = [
      Diagnostic(.error, "E1", "placeless", at: nil),
      Diagnostic(.error, "E1", "a", at: place("a.yaml", 1, 1)),
      Diagnostic(.warning, "W1", "b2", at: place("b.yaml", 2, 1)),
      Diagnostic(.error, "E1", "b1", at: place("b.yaml", 1, 5)),
      Diagnostic(.error, "E1", "a", at: place("a.yaml", 1, 1)),
    ]
    let subject = renderer("x\ny\n")
    #expect(subject.sort(findings).map(\.message) == ["b1", "b2", "a", "placeless"])
    #expect(subject.render(findings).hasSuffix("\n3 errors, 1 warning\n"))
    #expect(subject.render([]) == "")
  }

  @Test("colours only when asked for")
  func colors() {
    let diagnostic = Diagnostic(.error, "E1", "m", at: place("b.yaml", 1, 1))
    #expect(renderer("x\n", isColored: true).render(diagnostic).contains("\u{1B}[1;31merror:"))
    #expect(!renderer("x\n").render(diagnostic).contains("\u{1B}"))
  }

  @Test("thousands of findings are counted, not shown, and a large file costs one pass")
  func many() {
    let text = String(repeating: "a: 1\n", count: 50_000)
    let findings = (1...50_000).map {
      Diagnostic(.error, "E1", "m", at: place("b.yaml", $0, 1))
    }
    let lines = renderer(text).render(findings).split(separator: "\n")
    #expect(lines.count == 200 * 3 + 2)
    #expect(lines[600] == "… and 49800 more that are not shown")
    #expect(lines[601] == "50000 errors")
  }
}
