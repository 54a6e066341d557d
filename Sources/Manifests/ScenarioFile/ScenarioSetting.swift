public import GantryModel

/// A change of a scenario's field, with the place that findings about it name.
public struct ScenarioSetting: Sendable, Hashable {
  /// `path=value`, as `--set` takes it.
  public var text: String
  /// Where the path starts.
  public var location: SourceLocation
  /// Where the value is; nil when it follows the path.
  public var valuePlace: SourceLocation?

  /// Joins a change and its place.
  public init(
    _ text: String, at location: SourceLocation, valueAt valuePlace: SourceLocation? = nil
  ) {
    self.text = text
    self.location = location
    self.valuePlace = valuePlace
  }

  /// A place by its column in the text, counted from 1.
  func place(column: Int) -> SourceLocation {
    SourceLocation(
      file: location.file, line: location.line, column: location.column + column - 1)
  }
}
