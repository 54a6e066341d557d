public import GantryModel

/// The assumptions of a plan, each once; the scenario's values replace the built-in ones.
public struct AssumptionTable: Sendable {
  /// All assumptions asked for so far, in that order: the plan's `assumptions`.
  public private(set) var all: [Assumption] = []
  private var positions: [String: Int] = [:]
  private let overrides: [String: Double]

  /// Makes an empty table with the scenario's values by assumption id.
  public init(overrides: [String: Double] = [:]) { self.overrides = overrides }

  /// The position of an assumption, which is added when its id is new.
  public mutating func index(of assumption: Assumption) -> Int {
    if let known = positions[assumption.id] { return known }
    var added = assumption
    if let value = overrides[assumption.id] {
      added.value = value
      added.source = "set in the scenario"
    }
    positions[assumption.id] = all.count
    all.append(added)
    return all.count - 1
  }

  /// The value in force of the assumption at a position.
  public func value(at index: Int) -> Double { all[index].value }

  /// The value in force of an assumption, which is added when its id is new.
  public mutating func value(of assumption: Assumption) -> Double {
    let position = index(of: assumption)
    return value(at: position)
  }

  /// Whether the scenario gives a value for an id.
  func isGiven(_ id: String) -> Bool { overrides[id] != nil }

  /// Overridden ids that neither the table nor the built-in figures know, sorted.
  ///
  /// Ask after everything is compiled: ids such as `unknown.<command>` exist only when used.
  public func unknownOverrides() -> [String] {
    let builtIn = Set(Self.builtIn.map(\.id))
    return overrides.keys.filter {
      positions[$0] == nil && !builtIn.contains($0) && !Self.isOfFamily($0)
    }.sorted()
  }

  /// Whether an id belongs to figures that exist per command, server, image or package, and so
  /// only when a script uses them.
  private static func isOfFamily(_ id: String) -> Bool {
    let families = [
      ("unknown.", ""), ("loop.", ".rounds"), ("service.", ".rate"), ("service.", ".total"),
      ("service.", ".latency"),
      ("image.", ".compressed"), ("package.", ".download"), ("package.metadata.", ""),
    ]
    return families.contains { prefix, suffix in
      id.hasPrefix(prefix) && id.hasSuffix(suffix) && id.count > prefix.count + suffix.count
    }
  }

  /// Every built-in figure that work is computed with.
  public static var builtIn: [Assumption] {
    (Figure.buildahAll + Figure.filesAll + Figure.emulationAll + Figure.toolsAll
      + Figure.storageAll + Figure.comparisonAll + Figure.memoryAll + ContentClass.allFigures)
      .map(\.assumption)
  }
}

extension ContentClass: CaseIterable {
  static let allCases: [ContentClass] = [.mixed, .text, .programs, .packed, .system]

  static var allFigures: [Figure] {
    allCases.flatMap {
      [Figure.unpackPerGiB($0), Figure.packPerGiB($0), Figure.compression($0)]
    }
  }
}
