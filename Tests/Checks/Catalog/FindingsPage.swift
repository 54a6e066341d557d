import GantryChecks
import GantryModel

/// The page of the documentation that lists all kinds of findings.
struct FindingsPage {
  let groups: [FindingKinds.Group]

  var text: String {
    let head = """
      # Findings

      Every finding that gantry makes, by its code.

      ## Overview

      A code never changes its meaning. It begins with the finding's severity: `E` for an error, with
      which the input cannot be used or a run cannot succeed, `W` for a warning, `N` for a note.
      `gantry check --explain CODE` says why a finding matters. This page is made from the catalogue
      by `GANTRY_UPDATE_SNAPSHOTS=1 swift test --filter GantryChecksTests`.

      """
    return head + groups.map(section).joined()
  }

  private func section(_ group: FindingKinds.Group) -> String {
    let rows = group.kinds.map { kind in
      "| `\(kind.code)` | \(escaped(kind.title)) | \(escaped(kind.remedy)) |\n"
    }
    return "\n## \(group.title)\n\n| Code | Finding | What to do |\n|---|---|---|\n" + rows.joined()
  }

  /// A text without Markdown's own signs.
  private func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "\\`*_[]<>|".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
