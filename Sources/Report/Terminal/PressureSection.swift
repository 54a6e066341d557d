internal import GantryModel

/// Which node gave out, when, and whom it cost; nothing where none did.
struct PressureSection {
  let events: [NodeEventRecord]

  /// More lines than this are counted only, unless all are asked for.
  private static let most = 8

  func add(to page: inout Page) {
    if events.isEmpty { return }
    page.title("Nodes under pressure")
    for node in names { page.paragraph(summary(of: node), .bad, indent: 2) }
    let told = events.filter { $0.kind != .pressureEnded }
    let shown = page.options.detail == .full ? told.count : min(Self.most, told.count)
    for event in told.prefix(shown) { page.paragraph(line(event), ink(event), indent: 4) }
    if told.count > shown {
      page.paragraph(
        "\(told.count - shown) more; --detail shows all", .faint, indent: 4)
    }
  }

  /// The nodes in the order in which they gave out.
  private var names: [String] {
    var names: [String] = []
    for event in events where !names.contains(event.node) { names.append(event.node) }
    return names
  }

  private func summary(of node: String) -> String {
    let own = events.filter { $0.node == node }
    func count(_ kind: NodeEvent.Kind) -> Int { own.count { $0.kind == kind } }
    let kinds: [(NodeEvent.Kind, String, String)] = [
      (.outOfMemory, "container killed", "containers killed"),
      (.evicted, "pod evicted", "pods evicted"),
      (.refused, "pod refused", "pods refused"), (.diskFull, "write failed", "writes failed"),
      (.imagesRemoved, "collection of images", "collections of images"),
    ]
    let parts = kinds.compactMap { kind, one, many in
      count(kind) == 0 ? nil : "\(count(kind)) \(count(kind) == 1 ? one : many)"
    }
    let resources = NodeEvent.Resource.allCases.filter { resource in
      own.contains { $0.resource == resource }
    }.map { $0 == .memory ? "memory" : "disk" }
    let first = Figures.duration(own.first?.seconds ?? 0)
    let rest = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    return "\(node) was short of \(resources.joined(separator: " and ")) from \(first)\(rest)"
  }

  private func line(_ event: NodeEventRecord) -> String {
    let time = Figures.duration(event.seconds)
    let whom = event.taskRun.map { " \($0)" } ?? ""
    return "\(time) \(event.kind.rawValue)\(whom): \(event.message)\(amount(event))"
  }

  /// What was in use of which limit; of an evicted pod, what it used.
  private func amount(_ event: NodeEventRecord) -> String {
    func gib(_ bytes: Double) -> String { Figures.fixed(bytes / 1_073_741_824, 2) }
    if event.limitBytes > 0 {
      return " (\(gib(event.usedBytes)) of \(gib(event.limitBytes))\u{A0}GiB)"
    }
    return event.usedBytes > 0 ? " (it used \(gib(event.usedBytes))\u{A0}GiB)" : ""
  }

  private func ink(_ event: NodeEventRecord) -> Ink {
    switch event.kind {
    case .evicted, .refused, .outOfMemory, .diskFull: .bad
    case .pressure, .imagesRemoved: .caution
    case .pressureEnded: .plain
    }
  }
}
