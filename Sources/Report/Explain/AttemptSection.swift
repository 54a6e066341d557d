internal import GantryModel
internal import GantryUnits

/// One look of the scheduler: refusals, scores, choice.
struct AttemptSection {
  let attempt: SchedulingAttempt
  let number: Int

  /// Nodes shown with their scores in a summary.
  private static let mostNodes = 8

  func add(to page: inout Page) {
    var when = "At \(Figures.duration(attempt.time.seconds)), attempt \(number): "
    when += attempt.cause.text
    if attempt.parked > .zero {
      when += ", after \(Figures.duration(attempt.parked.seconds)) set aside"
    }
    if attempt.backoff > .zero {
      when += ", then \(Figures.duration(attempt.backoff.seconds)) of back-off"
    }
    page.paragraph(when, indent: 2)
    if let choice = attempt.choice, let chosen = attempt.chosen {
      page.paragraph("\(page.arrow) \(chosen): \(choice)", .good, indent: 4)
    } else {
      page.paragraph(
        "\(page.arrow) no node: \(attempt.message ?? "none fits")", .bad, indent: 4)
    }
    addRefusals(to: &page)
    addScores(to: &page)
  }

  private func addRefusals(to page: inout Page) {
    if page.options.detail == .full {
      for refusal in attempt.refusals { add(refusal, who: refusal.node, to: &page) }
    } else {
      for group in attempt.groups {
        let names = group.nodes.prefix(3).joined(separator: ", ")
        let more = group.nodes.count > 3 ? " and \(group.nodes.count - 3) more" : ""
        add(group.refusal, who: names + more, to: &page)
      }
    }
    let unseen = attempt.nodeCount - attempt.refusals.count - attempt.scores.count
    if unseen > 0 {
      page.paragraph(
        "\(Figures.count(unseen, "node")) not looked at: enough others fit", .faint, indent: 4)
    }
  }

  private func add(
    _ refusal: SchedulingAttempt.Refusal, who: String, to page: inout Page
  ) {
    page.paragraph(
      "refused \(who): \(refusal.filter) (\(refusal.status)): "
        + refusal.reasons.joined(separator: ", "), indent: 4)
  }

  // MARK: Scores

  private func addScores(to page: inout Page) {
    guard !attempt.scores.isEmpty else { return }
    let order = attempt.scores.sorted { ($1.total, $0.node) < ($0.total, $1.node) }
    let isFull = page.options.detail == .full
    let shown = isFull ? order : Array(order.prefix(Self.mostNodes))
    let wide = byNode(shown)
    let tall = byPlugin(shown)
    if wide.fitsUncut(page.width - 4) {
      page.table(wide, indent: 4)
    } else if tall.fitsUncut(page.width - 4) {
      page.table(tall, indent: 4)
    } else {
      for score in shown { page.paragraph(stacked(score), indent: 4) }
    }
    if shown.count < order.count {
      page.paragraph(
        "\(Figures.count(order.count - shown.count, "more node")) with lower scores "
          + "(--detail shows all)", .faint, indent: 4)
    }
  }

  private func ink(_ score: SchedulingAttempt.Score) -> Ink {
    score.node == attempt.chosen ? .strong : .plain
  }

  private func byNode(_ shown: [SchedulingAttempt.Score]) -> TextTable {
    var table = TextTable(
      [.text("score of")] + attempt.plugins.map { .number($0) } + [.number("total")])
    for score in shown {
      table.add(
        [.init(score.node, ink(score))] + score.scores.map { .init("\($0)") }
          + [.init("\(score.total)", ink(score))])
    }
    return table
  }

  private func byPlugin(_ shown: [SchedulingAttempt.Score]) -> TextTable {
    var table = TextTable([.text("score of")] + shown.map { .number($0.node) })
    for (position, plugin) in attempt.plugins.enumerated() {
      table.add([.init(plugin)] + shown.map { .init("\($0.scores[position])") })
    }
    table.add([.init("total")] + shown.map { .init("\($0.total)", ink($0)) })
    return table
  }

  private func stacked(_ score: SchedulingAttempt.Score) -> String {
    let parts = zip(attempt.plugins, score.scores).filter { $0.1 != 0 }.map { "\($0) \($1)" }
    let sum = parts.isEmpty ? "" : " = " + parts.joined(separator: " + ")
    return "\(score.node): \(score.total)\(sum)"
  }
}
