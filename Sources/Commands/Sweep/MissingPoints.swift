import Foundation
import GantryModel

/// What a sweep lacks in a store, and the commands that make it.
struct MissingPoints {
  /// More commands than these are not for typing.
  private static let mostCommands = 8
  /// Numbers after these are left out.
  private static let mostRanges = 20

  private let summary: SweepSummary
  /// From 0.
  private let positions: [Int]
  private let store: String

  /// `positions` are counted from 0, in order.
  init(of summary: SweepSummary, _ positions: [Int], store: String) {
    self.summary = summary
    self.positions = positions
    self.store = store
  }

  /// The shards that have missing points, in order, from 1; none of a sweep that was not dealt out.
  var parts: [Int] {
    guard let shards = summary.shards else { return [] }
    return Set(positions.map { $0 % shards + 1 }).sorted()
  }

  /// The commands, one for each shard, or one for all where there are no shards; none when it is not
  /// known what was typed.
  var commands: [String] {
    guard let command = summary.command else { return [] }
    let target = " --store " + SweepJob.shell(URL(fileURLWithPath: store).path)
    guard let shards = summary.shards else { return [command + target] }
    return parts.map { "\(command) --shard \($0)/\(shards)" + target }
  }

  /// Two or more lines for the user.
  var text: String {
    let done = summary.pointCount - positions.count
    var lines = [
      "note: sweep '\(summary.name)' has \(done) of \(summary.pointCount) points; missing: \(what)"
    ]
    if commands.isEmpty {
      lines.append("help: the sweep's own command makes them, with --store \(store)")
      return lines.joined(separator: "\n")
    }
    lines.append(
      "help: from the folder that the sweep was started in"
        + (commands.count > 1 ? ", in any order:" : ":"))
    lines += commands.prefix(Self.mostCommands).map { "  " + $0 }
    if commands.count > Self.mostCommands {
      lines.append("  … and so on, \(commands.count) in all")
    }
    if let shards = summary.shards {
      lines.append(
        "help: in an array of \(shards), counted from 0: \(Self.ranges(parts.map { $0 - 1 }))")
    }
    return lines.joined(separator: "\n")
  }

  /// `shards 2, 5-7 of 8 (points 2, 5-7)`, or the points alone.
  private var what: String {
    let points =
      (positions.count == 1 ? "point " : "points ") + Self.ranges(positions.map { $0 + 1 })
    guard let shards = summary.shards else { return points }
    let noun = parts.count == 1 ? "shard" : "shards"
    return "\(noun) \(Self.ranges(parts)) of \(shards) (\(points))"
  }

  /// Numbers in order, runs of them as `5-7`.
  static func ranges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    let texts = ranges.prefix(mostRanges).map { range in
      range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }
    return texts.joined(separator: ",") + (ranges.count > mostRanges ? ",…" : "")
  }
}
