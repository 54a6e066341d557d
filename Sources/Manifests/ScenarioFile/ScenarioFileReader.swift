public import GantryModel

/// Reads scenario files and the `--set` options that change them.
public enum ScenarioFileReader {
  /// Reads a scenario file with options applied; without a path the options alone make the file.
  ///
  /// The settings come first, then `further` ones, which have places of their own. The file is nil
  /// when it could not be made sense of; all problems are in the sink.
  /// - Throws: `InputReadError` when the file cannot be read at all.
  public static func read(
    path: String?, settings: [String] = [], further: [ScenarioSetting] = [],
    input: InputReader = InputReader(), sink: DiagnosticSink
  ) throws(InputReadError) -> (file: ScenarioFile?, texts: SourceTexts) {
    var texts = SourceTexts()
    var root: YAMLNode?
    if let path {
      let read = try input.readOne(path)
      texts.add(read.text, file: read.name)
      let parsed = YAMLLoader.parse(read.bytes, file: read.name, limits: input.limits)
      parsed.diagnostics.forEach(sink.add)
      if let second = parsed.documents.dropFirst().first {
        sink.error("E0064", "a scenario file has one document", at: second.location)
      }
      guard !parsed.hasSyntaxErrors else { return (nil, texts) }
      root =
        parsed.documents.first
        ?? YAMLNode(.null, at: SourceLocation(file: read.name, line: 1, column: 1))
    }
    if !settings.isEmpty {
      let lines = settings.map { option in
        String(String.UnicodeScalarView(option.unicodeScalars.map { $0 == "\n" ? " " : $0 }))
      }
      texts.add(lines.joined(separator: "\n"), file: SettingOverlay.file)
      root = SettingOverlay(sink: sink).apply(lines, to: root)
    }
    if !further.isEmpty { root = SettingOverlay(sink: sink).apply(further, to: root) }
    let start = SourceLocation(file: path ?? SettingOverlay.file, line: 1, column: 1)
    return (decode(root ?? YAMLNode(.null, at: start), sink: sink), texts)
  }

  /// Reads a scenario from its tree; nil when it is no mapping.
  public static func decode(_ node: YAMLNode, sink: DiagnosticSink) -> ScenarioFile? {
    var file = ScenarioFile(location: node.location)
    let input = FieldInput(node: node, path: "", sink: sink)
    guard ScenarioFields.file.read(input, into: &file) else { return nil }
    checkWorkload(file, sink: sink)
    checkStorage(file.storage, sink: sink)
    file.tekton.performance.reportWrongValues(to: sink)
    for result in file.results where !isResultName(result.key.value) {
      sink.error(
        "E0060", "results: '\(result.key.value)' is not '<pipeline task>.<result>'",
        at: result.key.location)
    }
    return file
  }

  private static func isResultName(_ text: String) -> Bool {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
  }

  /// An entry's times are given in one way only.
  private static func checkWorkload(_ file: ScenarioFile, sink: DiagnosticSink) {
    for entry in file.workload {
      var ways: [(String, SourceLocation)] = []
      if let every = entry.every { ways.append(("every", every.location)) }
      if let rate = entry.ratePerHour {
        ways.append(("ratePerHour", rate.location))
        if rate.value == 0 {
          sink.error("E0061", "ratePerHour must be above 0", at: rate.location)
        }
      }
      if let first = entry.times.first { ways.append(("times", first.location)) }
      if let csv = entry.csv { ways.append(("csv", csv.location)) }
      if ways.count > 1 {
        sink.error(
          "E0065",
          "a workload entry has either every, ratePerHour, times or csv, not "
            + ways.map(\.0).joined(separator: " and "),
          at: ways[1].1, notes: [.init("the other is here", at: ways[0].1)])
      }
    }
  }

  private static func checkStorage(
    _ storage: ScenarioFile.StorageSettings, sink: DiagnosticSink
  ) {
    let efs = storage.efs
    if let mode = efs.throughputMode, mode.value == "provisioned", efs.provisionedMiBps == nil {
      sink.error(
        "E0066", "throughputMode provisioned needs provisionedMiBps", at: mode.location)
    }
    let mode = efs.throughputMode?.value
    if let provisioned = efs.provisionedMiBps, mode != "provisioned" {
      sink.error(
        "E0066",
        "provisionedMiBps needs 'throughputMode: provisioned'"
          + (mode == nil ? "; without a mode it is elastic" : ""), at: provisioned.location)
    }
  }
}
