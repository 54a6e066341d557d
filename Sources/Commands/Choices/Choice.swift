import ArgumentParser
import GantryExperiments
import GantryManifests
import GantryModel
import GantryStore

/// One of the things that can be chosen: a scenario, perhaps with fields set, or a stored result.
struct Choice: Sendable {
  /// Where its inputs are.
  enum Origin: Sendable {
    case paths([String])
    case stored(SimulationRecord)
  }

  /// What it is called in reports; nil is the scenario's name.
  var name: String?
  var origin: Origin
  var settings: [ScenarioSetting] = []
}

/// Reads choices as options give them.
struct ChoiceReader {
  /// The store that results are looked up in.
  let storePath: String

  /// A choice from the values of one option: settings as in `--set`, several of them with commas
  /// between; a scenario's folder; or what a stored result is called.
  ///
  /// Settings alone change the scenario at `paths`. Adds the texts, so that findings can show them.
  /// - Throws: `ValidationError` for a value that contradicts another one.
  func read(
    _ values: [String], option: String, paths: [String], texts: inout SourceTexts
  ) throws -> Choice {
    texts.add(values.joined(separator: "\n"), file: option)
    var choice = Choice(name: values.joined(separator: ","), origin: .paths(paths))
    var origin: String?
    for (index, value) in values.enumerated() {
      let place = SourceLocation(file: option, line: index + 1, column: 1)
      if InputLoader.scenarioFile(at: value) == nil, value.contains("=") {
        choice.settings += Self.settings(value, at: place)
        continue
      }
      if let origin {
        throw ValidationError("\(option) names both '\(origin)' and '\(value)'; one is enough.")
      }
      origin = value
      choice.origin = try self.origin(value)
    }
    return choice
  }

  private func origin(_ value: String) throws -> Choice.Origin {
    if InputLoader.scenarioFile(at: value) != nil { return .paths([value]) }
    let access = StoreAccess()
    let store = try access.attempt { try Store(path: storePath, access: .readOnly) }
    return .stored(try access.attempt { try store.load(value) })
  }

  /// Settings with commas between; what follows a comma without a path of its own belongs to the
  /// value before.
  static func settings(_ text: String, at place: SourceLocation) -> [ScenarioSetting] {
    var found: [(text: String, offset: Int)] = []
    for part in AxisText.splits(text, at: ",") {
      if part.text.contains("=") || found.isEmpty {
        found.append(part)
      } else {
        found[found.count - 1].text += "," + part.text
      }
    }
    return found.map { part in
      ScenarioSetting(
        part.text,
        at: SourceLocation(
          file: place.file, line: place.line, column: place.column + part.offset))
    }
  }
}
