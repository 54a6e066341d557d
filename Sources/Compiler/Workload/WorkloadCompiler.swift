import GantryModel
import GantryUnits

/// From the scenario's workload to streams of arrivals.
struct WorkloadCompiler {
  let scenario: ScenarioFile
  /// The templates of the plan.
  let templates: [PlannedRun]
  let csvTimes: [String: [Double]]
  let sink: DiagnosticSink

  /// The most runs that one entry may create.
  private static let mostRuns = 10_000_000

  /// The streams; without a workload every run is created once, at the start.
  func streams() -> [ArrivalStream] {
    guard !scenario.workload.isEmpty else {
      return templates.indices.map { ArrivalStream(template: $0, process: .burst(count: 1)) }
    }
    return scenario.workload.flatMap(streams)
  }

  private func streams(of entry: ScenarioFile.WorkloadEntry) -> [ArrivalStream] {
    guard let process = process(of: entry) else { return [] }
    let start = entry.start.flatMap(seconds) ?? 0
    let hours = entry.businessHours.flatMap(hours)
    return templates(of: entry).map { template in
      var stream = ArrivalStream(template: template, process: process)
      stream.start = start
      stream.businessHours = hours
      return stream
    }
  }

  private func templates(of entry: ScenarioFile.WorkloadEntry) -> [Int] {
    guard let wanted = entry.pipelineRun else { return Array(templates.indices) }
    let found = templates.indices.filter { index in
      let template = templates[index]
      return template.name == wanted.value || template.pipelineName == wanted.value
        || (template.isGenerated && template.name.hasSuffix("-")
          && template.name.dropLast() == wanted.value)
    }
    if found.isEmpty {
      let known = templates.flatMap { [$0.name, $0.pipelineName] }
      sink.error(
        "E0340", "no PipelineRun or Pipeline is called '\(wanted.value)'", at: wanted.location,
        suggestion: nearestName(to: wanted.value, in: known).map { "did you mean '\($0)'?" }
          ?? "known are \(Set(known).sorted().joined(separator: ", "))")
    }
    return found
  }

  private func process(of entry: ScenarioFile.WorkloadEntry) -> ArrivalStream.Process? {
    let shapes = [
      entry.every.map { ("every", $0.location) },
      entry.ratePerHour.map { ("ratePerHour", $0.location) },
      entry.times.first.map { ("times", $0.location) }, entry.csv.map { ("csv", $0.location) },
    ].compactMap { $0 }
    if shapes.count > 1 {
      sink.error(
        "E0341",
        "an entry of the workload has one of \(shapes.map { "'\($0.0)'" }.joined(separator: ", ")), "
          + "not several", at: shapes[1].1)
      return nil
    }
    let count = entry.count?.value ?? 1
    if count < 1 || count > Self.mostRuns {
      sink.error(
        "E0342", "count must be from 1 to \(Self.mostRuns), not \(count)",
        at: entry.count?.location)
      return nil
    }
    if let every = entry.every {
      return seconds(every).map { .every(interval: $0, count: count) }
    }
    if let rate = entry.ratePerHour {
      guard rate.value > 0 else {
        sink.error("E0343", "ratePerHour must be above 0", at: rate.location)
        return nil
      }
      return .poisson(ratePerHour: rate.value, count: count)
    }
    if !entry.times.isEmpty { return .times(entry.times.compactMap(seconds)) }
    if let csv = entry.csv { return .times(csvTimes[csv.value] ?? []) }
    return .burst(count: count)
  }

  /// A duration in seconds; anything else is reported.
  func seconds(_ text: Located<String>) -> Double? {
    if let value = DurationText.seconds(text.value), value >= 0 { return value }
    sink.error(
      "E0344", "'\(text.value)' is not a duration; expected something like 90s, 10m or 1h30m",
      at: text.location)
    return nil
  }

  private func hours(_ text: Located<String>) -> ArrivalStream.BusinessHours? {
    let words = text.value.split(separator: " ")
    let times = words.first?.split(separator: "-").map(clock) ?? []
    let isWeekdays = words.count == 2 && words[1] == "weekdays"
    guard times.count == 2, let from = times[0], let to = times[1], from < to,
      words.count == 1 || isWeekdays
    else {
      sink.error(
        "E0345",
        "'\(text.value)' are not business hours; expected 08:00-18:00 or "
          + "'08:00-18:00 weekdays'", at: text.location)
      return nil
    }
    return .init(from: from, to: to, weekdaysOnly: isWeekdays)
  }

  private func clock(_ text: Substring) -> Double? {
    let parts = text.split(separator: ":").map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
      (0..<60).contains(minute), hour * 60 + minute <= 1440
    else { return nil }
    return Double(hour * 3600 + minute * 60)
  }
}
