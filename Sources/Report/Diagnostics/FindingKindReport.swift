public import GantryModel

/// What codes of findings stand for, wrapped to the width of the terminal.
public struct FindingKindReport {
  private let options: ReportOptions

  /// Makes a report.
  public init(_ options: ReportOptions) { self.options = options }

  /// One kind: its code and title, why it matters, and what to do.
  public func render(_ kind: FindingKind) -> String {
    var page = Page(options)
    page.title("\(kind.code): \(kind.title)")
    page.gap()
    page.paragraph(kind.explanation, hanging: 0)
    page.gap()
    page.paragraph("help: \(kind.remedy)")
    return page.text
  }

  /// A code and its title for each kind.
  public func render(_ kinds: [FindingKind]) -> String {
    var page = Page(options)
    // Spaces that do not break keep the titles in a column.
    for kind in kinds { page.paragraph("\(kind.code)\u{A0}\u{A0}\(kind.title)", hanging: 7) }
    return page.text
  }
}
