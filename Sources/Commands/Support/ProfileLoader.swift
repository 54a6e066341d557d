import GantryManifests
import GantryModel

/// Puts the contents of files with profiles into a scenario.
struct ProfileLoader {
  let sink: DiagnosticSink

  /// What was read besides: the files' texts and names.
  struct Loaded {
    var texts = SourceTexts()
    var names: Set<String> = []
  }

  /// Reads the scenario's own files, then those of the command line; of profiles that fit the same step
  /// the last one wins: files of the scenario, its own profiles, the command line.
  /// - Throws: `InputReadError` when one cannot be read at all.
  func load(
    _ paths: [String], folder: String, into scenario: inout ScenarioFile
  ) throws(InputReadError) -> Loaded {
    var loaded = Loaded()
    let own = scenario.profiles
    let given = scenario.assumptions.map(\.id.value)
    scenario.profiles = []
    for file in scenario.profileFiles {
      let path = InputLoader.resolve(file.value, in: folder)
      try add(path, besides: given, to: &scenario, &loaded)
    }
    // What they hold is part of the scenario now.
    scenario.profileFiles = []
    scenario.profiles += own
    for path in paths { try add(path, besides: given, to: &scenario, &loaded) }
    return loaded
  }

  private func add(
    _ path: String, besides given: [String], to scenario: inout ScenarioFile,
    _ loaded: inout Loaded
  ) throws(InputReadError) {
    let read = try ProfileFileReader.read(path: path, sink: sink)
    loaded.texts.merge(read.texts)
    loaded.names.insert(read.name)
    guard let file = read.file else { return }
    if let warning = file.warning {
      sink.warning(
        "W0634", "the profiles are not to be trusted: \(warning.value)", at: warning.location)
    }
    scenario.profiles += file.profiles
    for assumption in file.assumptions where !given.contains(assumption.id.value) {
      scenario.assumptions.removeAll { $0.id.value == assumption.id.value }
      scenario.assumptions.append(assumption)
    }
  }
}
