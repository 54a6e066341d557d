internal import GantryModel

/// What decided how long the runs took: every second of their critical paths.
struct CriticalPathSection {
  private let runCount: Int
  private let stretches: [Entry]
  /// Of a single run, its path in order.
  private let path: [PathRecord]

  /// Of kept runs.
  init(_ runs: [RunRecord]) {
    runCount = runs.count
    stretches = runs.flatMap(\.criticalPath).map(\.entry)
    path = runs.count == 1 ? runs[0].criticalPath : []
  }

  /// Of runs that were summed up.
  init(_ tally: RunTallyRecord) {
    runCount = max(2, tally.all.runs)
    stretches = tally.paths.map {
      Entry(task: $0.pipelineTask ?? "(run)", kind: $0.kind, label: $0.label, seconds: $0.seconds)
    }
    path = []
  }

  /// A line of the section.
  struct Entry: Hashable {
    var task: String
    /// nil of stretches of several kinds.
    var kind: TimeKind?
    var label: String
    var seconds: Double
  }

  /// Shares below this are put together.
  private static let tiny = 0.02
  /// Lines shown of many runs.
  private static let most = 12

  func add(to page: inout Page) {
    let total = stretches.reduce(0) { $0 + $1.seconds }
    guard total > 0 else { return }
    let several = runCount > 1
    if several {
      page.title("Critical paths: what the \(Figures.duration(total)) of all runs were spent on")
    } else {
      page.gap()
      page.paragraph(
        "Critical path: what the \(Figures.duration(total)) were spent on", .strong, indent: 2)
    }
    page.paragraph(kindSentence(total), indent: 2)
    page.gap()
    var table = TextTable([
      .number("time"), .number("share"), .text("task"), .text("kind"), .text("what"),
    ])
    table.flexible = 4
    for entry in several ? ranked(total) : merged(path, total) {
      table.add([
        .init(Figures.duration(entry.seconds)), .init(Figures.percent(entry.seconds / total)),
        .init(entry.task), .init(entry.kind?.name ?? "mixed", entry.kind.map(Ink.kind) ?? .plain),
        .init(entry.label),
      ])
    }
    page.table(table.fitted(to: page.width - 2, dropping: ["kind", "share"]))
  }

  private func kindSentence(_ total: Double) -> String {
    var sums: [(kind: TimeKind, seconds: Double)] = TimeKind.allCases.map { ($0, 0) }
    for stretch in stretches {
      if let kind = stretch.kind { sums[Int(kind.rawValue)].seconds += stretch.seconds }
    }
    let parts = sums.filter { $0.seconds > 0 }.sorted {
      ($1.seconds, $0.kind.rawValue) < ($0.seconds, $1.kind.rawValue)
    }
    return parts.map { "\($0.kind.name)\u{A0}\(Figures.percent($0.seconds / total))" }
      .joined(separator: ", ")
  }

  /// One path in order; neighbours of one task and kind are one line, tiny ones of a task too.
  func merged(_ path: [PathRecord], _ total: Double) -> [Entry] {
    var entries: [Entry] = []
    var small: [Entry] = []
    func flush() {
      guard let first = small.first else { return }
      if small.count == 1 {
        entries.append(first)
      } else {
        let longest = small.max { $0.seconds < $1.seconds } ?? first
        let sum = small.reduce(0) { $0 + $1.seconds }
        let label = "\(longest.label) and \(small.count - 1) more"
        entries.append(
          Entry(
            task: first.task, kind: small.allSatisfy { $0.kind == first.kind } ? first.kind : nil,
            label: label, seconds: sum))
      }
      small = []
    }
    for entry in joined(path) {
      if let last = small.last, last.task != entry.task { flush() }
      if entry.seconds / total < Self.tiny {
        small.append(entry)
      } else {
        flush()
        entries.append(entry)
      }
    }
    flush()
    return entries
  }

  /// Neighbours with the same task, kind and label as one.
  private func joined(_ path: [PathRecord]) -> [Entry] {
    var entries: [Entry] = []
    for stretch in path where stretch.seconds > 0 {
      let entry = stretch.entry
      if let last = entries.last, last.isLike(entry) {
        entries[entries.count - 1].seconds += entry.seconds
      } else {
        entries.append(entry)
      }
    }
    return entries
  }

  /// Of several runs: like stretches added up, the longest first.
  private func ranked(_ total: Double) -> [Entry] {
    var positions: [Entry: Int] = [:]
    var entries: [Entry] = []
    for stretch in stretches {
      var key = stretch
      key.seconds = 0
      let position = positions[key] ?? entries.count
      if position == entries.count {
        positions[key] = position
        entries.append(key)
      }
      entries[position].seconds += stretch.seconds
    }
    let order = entries.indices.sorted {
      (entries[$1].seconds, $0) < (entries[$0].seconds, $1)
    }
    var shown = order.prefix(Self.most).map { entries[$0] }
    shown.removeAll { $0.seconds / total < Self.tiny }
    return shown
  }
}

extension PathRecord {
  var seconds: Double { segment.endSeconds - segment.startSeconds }

  fileprivate var entry: CriticalPathSection.Entry {
    .init(
      task: pipelineTask ?? "(run)", kind: segment.kind, label: segment.label, seconds: seconds)
  }
}

extension CriticalPathSection.Entry {
  fileprivate func isLike(_ other: Self) -> Bool {
    task == other.task && kind == other.kind && label == other.label
  }
}
