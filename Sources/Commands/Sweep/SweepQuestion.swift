/// What of a command line of `gantry sweep` is the question: the rest says where it is answered and how
/// it is shown.
enum SweepQuestion {
  private static let ownOptions: Set = [
    "--store", "--shard", "--publish", "--threads", "--format", "--color", "--width",
  ]
  private static let ownFlags: Set = ["--no-store", "--detail"]

  /// What to type to ask the same again; nil when the arguments are not those of a sweep.
  static func command(_ arguments: [String]) -> String? {
    guard let start = arguments.firstIndex(of: "sweep") else { return nil }
    var words = ["gantry", "sweep"]
    var rest = arguments[(start + 1)...]
    while let word = rest.popFirst() {
      if word == "--" {
        // Options will be added behind these paths.
        words += rest.map { $0.hasPrefix("-") ? "./" + $0 : $0 }
        break
      }
      if ownFlags.contains(word) { continue }
      if ownOptions.contains(word) {
        _ = rest.popFirst()
        continue
      }
      let name = word.prefix { $0 != "=" }
      if ownOptions.contains(String(name)) { continue }
      words.append(word)
    }
    return words.map(SweepJob.shell).joined(separator: " ")
  }
}
