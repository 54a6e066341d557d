public import GantryModel

/// Writes a scenario as YAML that can be read again.
public enum ScenarioFileWriter {
  /// The file name in places of values that were filled in; they are marked `# default`.
  public static let defaultFile = "<default>"

  /// The YAML of a scenario; absent fields appear as comments that say what holds instead.
  public static func render(_ file: ScenarioFile) -> String {
    ScenarioFields.file.write(file, withDefaults: true).map { $0 + "\n" }.joined()
  }
}
