public import GantryModel

/// Reads and writes files with profiles.
public enum ProfileFileReader {
  /// Reads a file; nil when it could not be made sense of, with all problems in the sink.
  /// - Throws: `InputReadError` when the file cannot be read at all.
  public static func read(
    path: String, input: InputReader = InputReader(), sink: DiagnosticSink
  ) throws(InputReadError) -> (file: ProfileFile?, name: String, texts: SourceTexts) {
    var texts = SourceTexts()
    let read = try input.readOne(path)
    texts.add(read.text, file: read.name)
    let parsed = YAMLLoader.parse(read.bytes, file: read.name, limits: input.limits)
    parsed.diagnostics.forEach(sink.add)
    guard !parsed.hasSyntaxErrors else { return (nil, read.name, texts) }
    let start = SourceLocation(file: read.name, line: 1, column: 1)
    guard let root = parsed.documents.first else {
      sink.error("E0068", "the file has no profiles", at: start)
      return (nil, read.name, texts)
    }
    if let second = parsed.documents.dropFirst().first {
      sink.error("E0064", "a file with profiles has one document", at: second.location)
    }
    var file = ProfileFile()
    let field = FieldInput(node: root, path: "", sink: sink)
    guard ScenarioFields.profileFile.read(field, into: &file) else {
      return (nil, read.name, texts)
    }
    if file.profiles.isEmpty, file.assumptions.isEmpty, !sink.hasErrors {
      sink.error("E0068", "the file has no profiles", at: root.location)
    }
    return (file, read.name, texts)
  }

  /// The YAML of a file with profiles.
  public static func render(_ file: ProfileFile) -> String {
    ScenarioFields.profileFile.write(file, withDefaults: false).map { $0 + "\n" }.joined()
  }
}
