internal import GantryModel

/// One PipelineRun: its tasks, where their time went, and a chart.
struct RunSection {
  let run: RunRecord
  let record: SimulationRecord

  func add(to page: inout Page) {
    page.title(title)
    if run.taskRuns.isEmpty {
      page.paragraph(
        [run.reason, run.message].joinedUnlessEmpty(": "),
        run.status.isSuccess ? .plain : .bad, indent: 2)
    } else {
      addTasks(to: &page)
      addChart(to: &page)
    }
    addRemarks(to: &page)
    CriticalPathSection([run]).add(to: &page)
  }

  private var title: String {
    var parts = [run.name]
    if run.pipeline != run.name { parts.append("pipeline \(run.pipeline)") }
    parts.append(run.status.rawValue)
    if let duration = run.durationSeconds { parts.append(Figures.duration(duration)) }
    if run.createdSeconds > 0 {
      parts.append("created at \(Figures.duration(run.createdSeconds))")
    }
    if !record.cost.lines.isEmpty { parts.append(Figures.usd(run.cost.totalUSD)) }
    return parts.joined(separator: ", ")
  }

  // MARK: Tasks

  private func addTasks(to page: inout Page) {
    let tasks = taskTable(page)
    let kinds = kindTable(page)
    let room = page.width - 2
    if joined(tasks, kinds).fitsUncut(room) {
      page.table(joined(tasks, kinds))
      return
    }
    let fitted = tasks.fitted(to: room, dropping: ["wait"])
    guard fitted.fits(room), kinds.fits(room) else { return addStacked(to: &page) }
    page.table(fitted)
    page.gap()
    page.paragraph("Where the time from start to end went", .faint, indent: 2)
    page.table(kinds)
  }

  private var showsStatus: Bool { run.taskRuns.contains { !$0.status.isSuccess } }

  private func taskTable(_ page: Page) -> TextTable {
    var table = TextTable(
      [
        .text("task"), .text("node"), .text("arch"), .number("wait"), .number("start"),
        .number("end"), .number("took"),
      ] + (showsStatus ? [.text("status")] : []))
    table.flexible = 1
    for task in run.taskRuns {
      let isGood = task.status.isSuccess
      table.add(
        [
          .init(name(of: task, page), isGood ? .plain : .bad), .init(task.node ?? page.dash),
          .init(task.architecture?.rawValue ?? page.dash),
          .init(Figures.duration(task.waitSeconds)), time(task.startSeconds, page),
          time(task.completionSeconds, page), time(task.durationSeconds, page),
        ] + (showsStatus ? [.init(task.status.rawValue, isGood ? .plain : .bad)] : []))
    }
    return table
  }

  /// The task's name, short enough that it does not push the figures out.
  private func name(of task: TaskRunRecord, least: Int = 16, _ page: Page) -> String {
    let number = number(of: task)
    let room = max(least, page.width / 4) - number.displayWidth
    return task.pipelineTask.oneLine.shortened(to: max(1, room), ellipsis: page.ellipsis) + number
  }

  /// The task's name in full, with its number where a matrix makes several TaskRuns of it.
  private func title(of task: TaskRunRecord) -> String { task.pipelineTask + number(of: task) }

  /// The number that Tekton puts behind a matrix's TaskRuns, such as `-1`; nothing for a single one.
  private func number(of task: TaskRunRecord) -> String {
    let plain = "\(run.name)-\(task.pipelineTask)"
    guard task.name.hasPrefix(plain),
      run.taskRuns.contains(where: { $0.pipelineTask == task.pipelineTask && $0.name != task.name })
    else { return "" }
    return String(task.name.dropFirst(plain.count)).oneLine
  }

  private func time(_ seconds: Double?, _ page: Page) -> TextTable.Cell {
    .init(seconds.map(Figures.duration) ?? page.dash)
  }

  private func kindTable(_ page: Page) -> TextTable {
    var table = TextTable([.text("task")] + TimeKind.allCases.map { .number($0.name) })
    for task in run.taskRuns {
      let breakdown = task.shownBreakdown
      let most = breakdown.values.max() ?? 0
      table.add(
        [.init(name(of: task, page))]
          + TimeKind.allCases.map { kind in
            let seconds = breakdown[kind] ?? 0
            if seconds == 0 { return .init(page.dash, .faint) }
            return .init(Figures.duration(seconds), seconds == most ? .strong : .plain)
          })
    }
    return table
  }

