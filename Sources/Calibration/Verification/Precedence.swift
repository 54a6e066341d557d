/// Which tasks wait for which others, as far as runs show it.
struct Precedence {
  private let parents: [TaskKey: Set<TaskKey>]

  /// Looks at every pair of tasks in every run.
  /// - Complexity: O(runs · tasks²).
  init(_ runs: [Observations.Run], _ all: [Observations.TaskRun]) {
    struct Pair: Hashable {
      var before: TaskKey
      var after: TaskKey
    }
    var both: [Pair: Int] = [:]
    var ordered: [Pair: Int] = [:]
    for run in runs {
      let tasks = Dictionary(grouping: run.taskRuns.map { all[$0] }, by: \.task)
      for (before, early) in tasks {
        let end = early.map(\.completed).max() ?? 0
        let begin = early.map(\.created).min() ?? 0
        for (after, late) in tasks where after != before {
          let pair = Pair(before: before, after: after)
          both[pair, default: 0] += 1
          let next = late.map(\.created).min() ?? 0
          if end <= next, begin < next { ordered[pair, default: 0] += 1 }
        }
      }
    }
    var parents: [TaskKey: Set<TaskKey>] = [:]
    for (pair, count) in ordered where count == both[pair] {
      parents[pair.after, default: []].insert(pair.before)
    }
    self.parents = parents
  }

  /// The tasks that a task waits for.
  func parents(of task: TaskKey) -> Set<TaskKey> { parents[task] ?? [] }
}
