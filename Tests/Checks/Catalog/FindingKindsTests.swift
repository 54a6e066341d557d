import Foundation
import GantryChecks
import GantryModel
import GantryTestSupport
import Testing

@Suite("The catalogue of findings")
struct FindingKindsTests {
  @Test("every code in the sources has a kind")
  func complete() throws {
    let known = Set(FindingKinds.all.map(\.code))
    let emitted = try EmittedCode.all()
    #expect(!emitted.isEmpty)
    for code in emitted where !known.contains(code.code) { Issue.record("no kind for \(code)") }
  }

  @Test("every kind is emitted somewhere")
  func used() throws {
    let emitted = Set(try EmittedCode.all().map(\.code))
    for kind in FindingKinds.all where !emitted.contains(kind.code) {
      Issue.record("nothing emits \(kind.code), \(kind.title)")
    }
  }

  @Test("a code begins with the letter of the severity it is emitted with")
  func severities() throws {
    for code in try EmittedCode.all() {
      let severity = FindingKind(code.code, "", "", remedy: "").severity
      #expect(code.severity == severity, "\(code)")
    }
  }

  @Test("no code has two severities")
  func oneSeverity() throws {
    for (code, uses) in Dictionary(grouping: try EmittedCode.all(), by: \.code) {
      #expect(Set(uses.map(\.severity)).count == 1, "\(code): \(uses)")
    }
  }

  @Test("no two kinds have one code")
  func unique() {
    for (code, kinds) in Dictionary(grouping: FindingKinds.all, by: \.code) {
      #expect(kinds.count == 1, "\(code): \(kinds.map(\.title))")
      #expect(EmittedCode.isCode(code))
    }
    let titles = Dictionary(grouping: FindingKinds.all, by: \.title).filter { $0.value.count > 1 }
    #expect(titles.isEmpty)
  }

  @Test("a title and a remedy are phrases, an explanation is made of sentences")
  func texts() {
    for kind in FindingKinds.all {
      for text in [kind.title, kind.explanation, kind.remedy] {
        #expect(!text.isEmpty, "\(kind.code)")
        #expect(text == text.trimmingCharacters(in: .whitespacesAndNewlines), "\(kind.code)")
        #expect(!text.contains("  ") && !text.contains("\n"), "\(kind.code): \(text)")
      }
      #expect(!kind.title.hasSuffix(".") && !kind.remedy.hasSuffix("."), "\(kind.code)")
      #expect(kind.explanation.hasSuffix("."), "\(kind.code)")
    }
  }

  @Test("the documentation lists every kind")
  func page() {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/Checks/GantryChecks.docc")
    let snapshot = Snapshot(folder: folder.path, ending: "md")
    let difference = snapshot.difference("Findings", FindingsPage(groups: FindingKinds.groups).text)
    #expect(difference == nil, "\(difference ?? "")")
  }
}
