internal import GantryModel

/// Simulations side by side, one of them the base.
struct Comparison {
  let base: Candidate
  let others: [Candidate]
  /// Pipelines that all of them ran, and those that only some did.
  let commonPipelines: [String]
  let otherPipelines: [String]

  /// Nil below two records.
  init?(_ records: [SimulationRecord], base position: Int) {
    guard records.count > 1, records.indices.contains(position) else { return nil }
    let sets = records.map { $0.pipelines }
    let all = sets.reduce(Set()) { $0.union($1) }
    let common = sets.reduce(all) { $0.intersection($1) }
    let names = Candidate.names(of: records)
    let candidates = zip(names, records).map {
      Candidate(name: $0, record: $1, pipelines: common)
    }
    base = candidates[position]
    others = candidates.enumerated().filter { $0.offset != position }.map(\.element)
    commonPipelines = common.sorted()
    otherPipelines = all.subtracting(common).sorted()
  }

  var verdicts: [Verdict] { others.map { Verdict(base: base, new: $0) } }

  /// The verdicts from best to worst.
  var ranked: [Verdict] {
    let all = verdicts
    func key(_ index: Int) -> (Int, Double, Double, Int) {
      let verdict = all[index]
      return (
        verdict.rank.rawValue, -(verdict.timeSaved ?? 0), -(verdict.monthSaved ?? 0), index
      )
    }
    return all.indices.sorted { key($0) < key($1) }.map { all[$0] }
  }

  /// The answer in a sentence.
  var decision: String {
    guard let best = ranked.first else { return "" }
    switch best.rank {
    case .better, .tradeOff, .otherLoad, .incomparable: return best.text
    case .same, .worse, .fails:
      if others.count == 1 { return best.text }
      return "Nothing here is better than \(base.name): \(best.text)"
    }
  }

  /// What limits the comparison, in sentences.
  var caveats: [String] {
    var found: [String] = []
    if !otherPipelines.isEmpty && !commonPipelines.isEmpty {
      found.append(
        "Not all ran the same pipelines: times and costs of runs are of "
          + "\(commonPipelines.joined(separator: ", ")) only (not of "
          + "\(otherPipelines.joined(separator: ", "))); makespan and the month's cost are of "
          + "everything that ran.")
    }
    for other in others where other.runCount != base.runCount && other.runCount > 0 {
      found.append(
        "\(other.name) ran \(Figures.count(other.runCount, "run")), \(base.name) "
          + "\(base.runCount): waits are not of the same load.")
    }
    for other in others where other.record.seed != base.record.seed {
      found.append("\(other.name) has another seed than \(base.name): some difference is luck.")
    }
    for other in others
    where other.record.catalogVersion != base.record.catalogVersion
      || other.record.programVersion != base.record.programVersion
    {
      found.append(
        "\(other.name) was simulated with gantry \(other.record.programVersion) and catalogue "
          + "\(other.record.catalogVersion), \(base.name) with \(base.record.programVersion) and "
          + "\(base.record.catalogVersion).")
    }
    return found
  }
}
