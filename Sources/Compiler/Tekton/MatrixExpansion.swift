internal import GantryModel

/// The combinations of a matrix in Tekton's order.
enum MatrixExpansion {
  /// Parameters of one combination, in the order they were joined.
  typealias Combination = [(name: String, value: String)]

  /// The combinations of a matrix after substitution, each sorted by parameter name.
  ///
  /// Each further parameter repeats all combinations so far for each of its values, so that the
  /// first varies fastest. An `include` refines the combinations it does not contradict, and
  /// becomes one of its own when nothing that it shares with them occurs anywhere.
  static func combinations(of matrix: Matrix) -> [Combination] {
    if matrix.params.isEmpty {
      return matrix.include.map { sorted(pairs(of: $0)) }
    }
    var combinations: [Combination] = []
    for parameter in matrix.params {
      let values = parameter.value.value.texts
      if combinations.isEmpty {
        combinations = values.map { [(parameter.name.value, $0)] }
      } else {
        combinations = values.flatMap { value in
          combinations.map { $0 + [(parameter.name.value, value)] }
        }
      }
    }
    for include in matrix.include { merge(pairs(of: include), into: &combinations) }
    return combinations.map(sorted)
  }

  /// The number of combinations, or the product of the lists alone when that is above `limit`
  /// (so that a hostile matrix is never expanded).
  static func count(of matrix: Matrix, limit: Int) -> Int {
    var product = 1
    for parameter in matrix.params {
      let (next, overflow) = product.multipliedReportingOverflow(
        by: parameter.value.value.texts.count)
      if overflow { return .max }
      product = next
    }
    return product > limit ? product : combinations(of: matrix).count
  }

  private static func pairs(of include: Matrix.Include) -> Combination {
    include.params.map { ($0.name.value, $0.value.value.texts.first ?? "") }
  }

  private static func merge(_ include: Combination, into combinations: inout [Combination]) {
    let names = Set(combinations.flatMap { $0.map(\.name) })
    let shared = include.filter { names.contains($0.name) }
    let occurs = shared.contains { pair in
      combinations.contains { $0.contains { $0.name == pair.name && $0.value == pair.value } }
    }
    guard shared.isEmpty || occurs else {
      combinations.append(include)
      return
    }
    for index in combinations.indices where agrees(include, with: combinations[index]) {
      for pair in include where !combinations[index].contains(where: { $0.name == pair.name }) {
        combinations[index].append(pair)
      }
    }
  }

  private static func agrees(_ include: Combination, with combination: Combination) -> Bool {
    include.allSatisfy { pair in
      !combination.contains { $0.name == pair.name && $0.value != pair.value }
    }
  }

  private static func sorted(_ combination: Combination) -> Combination {
    combination.sorted { $0.name < $1.name }
  }
}
