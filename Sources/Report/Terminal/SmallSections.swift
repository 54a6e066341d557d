internal import GantryModel

/// What the result rests on.
struct AssumptionSection {
  let uses: [AssumptionUse]

  /// Smaller shares of the critical path are counted only.
  private static let smallest = 0.01
  /// More than these are counted only.
  private static let most = 12

  func add(to page: inout Page) {
    if uses.isEmpty { return }
    let order = uses.indices.sorted {
      (uses[$1].criticalPathShare, $0) < (uses[$0].criticalPathShare, $1)
    }
    let all = order.map { uses[$0] }
    let isFull = page.options.detail == .full
    // What was measured can be trusted most: a summary leaves it out.
    let weak = all.filter {
      $0.assumption.confidence != .measured && $0.criticalPathShare >= Self.smallest
    }
    let shown = isFull ? all : Array(weak.prefix(Self.most))
    page.title("Assumptions, by the share of the critical path that rests on each")
    var table = TextTable([
      .number("share"), .text("assumption"), .number("value"), .text("basis"), .text("meaning"),
    ])
    table.flexible = 4
    table.narrowest = 16
    for use in shown {
      let known = use.assumption
      table.add([
        .init(Figures.percent(use.criticalPathShare)), .init(known.id),
        .init([Figures.plain(known.value), known.unit].joinedUnlessEmpty(" ")),
        .init(known.confidence.rawValue, known.confidence == .guess ? .caution : .plain),
        .init(known.text),
      ])
    }
    if !shown.isEmpty {
      table = table.fitted(to: page.width - 2, dropping: ["meaning"])
      if !table.columns.contains(where: { $0.title == "meaning" }) {
        // Without it the names give way, and then what can be looked up by them.
        (table.flexible, table.narrowest) = (1, 8)
        table = table.fitted(to: page.width - 2, dropping: ["value", "basis"])
      }
      page.table(table)
    }
    let rest = all.count - shown.count
    if rest > 0 {
      let measured = all.count { $0.assumption.confidence == .measured }
      page.paragraph(
        "\(rest)\(shown.isEmpty ? "" : " more"), \(measured) of them measured; --detail shows all",
        .faint, indent: 2)
    }
  }
}

/// How busy the nodes were.
struct NodeSection {
  let nodes: [NodeRecord]

  /// More nodes than this are put together by pool.
  private static let most = 12

  func add(to page: inout Page) {
    if nodes.isEmpty { return }
    page.title("Nodes")
    let groups = nodes.count <= Self.most || page.options.detail == .full
    var table = TextTable([
      .text("node"), .text("type"), .text("arch"), .text("zone"), .number("cpu"),
      .number("pods"), .number("mem"), .number("disk"), .number("in"), .number("out"),
      .number("images"),
    ])
    for node in groups ? nodes.map({ [$0] }) : pools {
      table.add(row(node, page.dash))
    }
    page.table(
      table.fitted(
        to: page.width - 2,
        dropping: ["images", "zone", "out", "in", "arch", "type", "disk", "mem"], uncut: true))
    page.paragraph(
      "cpu: mean use over the makespan; pods, mem, disk: the most at once, the platform's share "
        + "included; bytes from and to the network",
      .faint, indent: 2)
  }

  private var pools: [[NodeRecord]] {
    var names: [String] = []
    for node in nodes where !names.contains(node.pool + node.instanceType) {
      names.append(node.pool + node.instanceType)
    }
    return names.map { name in nodes.filter { $0.pool + $0.instanceType == name } }
  }

  /// The highest share that a node of the group had in use.
  private func peak(
    _ used: KeyPath<NodeRecord, Double?>, of whole: (NodeRecord) -> Double?, _ group: [NodeRecord],
    _ dash: String
  ) -> TextTable.Cell {
    let shares = group.compactMap { node -> Double? in
      guard let used = node[keyPath: used], let whole = whole(node), whole > 0 else { return nil }
      return used / whole
    }
    guard let most = shares.max() else { return .init(dash) }
    return .init(Figures.percent(most), most > 0.85 ? .caution : .plain)
  }

  private func row(_ group: [NodeRecord], _ dash: String) -> [TextTable.Cell] {
    guard let first = group.first else { return [] }
    func sum(_ path: KeyPath<NodeRecord, Double>) -> Double {
      group.reduce(0) { $0 + $1[keyPath: path] }
    }
    let use = sum(\.cpuUtilisation) / Double(group.count)
    let name = group.count == 1 ? first.name : "\(first.pool), \(group.count) nodes"
    let zones = Set(group.map(\.zone)).sorted().joined(separator: " ")
    return [
      .init(name), .init(first.instanceType), .init(first.architecture.rawValue), .init(zones),
      .init(Figures.percent(use), use > 0.9 ? .caution : .plain),
      .init("\(group.map(\.peakPods).max() ?? 0)"),
      peak(\.peakMemoryBytes, of: { $0.memoryGiB * 1_073_741_824 }, group, dash),
      peak(\.peakDiskBytes, of: \.diskBytes, group, dash), .init(Figures.bytes(sum(\.bytesIn))),
      .init(Figures.bytes(sum(\.bytesOut))), .init(Figures.bytes(sum(\.imageBytes))),
    ]
  }
}

/// How many findings there were about the inputs.
struct FindingSection {
  let diagnostics: [Diagnostic]

  func add(to page: inout Page) {
    if diagnostics.isEmpty { return }
    page.gap()
    func count(_ severity: Diagnostic.Severity) -> Int {
      diagnostics.filter { $0.severity == severity }.count
    }
    let parts = Diagnostic.Severity.allCases.filter { count($0) > 0 }.map {
      Figures.count(count($0), $0.rawValue)
    }
    page.paragraph(
      "About the inputs: \(parts.joined(separator: ", ")); `gantry check` shows them.",
      count(.error) + count(.warning) > 0 ? .caution : .faint)
    // What has no place in a file is about the simulation as a whole, such as built-in tasks.
    for finding in diagnostics where finding.severity == .note && finding.location == nil {
      page.paragraph(finding.message + ".", .faint, indent: 2)
    }
  }
}
