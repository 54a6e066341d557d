public import GantryModel
internal import GantryUnits

extension TektonConfiguration {
  /// The configuration that Tekton of a version makes of its ConfigMaps.
  ///
  /// `flags` are entries of `feature-flags`, later ones winning (the ConfigMap's, then the
  /// scenario's); `defaults` are entries of `config-defaults`. What is not given has Tekton's own
  /// default, so the affinity assistant is on.
  public static func make(
    featureFlags flags: [[String: Located<String>]], defaults: [String: Located<String>] = [:],
    version: TektonVersion, sink: DiagnosticSink
  ) -> TektonConfiguration {
    let reader = FlagReader(
      flags: flags.reduce(into: [:]) { $0.merge($1) { $1 } }, version: version, sink: sink)
    var configuration = TektonConfiguration(version: version, coschedule: reader.coschedule())
    configuration.waitsForReadyAnnotation =
      reader.bool("running-in-environment-with-injected-sidecars") ?? true
    configuration.awaitsSidecars = reader.bool("await-sidecar-readiness") ?? true
    configuration.enablesCEL = reader.bool("enable-cel-in-whenexpression") ?? false
    configuration.enablesParamEnum = reader.bool("enable-param-enum") ?? false
    configuration.enablesStepActions = reader.bool("enable-step-actions") ?? false
    configuration.apiLevel = reader.level()
    configuration.read(defaults, sink: sink)
    return configuration
  }

  private mutating func read(_ defaults: [String: Located<String>], sink: DiagnosticSink) {
    if let text = defaults["default-timeout-minutes"] {
      if let minutes = Int(text.value), minutes >= 0 {
        defaultTimeout = minutes == 0 ? nil : Double(minutes) * 60
      } else {
        sink.error(
          "E0421", "default-timeout-minutes is '\(text.value)': expected a number of minutes",
          at: text.location)
      }
    }
    if let text = defaults["default-max-matrix-combinations-count"] {
      if let count = Int(text.value), count > 0 {
        maxMatrixCombinations = count
      } else {
        sink.error(
          "E0421",
          "default-max-matrix-combinations-count is '\(text.value)': expected a number above 0",
          at: text.location)
      }
    }
    if let account = defaults["default-service-account"] {
      defaultServiceAccount = account.value
    }
    if let text = defaults["default-container-resource-requirements"] {
      containerRequirements = ContainerRequirementsText.parse(text.value) ?? [:]
      if ContainerRequirementsText.parse(text.value) == nil {
        sink.error(
          "E0421",
          "default-container-resource-requirements cannot be read: expected containers "
            + "with requests and limits", at: text.location)
      }
    }
  }
}

/// Reads switches with the meaning they have in one version.
private struct FlagReader {
  let flags: [String: Located<String>]
  let version: TektonVersion
  let sink: DiagnosticSink

  /// A boolean as Go's `strconv.ParseBool` reads it; nil when it is not given.
  func bool(_ name: String) -> Bool? {
    guard let text = flags[name] else { return nil }
    switch text.value {
    case "1", "t", "T", "TRUE", "true", "True": return true
    case "0", "f", "F", "FALSE", "false", "False": return false
    default:
      sink.error(
        "E0420", "feature flag '\(name)' is '\(text.value)': expected true or false",
        at: text.location)
      return nil
    }
  }

  /// `enable-api-fields`.
  func level() -> TektonAPILevel {
    guard let text = flags["enable-api-fields"] else { return .beta }
    if let level = TektonAPILevel(rawValue: text.value) { return level }
    let known = TektonAPILevel.allCases.map(\.rawValue)
    sink.error(
      "E0420",
      "feature flag 'enable-api-fields' is '\(text.value)': expected one of "
        + known.joined(separator: ", "),
      at: text.location,
      suggestion: nearestName(to: text.value, in: known).map { "did you mean '\($0)'?" })
    return .beta
  }

