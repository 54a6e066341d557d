internal import GantryModel

/// The pipeline's results: given or not, and why not.
struct ResultSection {
  let results: [RunResult]

  func add(to page: inout Page) {
    if results.isEmpty { return }
    page.gap()
    page.paragraph("Results of the run", .strong, indent: 2)
    for result in results { page.paragraph("\(result.name): \(text(result.state))", indent: 2) }
  }

  private func text(_ state: RunResult.State) -> String {
    switch state {
    case .given(nil): "given; its value is known only once the tasks have run"
    case .given(let value?): "given, \(text(value))"
    case .lacking(let task): "not given, as \(task) did not succeed or did not return its part"
    case .cancelled: "not given, as the run was cancelled"
    }
  }

  private func text(_ value: ParameterValue) -> String {
    switch value {
    case .string(let text): "'\(text)'"
    case .array(let items): "[" + items.map { "'\($0)'" }.joined(separator: ", ") + "]"
    case .object(let entries):
      "{" + entries.map { "\($0.key): '\($0.value)'" }.joined(separator: ", ") + "}"
    }
  }
}
