internal import GantryModel

/// How what two simulations ran differs: then times and costs differ for that reason alone.
struct LoadDifference {
  let text: String

  /// Names beyond these are counted only.
  private static let most = 3

  /// Nil when both ran the same pipelines, each as often.
  init?(base: Candidate, new: Candidate) {
    var parts: [String] = []
    let before = base.record.pipelines
    let after = new.record.pipelines
    let counts = (base.record.runCount, new.record.runCount)
    if counts.0 != counts.1 {
      parts.append("\(Figures.count(counts.1, "run")) against \(counts.0)")
    } else {
      // As many in all, but not of each.
      let both = before.intersection(after).sorted().map { pipeline in
        (pipeline, base.record.runCount(of: pipeline), new.record.runCount(of: pipeline))
      }
      parts += both.filter { $0.1 != $0.2 }.prefix(Self.most).map {
        "\(Figures.count($0.2, "run")) of \($0.0) against \($0.1)"
      }
    }
    func list(_ names: Set<String>, only candidate: Candidate) {
      guard !names.isEmpty else { return }
      let shown = names.sorted().prefix(Self.most).joined(separator: ", ")
      let rest = names.count > Self.most ? " and \(names.count - Self.most) more" : ""
      parts.append("only \(candidate.name) ran \(shown)\(rest)")
    }
    list(after.subtracting(before), only: new)
    list(before.subtracting(after), only: base)
    if parts.isEmpty { return nil }
    text =
      "\(new.name) and \(base.name) did not run the same (\(parts.joined(separator: "; ")))"
  }
}

extension SimulationRecord {
  /// The runs of one pipeline, kept or summed up.
  fileprivate func runCount(of pipeline: String) -> Int {
    guard let tally else { return runs.count { $0.pipeline == pipeline } }
    return tally.pipelines.first { $0.pipeline == pipeline }?.runs ?? 0
  }
}
