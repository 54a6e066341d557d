import Foundation
import GantryModel

/// A CSV file of times: the first column has seconds or RFC 3339 times, other columns do not matter.
struct ArrivalFile {
  let path: String
  let sink: DiagnosticSink

  /// Seconds after the start; RFC 3339 times count from the earliest of them.
  func times(in text: String) -> [Double] {
    var seconds: [Double] = []
    var dates: [Double] = []
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      let cell = (line.split(separator: ",", maxSplits: 1).first ?? "")
        .trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
      if cell.isEmpty || cell.hasPrefix("#") { continue }
      if let value = Double(cell), value.isFinite, value >= 0 {
        seconds.append(value)
      } else if let date = ISO8601DateFormatter().date(from: cell) {
        dates.append(date.timeIntervalSince1970)
      } else if index > 0 {
        sink.error(
          "E0347", "'\(cell)' is no time; expected seconds from 0, or 2026-01-31T08:00:00Z",
          at: SourceLocation(file: path, line: index + 1, column: 1))
      }
    }
    if seconds.isEmpty, dates.isEmpty {
      sink.error(
        "E0348", "the file has no times", at: SourceLocation(file: path, line: 1, column: 1))
    }
    let first = dates.min() ?? 0
    return (seconds + dates.map { $0 - first }).sorted()
  }
}
