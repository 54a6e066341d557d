public import GantryModel

/// A record for people: the answer first, then where time and money went and what it rests on.
public struct TerminalReport: Sendable {
  /// Up to so many runs are shown one by one unless all are asked for.
  static let fewRuns = 3

  public var options: ReportOptions

  /// Makes a report.
  public init(_ options: ReportOptions = ReportOptions()) { self.options = options }

  /// The answer alone, on as many lines as the width needs.
  public func renderHeadline(_ record: SimulationRecord) -> String {
    var page = Page(options)
    addHeadline(of: record, to: &page)
    return page.text
  }

  /// The whole report.
  public func render(_ record: SimulationRecord) -> String {
    var page = Page(options)
    addHeadline(of: record, to: &page)
    addSetting(of: record, to: &page)
    ReplicationSection(replications: record.replications).add(to: &page)
    if record.replications.count > 1 {
      page.scope = "first of \(record.replications.count) replications"
    }
    addFailures(of: record, to: &page)
    PressureSection(events: record.nodeEvents).add(to: &page)
    addRuns(of: record, to: &page)
    BillSection(record: record).add(to: &page)
    AssumptionSection(uses: record.assumptions).add(to: &page)
    NodeSection(nodes: record.nodes).add(to: &page)
    FindingSection(diagnostics: record.diagnostics).add(to: &page)
    return page.text
  }

  private func addRuns(of record: SimulationRecord, to page: inout Page) {
    if let tally = record.tally {
      TallySection(tally: tally).add(to: &page)
      CriticalPathSection(tally).add(to: &page)
    } else if record.runs.count <= Self.fewRuns || options.detail == .full {
      for run in record.runs { RunSection(run: run, record: record).add(to: &page) }
    } else {
      RunsSection(record: record).add(to: &page)
      CriticalPathSection(record.runs).add(to: &page)
    }
  }

  private func addHeadline(of record: SimulationRecord, to page: inout Page) {
    let headline = Headline(record: record)
    page.paragraph(headline.text, headline.hasFailures ? .bad : .strong)
  }

  private func addSetting(of record: SimulationRecord, to page: inout Page) {
    var types: [String] = []
    for node in record.nodes where !types.contains(node.instanceType) {
      types.append(node.instanceType)
    }
    let counted = types.map { type in
      let count = record.nodes.filter { $0.instanceType == type }.count
      return "\(count)\u{A0}\(page.times)\u{A0}\(type)"
    }
    let nodes = counted.isEmpty ? "no nodes" : counted.joined(separator: ", ")
    page.paragraph(
      "Cluster: \(record.clusterOrigin); \(nodes) in \(record.region); seed \(record.seed)",
      .faint)
  }

  /// One line per run that did not succeed, the first ones when there are many.
  private func addFailures(of record: SimulationRecord, to page: inout Page) {
    let failed = record.failures
    if failed.count < 2 { return }
    page.title("Runs that did not succeed")
    let shown = options.detail == .full ? failed.count : min(5, failed.count)
    for run in failed.prefix(shown) {
      page.paragraph("\(run.run) \(run.fate): \(run.cause)", .bad, indent: 2)
    }
    let rest = record.failedRunCount - shown
    if rest > 0 { page.paragraph("and \(rest) more", indent: 2) }
  }
}
