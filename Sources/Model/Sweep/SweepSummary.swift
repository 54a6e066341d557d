/// A stored sweep in a line.
public struct SweepSummary: Sendable, Hashable {
  public var id: Int64
  public var scenario: String
  /// The user's name for it; nil when none was given.
  public var label: String?
  /// ISO 8601 in UTC.
  public var createdAt: String
  public var axes: [String]
  public var pointCount: Int
  /// Points that have all their samples.
  public var donePoints: Int
  public var isComplete: Bool
  /// What to type to ask the same again; nil when unknown.
  public var command: String?
  /// Into how many shards the points were dealt; nil when one process has all of them.
  public var shards: Int?

  /// Joins the figures.
  public init(
    id: Int64, scenario: String, label: String?, createdAt: String, axes: [String],
    pointCount: Int, donePoints: Int, isComplete: Bool
  ) {
    self.id = id
    self.scenario = scenario
    self.label = label
    self.createdAt = createdAt
    self.axes = axes
    self.pointCount = pointCount
    self.donePoints = donePoints
    self.isComplete = isComplete
  }

  /// What the sweep is called: its label, else the scenario.
  public var name: String { label ?? scenario }
}
