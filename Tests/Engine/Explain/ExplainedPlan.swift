import GantryEngine
import GantryModel
import GantryUnits
import Testing

extension PaperPlan {
  /// Plays out the first replication and gives what was written down of its runs.
  func explained(_ scope: ExplainScope = .first(.max)) throws -> (Outcome, Observation) {
    var simulation = Simulation(PreparedPlan(plan), explaining: scope)
    let outcome = simulation.run(replication: 0)
    return (outcome, try #require(outcome.observation))
  }
}

extension Observation {
  /// The last attempt of a run's task.
  func story(_ task: String, run: Int = 0, in outcome: Outcome) throws -> PodStory {
    let found = taskRuns.first {
      $0.run == run && outcome.runs[run].taskRuns[$0.taskRun].pipelineTask == task
    }
    return try #require(found?.attempts.last)
  }
}

/// A task whose pod requests so many cores.
func asking(_ cores: Int64, _ task: PlannedTask) -> PlannedTask {
  var task = task
  task.taskRuns[0].pod.requests = ["cpu": Quantity(cores)]
  task.taskRuns[0].pod.containers = [.init(image: "", requests: ["cpu": Quantity(cores)])]
  return task
}
