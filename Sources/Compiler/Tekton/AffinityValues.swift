internal import GantryModel

/// Parameters in node affinities.
enum AffinityValues {
  /// The affinity with references in its values replaced.
  static func substituted(_ affinity: NodeAffinity, _ values: Replacements) -> NodeAffinity {
    var result = affinity
    result.required = affinity.required?.map { substituted($0, values) }
    for index in result.preferred.indices {
      result.preferred[index].preference = substituted(
        affinity.preferred[index].preference, values)
    }
    return result
  }

  private static func substituted(
    _ term: NodeSelectorTerm, _ values: Replacements
  ) -> NodeSelectorTerm {
    var result = term
    for index in result.matchExpressions.indices {
      result.matchExpressions[index].values = values.apply(term.matchExpressions[index].values)
    }
    for index in result.matchFields.indices {
      result.matchFields[index].values = values.apply(term.matchFields[index].values)
    }
    return result
  }
}
