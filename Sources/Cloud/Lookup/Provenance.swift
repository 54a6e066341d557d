/// How far a figure can be trusted.
public enum Confidence: String, Hashable, Sendable, Codable, CaseIterable {
  /// Given by the user: in the scenario, or in a price list they imported.
  case given
  /// Read in an official page or price list, or in two sources that agree.
  case high
  /// One secondary source.
  case medium
  /// Inferred, or sources disagree.
  case low
}

/// Where a figure comes from.
public struct Provenance: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The text of the source.
  public var source: String
  /// The date the source speaks of, as the source gives it; nil when it has none.
  public var asOf: String?
  /// How far it can be trusted.
  public var confidence: Confidence
  /// What else is to be known of the figure.
  public var note: String?

  /// Joins a source, its date and its weight.
  public init(source: String, asOf: String?, confidence: Confidence, note: String? = nil) {
    self.source = source
    self.asOf = asOf
    self.confidence = confidence
    self.note = note
  }

  /// A figure that the scenario gives.
  public static let scenario = Provenance(source: "scenario", asOf: nil, confidence: .given)

  /// The source with its date, and its weight where the figure is not certain.
  public var description: String {
    let dated = asOf.map { "\(source), \($0)" } ?? source
    switch confidence {
    case .given, .high: return dated
    case .medium: return "\(dated) (one source)"
    case .low: return "\(dated) (uncertain)"
    }
  }
}

/// A number from the world with its unit and where it comes from.
public struct Figure: Hashable, Sendable, Codable {
  /// The number, in `unit`.
  public var value: Double
  /// The unit in words, such as `USD/GiB-month`.
  public var unit: String
  /// Where it comes from.
  public var provenance: Provenance
  /// The path under which a scenario overrides it; nil where it cannot.
  public var path: String?

  /// Joins a number, its unit and its source.
  public init(_ value: Double, _ unit: String, _ provenance: Provenance, path: String? = nil) {
    self.value = value
    self.unit = unit
    self.provenance = provenance
    self.path = path
  }

  /// The number as money; the unit says per what.
  public var usd: Double { value }
}
