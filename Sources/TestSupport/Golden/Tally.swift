/// Comparisons of one kind with the real program's decisions, and how many were equal.
public struct Tally: Sendable {
  /// What is compared, with the release and where the data come from.
  public let kind: String
  /// How many cases were compared, with those that could not be read.
  public private(set) var count = 0
  /// What was not equal, in words.
  public private(set) var unequal: [String] = []

  /// Makes a tally without comparisons.
  public init(_ kind: String) { self.kind = kind }

  /// Compares one case.
  public mutating func compare<T: Equatable>(_ name: String, _ got: T, _ expected: T) {
    count += 1
    if got != expected { unequal.append("\(name): got \(got), expected \(expected)") }
  }

  /// Cases that differ for a reason that holds, by reason.
  public private(set) var excused: [(reason: String, names: [String])] = []

  /// Names a case that differs for a reason that holds; it does not count as equal.
  public mutating func excuse(_ name: String, _ reason: String) {
    if let index = excused.firstIndex(where: { $0.reason == reason }) {
      excused[index].names.append(name)
    } else {
      excused.append((reason, [name]))
    }
  }

  /// The names of all excused cases.
  public var excusedNames: Set<String> { Set(excused.flatMap(\.names)) }

  /// Counts a case that cannot be compared as unequal.
  public mutating func fail(_ name: String, _ reason: String) {
    count += 1
    unequal.append("\(name): \(reason)")
  }

  /// Prints how many were equal, and the first that were not; nothing when there was none.
  public func report(shown: Int = 12) {
    guard count > 0 else { return }
    var lines = ["tekton: \(count - unequal.count) of \(count) cases equal (\(kind))"]
    lines += unequal.prefix(shown).map { "  \($0)" }
    for (reason, names) in excused {
      lines.append("tekton: \(names.count) more not comparable (\(kind)): \(reason)")
      lines += names.map { "  \($0)" }
    }
    print(lines.joined(separator: "\n"))
  }
}
