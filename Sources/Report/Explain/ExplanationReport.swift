public import GantryModel

/// Why runs went as they did, for people or as JSON.
public struct ExplanationReport: Sendable {
  public var options: ReportOptions
  /// A pipeline task, or a TaskRun, that is told in full; nil tells all in short.
  public var task: String?

  /// Makes a report.
  public init(_ options: ReportOptions = ReportOptions(), task: String? = nil) {
    self.options = options
    self.task = task
  }

  /// The explanation as text of the width asked for.
  public func render(_ explained: ExplanationRecord) -> String {
    var page = Page(options)
    page.paragraph(source(of: explained.record), .faint)
    for run in explained.runs {
      if let task {
        addTask(task, of: run, to: &page)
      } else {
        addRun(run, in: explained, to: &page)
      }
    }
    if explained.otherRuns > 0, task == nil {
      page.gap()
      page.paragraph(
        "\(Figures.count(explained.otherRuns, "other run")) in this result; --run NAME explains one.",
        .faint)
    }
    return page.text
  }

  /// What was explained: of results with the same runs, this one.
  private func source(of record: SimulationRecord) -> String {
    let label = record.label.map { ", label \($0)" } ?? ""
    return "\(record.scenario)\(label), on \(record.clusterOrigin)"
  }

  private func addRun(
    _ run: RunExplanation, in explained: ExplanationRecord, to page: inout Page
  ) {
    page.title(title(of: run.run, in: explained))
    if !run.run.status.isSuccess {
      page.paragraph(
        [run.run.reason, run.run.message].joinedUnlessEmpty(": "), .bad, indent: 2)
    }
    CriticalPathSection([run.run]).add(to: &page)
    LeverSection(run: run).add(to: &page)
    TaskSummarySection(run: run).add(to: &page)
    SkipSection(skips: run.skips).add(to: &page)
    ResultSection(results: run.results).add(to: &page)
  }

  private func title(of run: RunRecord, in explained: ExplanationRecord) -> String {
    var parts = [run.name]
    if run.pipeline != run.name { parts.append("pipeline \(run.pipeline)") }
    parts.append(run.status.rawValue)
    if let duration = run.durationSeconds { parts.append(Figures.duration(duration)) }
    parts.append("seed \(explained.record.seed)")
    if explained.replication > 0 { parts.append("replication \(explained.replication)") }
    return parts.joined(separator: ", ")
  }

  private func addTask(_ task: String, of run: RunExplanation, to page: inout Page) {
    for story in run.taskRuns {
      let record = run.run.taskRuns[story.taskRun]
      guard record.pipelineTask == task || record.name == task else { continue }
      TaskStorySection(record: record, story: story, run: run).add(to: &page)
    }
    let skips = run.skips.filter { $0.task == task }
    if !skips.isEmpty {
      page.title("\(task) of \(run.run.name)")
      SkipSection(skips: skips).add(to: &page)
    }
  }
}

/// Why tasks were skipped.
struct SkipSection {
  let skips: [SkipStory]

  func add(to page: inout Page) {
    if skips.isEmpty { return }
    page.gap()
    page.paragraph("Why tasks were skipped", .strong, indent: 2)
    for skip in skips {
      page.paragraph("\(skip.task): \(skip.reason)", indent: 2)
      for fact in skip.facts { page.paragraph(fact.text, .faint, indent: 4) }
    }
  }
}

extension SkipStory.Fact {
  /// The fact as a sentence.
  var text: String {
    switch self {
    case .condition(let text, let place):
      let at = place.map { " (\($0.file):\($0.line):\($0.column))" } ?? ""
      return "this does not hold: \(text)\(at)"
    case .parent(let task): return "its parent \(task) was skipped"
    case .missingResult(let task, let result): return "\(task) did not return the result \(result)"
    case .failedTask(let task): return "\(task) did not succeed, and no new task starts after that"
    case .limit(let field, let seconds):
      return "\(field) of \(Figures.duration(seconds)) was used up"
    case .request(let status): return "spec.status of the run is \(status)"
    }
  }
}
