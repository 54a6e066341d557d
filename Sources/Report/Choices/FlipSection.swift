internal import GantryModel

/// What would turn a choice, in sentences.
struct FlipSection {
  private let choice: ChoiceRecord

  init(_ choice: ChoiceRecord) { self.choice = choice }

  /// Adds the section; nothing where nothing is known to turn the choice.
  func add(to page: inout Page) {
    guard !choice.flips.isEmpty else { return }
    page.title("What would turn the choice")
    for flip in choice.flips { page.paragraph(sentence(flip, page), indent: 2) }
  }

  private func point(_ index: Int) -> String {
    let candidate = choice.candidates[index]
    return "point \(candidate.point.position + 1) (\(ChoiceReport.name(candidate)))"
  }

  private func sentence(_ flip: ChoiceFlip, _ page: Page) -> String {
    let words = GoalWords(page: page)
    switch flip {
    case .looser(let goal, let value, let candidate, let saved):
      let own = choice.goals[goal]
      let isSure = choice.goals.indices.allSatisfy {
        $0 == goal || choice.candidates[candidate].limit($0) == .keeps
      }
      return "A looser limit: at \(own.measure.rawValue)\u{A0}\(words.estimate(value, own)), "
        + "\(point(candidate)) \(isSure ? "would" : "may") do, \(Figures.wholeUSD(saved)) a month less."
    case .tighter(let goal, let value, let candidate):
      let own = choice.goals[goal]
      let next =
        candidate.map { "\(point($0)) is the cheapest known to do then." }
        ?? "no other point is known to do then."
      return "A tighter limit: below \(own.measure.rawValue)\u{A0}\(words.estimate(value, own)) "
        + "the cheapest no longer does; \(next)"
    case .price(let candidate, let usd, let share):
      return "Prices: \(point(candidate)) would be as cheap if its month cost "
        + "\(Figures.wholeUSD(usd)) less, or that of the cheapest "
        + "\(Figures.fixed(share * 100, 1))\u{A0}% more."
    case .runs(let candidate, let perMonth):
      return "Runs: from about \(Figures.plain(perMonth.rounded())) runs a month on, "
        + "\(point(candidate)) is as cheap, as its runs cost less."
    }
  }
}
