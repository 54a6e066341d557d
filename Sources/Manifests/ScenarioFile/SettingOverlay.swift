import GantryModel

/// Puts `--set` options into the tree of a scenario file before it is read.
struct SettingOverlay {
  /// The name under which options appear in findings; option n is line n.
  static let file = "--set"

  private let sink: DiagnosticSink

  /// Reports to a sink.
  init(sink: DiagnosticSink) { self.sink = sink }

  /// The tree with all options applied in order; those with errors are reported and left out.
  func apply(_ options: [String], to root: YAMLNode?) -> YAMLNode? {
    let settings = options.enumerated().map { index, option in
      ScenarioSetting(
        option, at: SourceLocation(file: Self.file, line: index + 1, column: 1))
    }
    return apply(settings, to: root)
  }

  /// The tree with settings from anywhere applied in order.
  func apply(_ settings: [ScenarioSetting], to root: YAMLNode?) -> YAMLNode? {
    var tree = root
    for setting in settings {
      do throws(SettingPath.Problem) {
        let path = try SettingPath(setting.text)
        let step = Step(path: path, setting: setting, remaining: path.segments[...])
        tree = set(tree, step, .object(ScenarioFields.file.shape)) ?? tree
      } catch {
        sink.error(
          "E0062", "cannot read '\(setting.text)': \(error.message)",
          at: setting.place(column: error.column),
          suggestion: "write path=value, such as nodes.arm64.type=m6g.2xlarge")
      }
    }
    return tree
  }

  private struct Step {
    let path: SettingPath
    let setting: ScenarioSetting
    var remaining: ArraySlice<SettingPath.Segment>

    /// The part of the path already walked, for messages.
    var walked: String {
      path.segments[..<remaining.startIndex].reduce("") { text, segment in
        if case .index = segment.kind { return text + segment.text }
        return text.isEmpty ? segment.text : "\(text).\(segment.text)"
      }
    }
  }

  /// The node with the rest of the path set; nil after reporting.
  private func set(_ node: YAMLNode?, _ step: Step, _ shape: FieldShape) -> YAMLNode? {
    guard let segment = step.remaining.first else { return value(step, shape) }
    let location = step.setting.place(column: segment.column)
    switch (shape, segment.kind) {
    case (.object(let object), .name(let name)):
      guard let field = object.fields.first(where: { $0.name == name }) else {
        let known = object.fields.map(\.name)
        let owner = step.walked.isEmpty ? "a scenario" : "'\(step.walked)'"
        sink.error(
          "E0063", "\(owner) has no field '\(name)'", at: location,
          suggestion: nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
            ?? "known: \(known.joined(separator: ", "))")
        return nil
      }
      return setEntry(node, name, step, field.shape, location)
    case (.map(let inner), .name(let name)):
      guard inner.isScalar else { return setEntry(node, name, step, inner, location) }
      // Names such as natGateway.hour have dots of their own.
      var whole = step
      whole.remaining = step.remaining[step.remaining.endIndex...]
      let key = step.remaining.dropFirst().reduce(name) { text, segment in
        if case .index = segment.kind { text + segment.text } else { "\(text).\(segment.text)" }
      }
      return setEntry(node, key, whole, inner, location, isLast: true)
    case (.distribution(let ofDurations), .name):
      return set(node, step, .object(DistributionShape(ofDurations: ofDurations).forms))
    case (.list(let inner), .index(let index)):
      return setItem(node, index, step, inner, location)
    case (.list, .name):
      sink.error(
        "E0063", "'\(step.walked)' is a list", at: location,
        suggestion: "write \(step.walked)[0] for its first item")
      return nil
    default:
      sink.error(
        "E0063", "'\(step.walked)' has no \(segment.text.hasPrefix("[") ? "items" : "fields")",
        at: location)
      return nil
    }
  }

  private func setEntry(
    _ node: YAMLNode?, _ name: String, _ step: Step, _ shape: FieldShape,
    _ location: SourceLocation, isLast: Bool = false
  ) -> YAMLNode? {
    var entries: [YAMLNode.Entry] = []
    switch node?.content {
    case .mapping(let existing)?: entries = existing
    case nil, .null?: break
    default:
      sink.error(
        "E0063", "'\(step.walked)' is \(node?.kindName ?? "no mapping"), not a mapping",
        at: location)
      return nil
    }
    var next = step
    if !isLast { next.remaining = step.remaining.dropFirst() }
    let index = entries.firstIndex { $0.key.value == name }
    guard let value = set(index.map { entries[$0].value }, next, shape) else { return nil }
    if let index {
      entries[index].value = value
    } else {
      entries.append(.init(key: Located(name, at: location), value: value))
    }
    return YAMLNode(.mapping(entries), at: node?.location ?? location)
  }

  private func setItem(
    _ node: YAMLNode?, _ index: Int, _ step: Step, _ shape: FieldShape, _ location: SourceLocation
  ) -> YAMLNode? {
    var items: [YAMLNode] = []
    if case .sequence(let existing)? = node?.content { items = existing }
    guard index <= items.count else {
      sink.error(
        "E0063", "'\(step.walked)' has \(items.count) items; the next one is [\(items.count)]",
        at: location)
      return nil
    }
    var next = step
    next.remaining = step.remaining.dropFirst()
    guard let value = set(index < items.count ? items[index] : nil, next, shape) else {
      return nil
    }
    if index < items.count { items[index] = value } else { items.append(value) }
    return YAMLNode(.sequence(items), at: node?.location ?? location)
  }

  /// The value of an option: YAML, except that texts need no quotes.
  private func value(_ step: Step, _ shape: FieldShape) -> YAMLNode? {
    let raw = step.path.value
    let location = step.setting.valuePlace ?? step.setting.place(column: step.path.valueColumn)
    if ["", "~", "null"].contains(raw) { return YAMLNode(.null, at: location) }
    let isQuoted = raw.hasPrefix("\"") || raw.hasPrefix("'")
    let isPlainText = if case .distribution(true) = shape { !raw.hasPrefix("{") } else { false }
    if shape.isText || isPlainText, !isQuoted { return YAMLNode(.string(raw), at: location) }
    if case .list(let inner) = shape, inner.isText, !raw.hasPrefix("["), !isQuoted {
      let items = raw.split(separator: ",").map { YAMLNode(.string(String($0)), at: location) }
      return YAMLNode(.sequence(items), at: location)
    }
    // Blanks before the value give it the place that it has in the option.
    let padding =
      String(repeating: "\n", count: location.line - 1)
      + String(repeating: " ", count: location.column - 1)
    let parsed = YAMLLoader.parse(Array((padding + raw).utf8), file: location.file)
    parsed.diagnostics.forEach(sink.add)
    guard !parsed.hasSyntaxErrors else { return nil }
    return parsed.documents.first ?? YAMLNode(.null, at: location)
  }
}

extension FieldShape {
  /// Whether a single text, number or switch is expected.
  var isScalar: Bool {
    switch self {
    case .text, .choice, .whole, .number, .flag, .values: true
    case .distribution, .list, .map, .object: false
    }
  }
}
