internal import GantryModel

/// What would shorten a run, as measured.
struct LeverSection {
  let run: RunExplanation

  /// Smaller gains are luck of the event order; these are only named.
  private static let least = 0.05
  /// Lines shown in a summary.
  private static let most = 6

  func add(to page: inout Page) {
    if run.levers.isEmpty { return }
    page.gap()
    page.paragraph(headline, .strong, indent: 2)
    page.paragraph(
      "Measured: everything simulated again with the same random numbers and one change.", .faint,
      indent: 2)
    if let next = nextPath { page.paragraph(next, indent: 2) }
    let isFull = page.options.detail == .full
    let helpful = run.levers.filter(isHelpful)
    let shown = isFull ? run.levers : Array(helpful.prefix(Self.most))
    if !shown.isEmpty {
      page.gap()
      page.table(table(shown, page).fitted(to: page.width - 2, dropping: ["share"]))
    }
    if !isFull { addRest(after: shown.count, helpful, to: &page) }
  }

  private func addRest(after shown: Int, _ helpful: [LeverEffect], to page: inout Page) {
    let succeeds = run.run.status.isSuccess
    let worse = run.levers.filter {
      ($0.savedSeconds ?? 0) < -Self.least || succeeds && !$0.status.isSuccess
    }
    let idle = run.levers.count - helpful.count - worse.count
    var parts: [String] = []
    if helpful.count > shown { parts.append("helping less: \(helpful.count - shown)") }
    if idle > 0 { parts.append("without effect: \(idle)") }
    if !worse.isEmpty { parts.append("making it later: \(worse.count)") }
    if !parts.isEmpty {
      page.paragraph(
        "Others " + parts.joined(separator: ", ") + "; --detail shows all.", .faint, indent: 2)
    }
  }

  private func table(_ shown: [LeverEffect], _ page: Page) -> TextTable {
    var table = TextTable([
      .number("sooner"), .number("share"), .text("change"), .text("resource"),
    ])
    table.flexible = 3
    for lever in shown {
      let saved = lever.savedSeconds
      let share = saved.flatMap { saved in run.run.durationSeconds.map { saved / $0 } }
      table.add([
        .init(saved.map(Figures.duration) ?? lever.status.rawValue),
        .init(share.map { $0 < 0 ? "" : Figures.percent($0) } ?? page.dash),
        .init(lever.change), .init(lever.resource),
      ])
    }
    return table
  }

  private func isHelpful(_ lever: LeverEffect) -> Bool {
    // A run that fails anyhow is not better for failing sooner.
    guard run.run.status.isSuccess else { return lever.status.isSuccess }
    return lever.status.isSuccess && (lever.savedSeconds ?? 0) >= Self.least
  }

  /// What decides after the most helpful change; nil when that is the same.
  private var nextPath: String? {
    guard let first = run.levers.first, isHelpful(first), first.status.isSuccess else { return nil }
    let now = Set(run.run.criticalPath.compactMap(\.pipelineTask))
    let new = first.criticalTasks.filter { !now.contains($0) }
    guard !now.isEmpty, !new.isEmpty else { return nil }
    return "Then \(new.joined(separator: ", ")) is on the critical path, which limits the gain."
  }

  private var headline: String {
    guard let first = run.levers.first, isHelpful(first) else {
      return run.run.status.isSuccess
        ? "No resource alone shortens it" : "No resource alone lets it succeed"
    }
    let what = "\(first.resource), \(first.change)"
    guard let saved = first.savedSeconds, let duration = run.run.durationSeconds else {
      return "It succeeds with: \(what)"
    }
    return "Shortened most by: \(what): \(Figures.duration(saved)) sooner "
      + "(\(Figures.percent(saved / duration)))"
  }
}
