public import GantryModel

/// A field of the scenario with the values that a sweep tries.
public struct GridAxis: Sendable, Hashable {
  /// The path as `--set` takes it; `scenario` stands for whole scenarios.
  public var path: Located<String>
  public var values: [Located<String>]

  /// The axis of whole scenarios.
  public static let scenario = "scenario"

  /// Joins path and values.
  public init(path: Located<String>, values: [Located<String>]) {
    self.path = path
    self.values = values
  }
}