  private func joined(_ tasks: TextTable, _ kinds: TextTable) -> TextTable {
    var table = TextTable(tasks.columns + kinds.columns.dropFirst())
    table.rows = zip(tasks.rows, kinds.rows).map { $0 + $1.dropFirst() }
    return table
  }

  /// Two or three short lines per task, for narrow terminals.
  private func addStacked(to page: inout Page) {
    for task in run.taskRuns {
      let isGood = task.status.isSuccess
      let place = task.node.map { "\($0) \(task.architecture?.rawValue ?? "")" } ?? "no node"
      let fate = isGood ? "" : " \(task.status.rawValue)"
      page.paragraph("\(title(of: task))\(fate): \(place)", isGood ? .plain : .bad, indent: 2)
      let start = task.startSeconds.map { ", from\u{A0}\(Figures.duration($0))" } ?? ""
      let end = task.completionSeconds.map { " to\u{A0}\(Figures.duration($0))" } ?? ""
      let took = task.durationSeconds.map { ", took\u{A0}\(Figures.duration($0))" } ?? ""
      page.paragraph(
        "wait\u{A0}\(Figures.duration(task.waitSeconds))\(start)\(end)\(took)", indent: 4)
      let breakdown = task.shownBreakdown
      let kinds = TimeKind.allCases.filter { (breakdown[$0] ?? 0) > 0 }.map {
        "\($0.name)\u{A0}\(Figures.duration(breakdown[$0] ?? 0))"
      }
      if !kinds.isEmpty { page.paragraph(kinds.joined(separator: ", "), .faint, indent: 4) }
    }
  }

  // MARK: Chart and remarks

  private func addChart(to page: inout Page) {
    let end = run.taskRuns.compactMap(\.completionSeconds).max() ?? run.createdSeconds
    let rows = run.taskRuns.map { task in
      GanttChart.Row(name: name(of: task, least: 8, page), segments: task.chartSegments)
    }
    page.gap()
    GanttChart(
      rows: rows, start: run.createdSeconds, end: max(end, run.completionSeconds ?? end)
    ).add(to: &page)
  }

  private func addRemarks(to page: inout Page) {
    let remarks = run.taskRuns.filter { !$0.status.isSuccess || $0.attempts > 1 }
    if remarks.isEmpty && run.skippedTasks.isEmpty { return }
    page.gap()
    for task in remarks {
      let tries = task.attempts > 1 ? " after \(task.attempts) attempts" : ""
      let why = task.message.isEmpty ? task.reason : task.message
      page.paragraph(
        "\(title(of: task)): \(task.status.rawValue)\(tries)"
          + (task.status.isSuccess || why.isEmpty ? "" : ": \(why)"),
        task.status.isSuccess ? .caution : .bad, indent: 2)
    }
    for task in run.skippedTasks {
      page.paragraph("\(task.name): skipped: \(task.reason)", .faint, indent: 2)
    }
  }
}

extension TaskRunRecord {
  /// The breakdown of what is shown as the time taken: from start to end where there are both.
  ///
  /// What passes between ready and start is the controller's first look, a wait.
  var shownBreakdown: [TimeKind: Double] {
    guard let startSeconds, completionSeconds != nil, let queue = breakdown[.queue] else {
      return breakdown
    }
    var shown = breakdown
    // Seconds of different sources: less than a nanosecond is none.
    let rest = queue - (startSeconds - readySeconds)
    shown[.queue] = rest < 1e-9 ? 0 : rest
    return shown
  }

  /// The segments, or what is known of them when they were not kept.
  var chartSegments: [SegmentRecord] {
    if !segments.isEmpty { return segments }
    let begin = startSeconds ?? readySeconds
    var known: [SegmentRecord] = []
    func add(_ kind: TimeKind, _ start: Double, _ end: Double) {
      if end > start {
        known.append(SegmentRecord(kind: kind, startSeconds: start, endSeconds: end, label: ""))
      }
    }
    let bound = max(begin, readySeconds + waitSeconds)
    add(.queue, readySeconds, min(bound, completionSeconds ?? bound))
    add(.cpu, bound, completionSeconds ?? bound)
    return known
  }
}