  /// How pods are kept together, from `coschedule` and, in v0.59, `disable-affinity-assistant`.
  func coschedule() -> CoscheduleMode {
    let legacy = flags["disable-affinity-assistant"]
    if version >= .v1_15 {
      if let legacy {
        sink.warning(
          "W0422",
          "feature flag 'disable-affinity-assistant' has no effect in Tekton \(version.rawValue): "
            + "the affinity assistant stays as 'coschedule' says", at: legacy.location,
          suggestion: "set coschedule: \"disabled\"")
      }
      return mode() ?? .workspaces
    }
    let isDisabled = bool("disable-affinity-assistant") ?? false
    let mode = mode() ?? .workspaces
    if !isDisabled {
      if let text = flags["coschedule"], mode != .workspaces {
        sink.error(
          "E0420",
          "feature flag 'coschedule' is '\(text.value)': Tekton 0.59 accepts only 'workspaces' "
            + "unless disable-affinity-assistant is true", at: text.location)
      }
      return .workspaces
    }
    return mode == .workspaces ? .disabled : mode
  }

  private func mode() -> CoscheduleMode? {
    guard let text = flags["coschedule"] else { return nil }
    if let mode = CoscheduleMode(rawValue: text.value) { return mode }
    let known = CoscheduleMode.allCases.map(\.rawValue)
    sink.error(
      "E0420",
      "feature flag 'coschedule' is '\(text.value)': expected one of "
        + known.joined(separator: ", "),
      at: text.location,
      suggestion: nearestName(to: text.value, in: known).map { "did you mean '\($0)'?" })
    return nil
  }
}

/// Reads the YAML text of `default-container-resource-requirements`: containers, each with
/// `requests` and `limits`, written in lines or in braces.
enum ContainerRequirementsText {
  /// The resources by container; nil when the text has another shape.
  static func parse(_ text: String) -> [String: ResourceRequirements]? {
    var result: [String: ResourceRequirements] = [:]
    var container: String?
    var section: String?
    for line in text.split(separator: "\n") {
      let words = line.prefix { $0 != "#" }
      let indent = words.prefix { $0 == " " }.count
      let content = words.drop { $0 == " " }
      guard !content.allSatisfy(\.isWhitespace) else { continue }
      guard let colon = content.firstIndex(of: ":") else { return nil }
      let key = unquoted(content[..<colon])
      let value = content[content.index(after: colon)...].drop { $0 == " " }
      if indent == 0 {
        guard value.allSatisfy(\.isWhitespace) else { return nil }
        container = key
        section = nil
        result[key] = ResourceRequirements()
      } else if key == "requests" || key == "limits", let name = container {
        section = key
        guard value.allSatisfy(\.isWhitespace) || set(value, key, name, in: &result) else {
          return nil
        }
      } else if let section, let name = container, let amount = Quantity(unquoted(value)) {
        add(amount, key, section, name, in: &result)
      } else {
        return nil
      }
    }
    return result
  }

  private static func set(
    _ braces: Substring, _ section: String, _ name: String,
    in result: inout [String: ResourceRequirements]
  ) -> Bool {
    guard let open = braces.firstIndex(of: "{"), let close = braces.lastIndex(of: "}") else {
      return false
    }
    for pair in braces[braces.index(after: open)..<close].split(separator: ",") {
      let halves = pair.split(separator: ":", maxSplits: 1)
      guard halves.count == 2, let amount = Quantity(unquoted(halves[1])) else { return false }
      add(amount, unquoted(halves[0]), section, name, in: &result)
    }
    return true
  }

  private static func add(
    _ amount: Quantity, _ resource: String, _ section: String, _ name: String,
    in result: inout [String: ResourceRequirements]
  ) {
    if section == "requests" {
      result[name, default: ResourceRequirements()].requests[resource] = amount
    } else {
      result[name, default: ResourceRequirements()].limits[resource] = amount
    }
  }

  private static func unquoted(_ text: Substring) -> String {
    String(text.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" })
  }
}
