/// Where the inputs of a sweep lie, as far as an image must have them.
struct SweepInputs {
  /// Folders and files right in the working folder that hold inputs, sorted; `.` is the working folder.
  private(set) var folders: [String] = []
  /// Inputs that lie elsewhere.
  private(set) var outside: [String] = []

  /// No inputs.
  init() {}

  /// Those of a sweep: scenarios, manifests, files of the cluster, profiles.
  ///
  /// A folder counts as a whole, since scenarios refer to what lies beside them.
  init(_ sweep: SweepCommand) {
    self.init(
      paths: sweep.paths, axes: sweep.grid.vary,
      others: sweep.input.cluster + sweep.input.profiles)
  }

  /// Those of scenarios or manifests, of axes as `--vary` has them, and of other options.
  init(paths: [String], axes: [String], others: [String] = []) {
    let scenarios = axes.filter { $0.hasPrefix("scenario=") }
      .flatMap { $0.dropFirst("scenario=".count).split(separator: ",").map(String.init) }
    let named = paths + scenarios
    let all = (named.isEmpty ? ["."] : named) + others
    var tops: Set<String> = []
    for path in all {
      let parts = path.split(separator: "/").filter { $0 != "." }
      if path.hasPrefix("/") || parts.contains("..") {
        outside.append(path)
      } else {
        tops.insert(parts.first.map(String.init) ?? ".")
      }
    }
    folders = tops.sorted()
  }
}
